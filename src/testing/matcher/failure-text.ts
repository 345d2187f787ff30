import type { Catalog } from '../../catalog/catalog.ts'
import { isCode } from '../../catalog/code.ts'
import { headerGetter, type AnswerHeaders } from '../../client/headers.ts'
import { read } from '../../guard/read.ts'
import type { Difference } from './differences.ts'
import type { Demand } from './expected.ts'
import { inWords, shortened } from './in-words.ts'
import { isBodyAlone, type Received } from './received.ts'

/** Colors what was expected and what came. */
export interface Colors {
  readonly expected: (text: string) => string
  readonly received: (text: string) => string
}

/** Says what is not as expected, why that may be, and what was received as a whole. */
export function failureText(
  demand: Demand,
  received: Received,
  differences: readonly Difference[],
  colors: Colors,
): string {
  const pairs = differences.map(
    ({ member, expected, received }) =>
      `Expected ${member}: ${colors.expected(expected)}\nReceived ${member}: ${colors.received(received)}`,
  )
  return [...pairs, ...hintsOn(demand, received), wholeOf(received)].join('\n\n')
}

/** Says that it is the error, where it must not be. */
export function unwantedText({ name }: Demand, received: Received, colors: Colors): string {
  return `Expected: not ${colors.expected(name)}\n\n${wholeOf(received)}`
}

/** What a developer would look for next. */
function hintsOn(demand: Demand, received: Received): readonly string[] {
  const { code, made } = demand
  const { kind, facts, catalog, key, unknownKey } = received
  const told = read(facts, 'code')
  if (unknownKey !== undefined)
    return [`Catalog ${catalog ?? ''} has no error ${unknownKey}, so this one was made.`]
  if (kind === 'unknown') return [adviceOnUnknown(received)]
  if (told === undefined) return [whyNoCode(received, made?.catalog)]
  if (Object.is(told, code)) return []
  if (made === undefined && key === code)
    return [`${inWords(code)} is its key. Give the code, or errors.${key}.`]
  if (isCode(told) && String(told) === String(code))
    return ['A code that is a number is not the same as a text.']
  if (typeof told === 'number' && typeof code === 'string')
    return [`The code is a number. If ${inWords(code)} is a key, give errors.${code}.`]
  return []
}

function adviceOnUnknown({ shown }: Received): string {
  if (typeof shown === 'function')
    return 'This is a function, which nobody calls. Write expect(…).toThrow(bizError(…)), or for what is asynchronous await expect(…()).rejects.toBeBizError(…).'
  return isBodyAlone(shown)
    ? 'This is a body alone. Give the whole answer, which has status and headers.'
    : 'This is no error of a catalog, and no HTTP answer with status and headers.'
}

function whyNoCode({ facts, shown }: Received, catalog: Catalog | undefined): string {
  if (Number(read(facts, 'status')) < 400) return 'The answer is a success.'
  if (shown === undefined || shown === '') return 'The answer has no body.'
  const { envelope } = catalog ?? {}
  return typeof envelope === 'object' && envelope.read === undefined
    ? `The envelope of catalog ${catalog!.name} has no read. Give it one: (body) => ({ code }).`
    : 'The body tells no code in an envelope that is known here. Give shop.errors.KEY: its catalog knows its own.'
}

function wholeOf({ kind, facts, headers, shown }: Received): string {
  if (kind !== 'answer') return `Received: ${inWords(shown)}`
  const type = headerGetter(headers as AnswerHeaders)('content-type')
  const heading = `Received: HTTP ${String(read(facts, 'status'))}${type && `, ${type}`}`
  return shown === undefined || shown === '' ? heading : `${heading}\n${bodyText(shown)}`
}

/** JSON with a member on each line, whether or not somebody has parsed it. */
function bodyText(body: unknown): string {
  try {
    const data: unknown = typeof body === 'string' ? JSON.parse(body) : body
    return shortened(JSON.stringify(data, undefined, 2))
  } catch {
    return typeof body === 'string' ? shortened(body) : inWords(body)
  }
}
