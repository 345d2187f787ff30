import { code as codeOf, type Members } from './json.ts'

/**
 * Finds the members of an error in a body of any envelope of this package: the first shape that fits.
 *
 * @param envelope - that of the catalog: it alone knows whether the code in front of a message is the finer one
 */
export function errorIn(body: unknown, envelope: unknown): Members {
  const told = Object(body) as Members
  const { error, code, message, title, sub_code: finer } = told
  if ((error as Members | undefined)?.['code'] != null) return error as Members
  // Problem documents have a title.
  if (typeof (message ?? title) !== 'string') return {}
  if (finer != null) return { ...told, code: finer, parent: code }
  return envelope === 'composite' ? { ...told, ...composite(code, message as string) } : told
}

/** `(2130) Refund refused`: the finer code is a number where the common one is. */
function composite(parent: unknown, message: string): Members | undefined {
  const [, text, rest] = /^\((\S+?)\) ?(.*)/s.exec(message) ?? []
  const code = codeOf(typeof parent === 'number' ? Number(text) : text)
  return `${code}` === text ? { code, parent, message: rest } : undefined
}
