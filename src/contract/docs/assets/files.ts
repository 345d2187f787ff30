import { digest, prepareAsset, type Prepared } from '../replies.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

/** The files that pages name, below `_/`, where no code can be. */
export interface Assets {
  readonly style: string
  readonly script: string
  /** By their names. */
  readonly files: ReadonlyMap<string, Prepared>
}

let assets: Assets | undefined

/** Made when it is first asked for: an import computes nothing. */
export function assetsOf(): Assets {
  return (assets ??= createAssets())
}

function createAssets(): Assets {
  const style = `_/${digest(STYLE)}.css`
  const script = `_/${digest(SCRIPT)}.js`
  return {
    style,
    script,
    files: new Map([
      [style, prepareAsset(STYLE, 'text/css')],
      [script, prepareAsset(SCRIPT, 'text/javascript')],
    ]),
  }
}
