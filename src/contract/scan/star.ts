/**
 * Returns what the `*` of a pattern stands for in a text: nothing where it has none.
 *
 * @returns undefined where it does not match
 */
export function matchStar(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*')
  if (star === -1) return pattern === text ? '' : undefined
  const start = pattern.slice(0, star)
  const end = pattern.slice(star + 1)
  const matches = text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end)
  return matches ? text.slice(start.length, text.length - end.length) : undefined
}

/** Puts a text in place of the `*` of a pattern. */
export function fillStar(pattern: string, text: string): string {
  return pattern.replaceAll('*', () => text)
}
