import { describe, expect, test } from 'vitest'
import {
  conditionOfStatus,
  CONDITIONS,
  isCondition,
  RETRYABLE,
  type Condition,
} from '../../src/catalog/condition.ts'
import { createCatalog, type CatalogDefinition } from '../../src/catalog/catalog.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { conditionState } from '../../src/error/state.ts'
import type { Code } from '../../src/catalog/code.ts'
import { isErrorStatus, STATUS_TEXTS } from '../../src/catalog/http-status.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    400: { status: 400, message: 'Bad' },
    500: { status: 500, message: 'Internal' },
    1001: { status: 422, message: 'Invalid' },
    1002: { status: 409, message: 'Taken' },
    1003: { status: 409, message: 'In use' },
    1004: { status: 403, message: 'Expired' },
    1005: { status: 404, message: 'Gone' },
  },
  foreign: {
    byStatus: { 404: 1005 },
    byCondition: {
      'validation-failed': 1001,
      'already-exists': 1002,
      conflict: 1003,
      'not-found': 1002,
      'token-expired': 1004,
    },
  },
})

/** The generic text of a status. */
function text(status: number): string {
  return STATUS_TEXTS[status as keyof typeof STATUS_TEXTS]
}

/** Code and status of every condition. */
function answers(catalog: typeof shop): Readonly<Record<string, readonly [Code, number]>> {
  return Object.fromEntries(
    (Object.keys(CONDITIONS) as Condition[]).map((condition) => {
      const { entry, status } = conditionState(catalog, { condition })
      return [condition, [entry.code, status]]
    }),
  )
}

test('of errors that share the code of a status, the first stands for the status', () => {
  const bot = defineCatalog({
    name: 'bot',
    errors: {
      BAD_REQUEST: { code: 400, status: 400, message: 'Bad Request' },
      CHAT_NOT_FOUND: { code: 400, status: 400, message: 'Bad Request: chat not found' },
      RETRY: { code: 429, status: 429, message: 'Too Many Requests: retry after {{seconds}}' },
      TOO_MANY: { code: 429, status: 429, message: 'Too Many Requests' },
      TOO_MANY_MESSAGES: { code: 429, status: 429, message: 'Too many messages' },
    },
  })
  expect([bot.forStatus(400).key, bot.forStatus(429).key]).toEqual(['BAD_REQUEST', 'TOO_MANY'])
})

describe('the code of a condition', () => {
  test('is the one of foreign.byCondition with the status of its entry, else that of the condition’s status', () => {
    expect(answers(shop)).toEqual({
      'malformed-request': [400, 400],
      'malformed-body': [400, 400],
      'validation-failed': [1001, 422],
      'not-authenticated': [400, 401],
      'token-expired': [1004, 403],
      'token-invalid': [400, 401],
      'token-revoked': [400, 401],
      forbidden: [400, 403],
      'not-found': [1002, 409],
      'method-not-allowed': [400, 405],
      'request-timeout': [400, 408],
      conflict: [1003, 409],
      'already-exists': [1002, 409],
      'write-conflict': [1003, 409],
      'body-too-large': [400, 413],
      'unsupported-media-type': [400, 415],
      'rate-limited': [400, 429],
      'client-gone': [400, 499],
      'upstream-failed': [500, 502],
      unavailable: [500, 503],
      timeout: [500, 504],
      'upstream-timeout': [500, 504],
    })
  })

  test('is its entry, else that of its class with the text of the status', () => {
    expect(shop.forCondition('conflict')).toBe(shop.get(1003))
    expect(shop.forCondition('upstream-failed')).toBeUndefined()
    expect(shop.forStatus(502)).toEqual({
      ...shop.get(500),
      status: 502,
      message: 'Bad gateway',
      namespace: 'http',
    })
  })
})

describe('the code of a status', () => {
  test.each([
    ['that foreign.byStatus names, before a condition', 404, 1005],
    ['of the condition that the status alone stands for', 409, 1003],
    ['of 400, where the status has no text', 418, 400],
    ['of 500, where the status has no text', 599, 500],
  ])('is the one %s', (_what, status, code) => {
    expect(shop.forStatus(status)).toBe(shop.get(code))
  })

  test.each([
    ['of 400, where the condition has none', 415, 400],
    ['of 400, where no condition stands for it', 422, 400],
    ['of 500, for the rest of 5xx', 503, 500],
  ])('is the one %s, with the text of the status', (_what, status, code) => {
    const entry = shop.forStatus(status)
    expect(shop.forStatus(status)).toBe(entry)
    expect(entry).toEqual({ ...shop.get(code), status, message: text(status), namespace: 'http' })
  })

  test('is the text as a word where all codes are words, and the status where none is', () => {
    const words = defineCatalog({ name: 'words', errors: { GONE: { status: 410, message: 'Gone' } } })
    const coded = defineCatalog({
      name: 'coded',
      errors: { GONE: { code: 10410, status: 410, message: 'Gone' } },
    })
    expect(
      [words, coded].map((catalog) => [404, 431].map((status) => catalog.forStatus(status).code)),
    ).toEqual([
      ['not_found', 'request_header_fields_too_large'],
      [404, 431],
    ])
  })

  test('lends its code alone: what it says of itself is not true of another status', () => {
    const rich = defineCatalog({
      name: 'rich',
      errors: {
        BAD: {
          code: 1,
          status: 400,
          message: 'Bad JSON',
          title: 'JSON',
          action: 'Mend it',
          challenge: 'Bearer',
          headers: { 'Cache-Control': 'max-age=1' },
          meta: { type: 'client' },
        },
      },
      foreign: { byStatus: { 400: 'BAD' } },
    })
    expect(rich.forStatus(405)).toMatchObject({
      key: 'BAD',
      code: 1,
      message: 'Method not allowed',
      title: undefined,
      action: undefined,
      challenge: undefined,
      headers: undefined,
      meta: { type: 'client' },
    })
  })
})

describe('foreign.byCondition is refused with', () => {
  const mistakes: readonly (readonly [what: string, byCondition: object, message: string])[] = [
    [
      'a typo',
      { 'not-foud': 1 },
      'Catalog small, foreign.byCondition has no "not-foud". Did you mean not-found?',
    ],
    [
      'a word that is none',
      { '': 1 },
      `Catalog small, foreign.byCondition has no "". Known are: ${Object.keys(CONDITIONS).join(', ')}.`,
    ],
    [
      'a code that there is not',
      { conflict: 2 },
      'Catalog small answers condition "conflict" with error 2, which is not one of its errors.',
    ],
    [
      'a quoted number',
      { conflict: '1' },
      'Catalog small answers condition "conflict" with error "1", which is not one of its errors.',
    ],
    [
      'no code',
      { conflict: undefined },
      'Catalog small answers condition "conflict" with error undefined, which is not one of its errors.',
    ],
    [
      'a code that needs params',
      { conflict: 3 },
      'Catalog small answers condition "conflict" with error 3, which is its success, or whose message needs params that a foreign error cannot give.',
    ],
    [
      'the success',
      { conflict: 0 },
      'Catalog small answers condition "conflict" with error 0, which is its success, or whose message needs params that a foreign error cannot give.',
    ],
  ]
  test.each(mistakes)('%s', (_what, byCondition, message) => {
    const definition = {
      name: 'small',
      errors: {
        0: { status: 200, message: 'OK' },
        1: { status: 409, message: 'Taken' },
        3: { status: 409, message: 'No {{product}}' },
      },
      foreign: { byCondition },
    }
    expect(() => createCatalog(definition as CatalogDefinition)).toThrow(new SetupError(message))
  })
})

const STATUSES = Array.from({ length: 200 }, (_, index) => 400 + index)

describe('the conditions', () => {
  test('have statuses of errors', () => {
    expect(Object.values(CONDITIONS).every(isErrorStatus)).toBe(true)
  })

  test('that stand for a status have that status', () => {
    const known = STATUSES.map((status) => ({ status, condition: conditionOfStatus(status) })).filter(
      ({ condition }) => condition !== undefined,
    )
    expect(known).not.toEqual([])
    expect(known.filter(({ status, condition }) => CONDITIONS[condition!] !== status)).toEqual([])
  })

  test('that are retryable are conditions', () => {
    expect([...RETRYABLE].every(isCondition)).toBe(true)
  })

  test.each(['toString', '__proto__', '', 'Conflict', 409, null, undefined, ['conflict']])(
    'do not hold %j',
    (value) => {
      expect(isCondition(value)).toBe(false)
    },
  )
})
