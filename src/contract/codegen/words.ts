import type { Code } from '../../catalog/code.ts'

const SEPARATORS = /[\s!-/:-@[-`{-~]+/g
// notFound, HTTPError, X509Cert
const HUMPS = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])/g
// Compilers differ in which of them a name may hold, and a dump may hold any.
const BEYOND_ASCII = /[^ A-Za-z0-9]/gu

/** The words of a key, of which each language makes a name in its own style: `userNotFound`, `user.not-found`, 10002. */
export function wordsOf(key: Code): readonly string[] {
  if (typeof key === 'number') return key < 0 ? ['E', 'minus', `${-key}`] : [`E${key}`]
  const words = key
    .replaceAll(SEPARATORS, ' ')
    .replaceAll(HUMPS, ' ')
    .replaceAll(BEYOND_ASCII, (character) => ` ${numbered(character)} `)
    .split(' ')
    .filter((word) => word !== '')
  return words.length > 0 ? words : Array.from(key, numbered)
}

/** `U1F642` */
function numbered(character: string): string {
  return `U${character.codePointAt(0)!.toString(16).toUpperCase()}`
}

/** `USER_NOT_FOUND` */
export function capitals(words: readonly string[]): string {
  return words.map((word) => word.toUpperCase()).join('_')
}

/** `UserNotFound` */
export function pascal(words: readonly string[]): string {
  return words.map(capitalized).join('')
}

/** `User` */
export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}
