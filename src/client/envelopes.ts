import { code as codeOf, type Members } from './json.ts'

/**
 * Finds the members of an error in a body of any envelope of this package: the first shape that fits.
 *
 * @param isComposite - whether a finer code may stand in front of a message, which only the catalog knows
 */
export function errorIn(body: unknown, isComposite: boolean): Members {
  const told = Object(body) as Members
  const { error, code, message, title, sub_code: finer } = told
  if ((error as Members | undefined)?.['code'] != null) return error as Members
  // Problem documents have a title.
  if (typeof (message ?? title) !== 'string') return {}
  if (finer != null) return { ...told, code: finer, parent: code }
  return isComposite ? { ...told, ...composite(code, message as string) } : told
}

/** (2130) Refund refused: the finer code is a number where the common one is. */
function composite(parent: unknown, message: string): Members | undefined {
  const [prefix, text] = /^\(([^\s()]+)\) ?/.exec(message) ?? []
  const code = codeOf(typeof parent === 'number' ? Number(text) : text)
  return prefix && String(code) === text ? { code, parent, message: message.slice(prefix.length) } : undefined
}
