import { readItems } from '../guard/read.ts'

const MAX_UNUSABLE = 10

/** Of the name of a part of a throw. */
export const MAX_NAME_LENGTH = 64

/** Before the name of a param: one that a text needs and has no value for, and one that none has. */
export const PARAMS_PREFIX = 'params.'

/** Notes a part of a throw that cannot be used: the first ten, each once by its name. */
export function noteUnusable(unusable: string[], name: string): void {
  const cut = name.slice(0, MAX_NAME_LENGTH)
  if (unusable.length < MAX_UNUSABLE && !unusable.includes(cut)) unusable.push(cut)
}

/** Reads what another copy of this package has noted. */
export function notedUnusable(unusable: unknown): readonly string[] {
  return readItems(unusable, MAX_UNUSABLE).filter((name) => typeof name === 'string')
}
