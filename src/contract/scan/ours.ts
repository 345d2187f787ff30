import { NOTHING, type Values } from './values.ts'

/** The catalogs that this package brings, by the entry point that they are imported from. */
const REFERENCE = /^bizerror\/catalogs\/(?<catalog>[a-z-]+)$/
/** The root's `BizError` is that of this catalog. */
const OF_THE_ROOT = 'cloud-waf'

/** Returns what one of our entry points exports under a name, as far as it matters here. */
export function oursOf(entryPoint: string, name: string): Values {
  // `import bizerror from 'bizerror'`, where CommonJS is made of it.
  if (name === 'default') return [{ kind: 'package', name: entryPoint }]
  const reference = REFERENCE.exec(entryPoint)?.groups?.['catalog']
  if (name === 'catalog' && reference !== undefined) return [{ kind: 'catalog', catalog: reference }]
  if (name === 'BizError') return [{ kind: 'bizerror', catalog: reference ?? OF_THE_ROOT }]
  return reference === undefined ? [{ kind: 'ours', name }] : NOTHING
}
