const MAX_LENGTH = 200

/**
 * A text as it can stand in a comment, before what ends one is escaped: on one line, without characters that are not
 * seen or reorder others (CVE-2021-42574), and of no endless length.
 */
export function onOneLine(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Z}]+/gu, ' ')
    .replaceAll(/\p{C}/gu, '')
    .trim()
  const characters = Array.from(line)
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('').trimEnd()}…` : line
}
