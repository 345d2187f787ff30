import { transform } from 'esbuild'
import type { StoreFactory } from 'bizerror/rate-limit'
import { pageOf } from '../docs/pages.ts'
import type { Fault } from './faults.ts'

const AS_IT_IS = { fault: 'none', edits: [] }

type Module = { readonly myStore: () => StoreFactory }

/** Loads the store that the guide shows, with a fault or as it is. */
export async function guideStore({ fault, edits }: Pick<Fault, 'fault' | 'edits'> = AS_IT_IS): Promise<
  () => StoreFactory
> {
  const shown = pageOf('own-store').fences.find(({ path }) => path === 'my-store.ts')!
  const code = edits.reduce((text, [from, to]) => replaceOnce(text, from, to), shown.code)
  const { code: script } = await transform(`${code}\n// ${fault}`, { loader: 'ts', format: 'esm' })
  const url = `data:text/javascript,${encodeURIComponent(script)}`
  return ((await import(/* @vite-ignore */ url)) as Module).myStore
}

function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`The guide's store holds ${parts.length - 1} times: ${from}`)
  return parts.join(to)
}
