import type { Catalog } from '../../catalog/catalog.ts'
import { isCode } from '../../catalog/code.ts'
import { headerGetter, type AnswerHeaders } from '../../client/headers.ts'
import { nameOf, type MadeOf } from '../../error/factories.ts'
import { isArray, read } from '../../guard/read.ts'
import type { Demand } from './expected.ts'
import { inWords } from './in-words.ts'
import { matches } from './matches.ts'
import type { Received } from './received.ts'

/** A member that is not as it was expected to be. */
export interface Difference {
  readonly member: string
  /** As it is shown. */
  readonly expected: string
  /** As it is shown. */
  readonly received: string
}

/** Compares all that was expected with what came, the code first. None: it is the error. */
export function differencesOf(demand: Demand, received: Received): readonly Difference[] {
  const { headers, ...members } = demand.expected
  return [
    ...errorDifferences(demand, received),
    ...differences('', members, (name) => read(received.facts, name)),
    ...(headers === undefined ? [] : headerDifferences(headers, received.headers)),
  ]
}

/** Not even that there is no such header can be said of what has none at all. */
function headerDifferences(expected: object, received: object | undefined): readonly Difference[] {
  if (received === undefined) return [difference('headers', expected, undefined)]
  const header = headerGetter(received as AnswerHeaders)
  return differences('headers.', inText(expected), (name) => header(name.toLowerCase()) || undefined)
}

function differences(
  prefix: string,
  expected: object,
  valueOf: (name: string) => unknown,
): readonly Difference[] {
  return Object.entries(expected).flatMap(([name, each]: [string, unknown]) => {
    const value = valueOf(name)
    const isSame = matches(value, each) || (LISTS.includes(name) && isNone(value) && isNone(each))
    return isSame ? [] : [difference(prefix + name, each, value)]
  })
}

const LISTS: readonly string[] = ['fields', 'errors']

/** Some say nothing where others say an empty list. */
function isNone(value: unknown): boolean {
  return value === undefined || (isArray(value) && value.length === 0)
}

function difference(member: string, expected: unknown, received: unknown): Difference {
  return { member, expected: inWords(expected), received: inWords(received) }
}

function inText(headers: object): object {
  const entries = Object.entries(headers).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'number' ? String(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** Where both have a key, that is compared; answers have codes alone. */
function errorDifferences(demand: Demand, { facts, catalog, key }: Received): readonly Difference[] {
  const { code, made } = demand
  const told = read(facts, 'code')
  if (made !== undefined && key !== undefined) {
    const isSame = catalog === made.catalog.name && key === made.entry.key
    const expected = `${made.catalog.name} ${made.entry.key}`
    return isSame ? [] : [{ member: 'error', expected, received: `${catalog ?? ''} ${key}` }]
  }
  if (Object.is(told, code)) return made === undefined ? [] : statusDifference(demand, made, facts)
  const { expected, received } = difference('code', code, told)
  return [
    {
      member: 'code',
      expected: withNames(expected, made && [nameOf(made)]),
      received: withNames(received, made && namesOfCode(made.catalog, told)),
    },
  ]
}

/** Of several errors that have one code, the status says which it is. */
function statusDifference(
  { expected }: Demand,
  { catalog, entry }: MadeOf,
  facts: object,
): readonly Difference[] {
  const status = read(facts, 'status')
  if ('status' in expected || status === entry.status) return []
  const isOthers = catalog.byCode(entry.code).some((other) => other.status === status)
  return isOthers ? [difference('status', entry.status, status)] : []
}

function namesOfCode(catalog: Catalog, code: unknown): readonly string[] {
  return isCode(code) ? catalog.byCode(code).map((entry) => nameOf({ catalog, entry })) : []
}

function withNames(text: string, names: readonly string[] = []): string {
  return names.length === 0 ? text : `${text} (${names.join(', ')})`
}
