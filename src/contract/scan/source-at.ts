import { join } from 'node:path'
import { EXTENSIONS, fileAt } from './disk.ts'

/** What TypeScript lets a file be called in an import, and what it is. */
const WRITTEN_AS: readonly (readonly [written: RegExp, is: readonly string[]])[] = [
  [/\.js$/, ['.ts', '.tsx', '.jsx']],
  [/\.jsx$/, ['.tsx']],
  [/\.mjs$/, ['.mts']],
  [/\.cjs$/, ['.cts']],
]

/** The file that a path means: with the name as it is, the one that it is compiled from, an extension, or an index. */
export function sourceAt(path: string): string | undefined {
  for (const each of waysOf(path)) {
    const file = fileAt(each)
    if (file !== undefined) return file
  }
  return undefined
}

function* waysOf(path: string): Generator<string> {
  // Nearly all paths have one, or none at all.
  if (/\.\w+$/.test(path)) yield path
  for (const [written, is] of WRITTEN_AS) {
    if (written.test(path)) for (const extension of is) yield path.replace(written, extension)
  }
  for (const extension of EXTENSIONS) yield path + extension
  for (const extension of EXTENSIONS) yield join(path, `index${extension}`)
  yield `${path}.json`
}
