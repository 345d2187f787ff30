import { inspect } from 'node:util'
import { isArray, read } from '../../guard/read.ts'
import type { ValueMatcher } from './expected.ts'
import { isAsymmetric, isData } from './matches.ts'

const MAX_LENGTH = 2_000
/** Of a stack. */
const MAX_LINES = 5

/** Shows a value of whatever kind and size. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'none'
  const stack = read(value, 'stack')
  if (typeof stack === 'string') return stack.split('\n', MAX_LINES).join('\n')
  return shortened(inspect(withNames(value), { depth: 6, breakLength: 100 }))
}

/** A value in which matchers show their names, and nothing of their insides. */
function withNames(value: unknown): unknown {
  if (isAsymmetric(value)) return { [inspect.custom]: () => nameOfMatcher(value) }
  if (isArray(value)) return value.map(withNames)
  if (!isData(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withNames(each)]))
}

/** As test runners show it: `StringMatching /exists/`. */
function nameOfMatcher(matcher: ValueMatcher): string {
  const sample = read(matcher, 'sample')
  return typeof read(matcher, 'toAsymmetricMatcher') === 'function'
    ? (matcher as unknown as { toAsymmetricMatcher(): string }).toAsymmetricMatcher()
    : `${matcher.toString()}${sample === undefined ? '' : ` ${inWords(sample)}`}`
}

/** The start of a text, and that there is more. */
export function shortened(text: string): string {
  return text.length > MAX_LENGTH
    ? `${text.slice(0, MAX_LENGTH)}… and ${text.length - MAX_LENGTH} more`
    : text
}
