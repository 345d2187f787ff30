import { describe, expect, test } from 'vitest'
import { createConceal, type ConcealDefinition } from '../../src/answer/conceal.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { identify, type Recognition } from '../../src/identify/identify.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { statusState, conditionState, thrownState, type BizErrorState } from '../../src/error/state.ts'
import { sampleFacts } from '../support/sample-facts.ts'

const accounts = defineCatalog({
  name: 'accounts',
  success: { code: 1, message: 'OK' },
  errors: {
    1: { status: 200, message: 'OK' },
    401: { status: 401, message: 'Not signed in', retryAfter: 3 },
    404: { status: 404, message: 'Not here' },
    1001: { status: 404, message: 'No such user' },
    1002: { status: 401, message: 'Wrong password' },
    1003: { status: 403, message: 'Locked' },
    1004: { status: 429, message: 'Too many attempts', retryAfter: 60 },
    1005: { status: 409, message: '{{left}} left' },
  },
})
const withChallenge = defineCatalog({
  name: 'with-challenge',
  challenge: 'Bearer',
  errors: { 401: { status: 401, message: 'Not signed in' } },
})
const other = defineCatalog({
  name: 'other',
  errors: { 404: { status: 404, message: 'Other' }, 1001: { status: 404, message: 'Other user' } },
})

/** What one occurrence adds to its code. */
const occurrence = {
  details: { user: 'bob' },
  headers: { 'X-Cause': 'expired' },
  retryAfter: 7,
  cause: new Error('x'),
}

/** A foreign 401 that says how to log in. */
const challenged: BizErrorState = {
  ...conditionState(accounts, { condition: 'token-expired' }),
  headers: { 'WWW-Authenticate': 'Basic', 'X-Cause': 'expired' },
}

/** What a client may see of an occurrence of `code`. */
function seen(code: number, definition: ConcealDefinition | undefined, options: object = {}): BizErrorState {
  return createConceal(accounts, definition)(thrownState(accounts, code, { ...occurrence, ...options }))
}

/** A code as if nothing had been added to it. */
function bare(code: number, added: Partial<BizErrorState> = {}): BizErrorState {
  return { ...thrownState(accounts, code, undefined), ...added }
}

describe('conceal', () => {
  test('leaves a state as it is, when nothing hides it', () => {
    const state = thrownState(accounts, 1003, occurrence)
    expect(createConceal(accounts)(state)).toBe(state)
    expect(createConceal(accounts, [{ errors: [1001], as: 404 }])(state)).toBe(state)
    expect(createConceal(accounts, { 404: 404 })(state)).toBe(state)
  })

  test('takes everything from a 401 that its occurrence added', () => {
    expect([seen(401, undefined), seen(1002, undefined)]).toEqual([bare(401), bare(1002)])
  })

  test('takes everything from a code that is answered as 401 by the throw', () => {
    expect(seen(1003, undefined, { status: 401 })).toEqual(bare(1003, { status: 401 }))
  })

  test('takes everything from a 401 that is answered as another status by the throw', () => {
    expect(seen(1002, undefined, { status: 403 })).toEqual(bare(1002, { status: 403 }))
  })

  test('lets a foreign 401 say how to log in, and nothing else', () => {
    expect(createConceal(accounts)(challenged)).toStrictEqual({
      ...bare(401, { condition: 'token-expired' }),
      headers: { 'WWW-Authenticate': 'Basic' },
    })
  })

  const silent: readonly (readonly [when: string, state: BizErrorState, definition?: ConcealDefinition])[] = [
    ['brings none', { ...challenged, headers: { 'X-Cause': 'expired' } }],
    ['brings no headers', { ...challenged, headers: undefined }],
    ['is of a catalog that says it for all', { ...challenged, catalog: withChallenge }],
    ['is answered as another status', { ...challenged, status: 403 }],
    ['is concealed by the throw', { ...challenged, as: 401 }],
    ['is concealed by a rule for its code', challenged, [{ errors: [401], as: 1002 }]],
    ['is concealed by a rule for its status', { ...challenged, status: 403 }, { 403: 1002 }],
  ]
  for (const [when, state, definition] of silent) {
    test(`sends no challenge of a foreign 401 that ${when}`, () => {
      expect(createConceal(accounts, definition)(state).headers).toBeUndefined()
    })
  }

  test('leaves a throw as it is that is to be answered as itself', () => {
    expect(seen(1003, undefined, { as: 1003 })).toEqual(
      thrownState(accounts, 1003, { ...occurrence, as: 1003 }),
    )
  })

  test('leaves nothing of a concealed occurrence, but what the log keeps', () => {
    expect(seen(1003, undefined, { as: 1004, status: 410 })).toEqual(bare(1004, { as: 1004 }))
    expect(seen(1003, [{ errors: [1003], as: 1004 }])).toEqual(bare(1004))
    expect(seen(1003, { 403: 1004 })).toEqual(bare(1004))
    expect(seen(9999, { 500: 404 })).toEqual(bare(404, { unknownKey: '9999' }))
  })

  test('takes everything from the code that others hide behind, so that it cannot be told from them', () => {
    expect([
      seen(404, [{ errors: [1003], as: 404 }]),
      seen(404, { 403: 404 }),
      seen(1003, [{ errors: [1003, 1004], as: 1003 }]),
    ]).toEqual([bare(404), bare(404), bare(1003)])
  })

  test('hides every code of a rule behind one', () => {
    const rules = [
      { errors: [1001, 1002], as: 401 },
      { errors: [1003], as: 404 },
    ]
    expect([1001, 1002, 1003, 1004].map((code) => seen(code, rules))).toEqual([
      bare(401),
      bare(401),
      bare(404),
      seen(1004, undefined),
    ])
  })

  test('lets the last rule of a code win', () => {
    const rules = [
      { errors: [1001], as: 401 },
      { errors: [1001], as: 404 },
    ]
    expect(seen(1001, rules)).toEqual(bare(404))
  })

  test('hides every code of a status behind one', () => {
    const byStatus = { 404: 404, 401: 401 }
    expect([1001, 1002].map((code) => seen(code, byStatus))).toEqual([bare(404), bare(401)])
  })

  test('goes by the status of the throw, not by that of the entry', () => {
    expect(seen(1003, { 404: 404 }, { status: 404 })).toEqual(bare(404))
    expect(seen(1001, { 404: 404 }, { status: 403 })).toEqual(seen(1001, undefined, { status: 403 }))
  })

  test('lets `as` of the throw go before a rule by code, and before one by status', () => {
    expect(seen(1001, [{ errors: [1001], as: 404 }], { as: 401 })).toEqual(bare(401, { as: 401 }))
    expect(seen(1001, { 404: 404 }, { as: 1004 })).toEqual(bare(1004, { as: 1004 }))
  })

  test('applies the rules to what `as` of the throw made of it', () => {
    expect(seen(1003, [{ errors: [1001], as: 404 }], { as: 1001 })).toEqual(bare(404, { as: 1001 }))
    expect(seen(1003, { 401: 401 }, { as: 1002 })).toEqual(bare(401, { as: 1002 }))
  })

  test('applies a rule by code to its own catalog alone', () => {
    const state = thrownState(other, 1001, occurrence)
    expect(createConceal(accounts, [{ errors: [1001], as: 401 }])(state)).toBe(state)
  })

  test("applies a rule by status to every catalog, with that catalog's own code for the status", () => {
    const state = thrownState(other, 1001, occurrence)
    expect(createConceal(accounts, { 404: 404 })(state)).toEqual(thrownState(other, 404, undefined))
    expect(createConceal(accounts, { 404: 1003 })(state)).toMatchObject({
      entry: other.forStatus(403),
      status: 403,
      details: undefined,
    })
  })

  test('answers another catalog’s code as one of that catalog, when the throw says so', () => {
    const state = thrownState(other, 1001, { ...occurrence, as: 404 })
    expect(createConceal(accounts)(state)).toEqual({ ...thrownState(other, 404, undefined), as: 404 })
  })

  test('leaves nothing of a foreign error that is not authenticated, or concealed', () => {
    const recognized = {
      condition: 'token-expired',
      retryAfter: 9,
      fields: [{ path: 'token', code: 'invalid' }],
    } as const
    const state = conditionState(accounts, recognized)
    const plain = { ...bare(401), condition: 'token-expired' }
    expect([
      createConceal(accounts)(state),
      createConceal(accounts, { 409: 401 })(
        conditionState(accounts, { ...recognized, condition: 'write-conflict' }),
      ),
    ]).toEqual([plain, { ...plain, condition: 'write-conflict' }])
  })

  test('leaves nothing of the policies that refused', () => {
    expect(seen(1003, { 403: 1004 }, { violatedPolicies: ['daily'] })).toEqual(bare(1004))
  })

  test('applies a rule by status to a foreign error', () => {
    const recognition: Recognition = {
      rules: [],
      recognize: () => ({ condition: undefined, status: 403 }),
      warn: () => {},
    }
    const state = identify(new Error('x'), accounts, recognition, sampleFacts)
    expect(createConceal(accounts, { 403: 404 })(state)).toEqual(bare(404, { condition: 'forbidden' }))
  })
})

const notInCatalog = 'which is not in the catalog (accounts). Name one of its errors.'
const notConstant = 'which is a success or needs params. Name another error of accounts.'

describe('createConceal refuses', () => {
  const mistakes: readonly (readonly [what: string, definition: ConcealDefinition, message: string])[] = [
    [
      'an unknown error to hide',
      [{ errors: [1001, 9999], as: 404 }],
      `Option conceal names error 9999, ${notInCatalog}`,
    ],
    [
      'an unknown error to show',
      [{ errors: [1001], as: 9999 }],
      `Option conceal names error 9999, ${notInCatalog}`,
    ],
    ['a quoted number', [{ errors: [1001], as: '404' }], `Option conceal names error "404", ${notInCatalog}`],
    [
      'the name of what every object has',
      [{ errors: [1001], as: 'toString' }],
      `Option conceal names error "toString", ${notInCatalog}`,
    ],
    [
      'an error to show that needs params',
      [{ errors: [1001], as: 1005 }],
      `Option conceal answers as error 1005, ${notConstant}`,
    ],
    ['a success to show', [{ errors: [1001], as: 1 }], `Option conceal answers as error 1, ${notConstant}`],
    [
      'a code where a status belongs',
      { 1001: 404 },
      'Option conceal names the status "1001". Use statuses from 400 to 599.',
    ],
    [
      'a rule with a typing mistake',
      JSON.parse('[{ "errors": [1001], "error": 404 }]'),
      'A rule of option conceal has no "error". Did you mean errors?',
    ],
    [
      'a rule whose errors are no list',
      JSON.parse('[{ "errors": 1001, "as": 404 }]'),
      'Option conceal holds an object. Give rules such as { errors: [1001, 1002], as: 1002 }.',
    ],
    ...[null, 7, 'errors', undefined].map(
      (rule) =>
        [
          `the rule ${JSON.stringify(rule)}`,
          [rule] as unknown as ConcealDefinition,
          `Option conceal holds ${JSON.stringify(rule)}. Give rules such as { errors: [1001, 1002], as: 1002 }.`,
        ] as const,
    ),
    ['an unknown error for a status', { 404: 9999 }, `Option conceal names error 9999, ${notInCatalog}`],
    [
      'an error that needs params for a status',
      { 409: 1005 },
      `Option conceal answers as error 1005, ${notConstant}`,
    ],
  ]
  for (const [what, definition, message] of mistakes) {
    test(what, () => {
      expect(() => createConceal(accounts, definition)).toThrow(new SetupError(message))
    })
  }
})

describe('conceal of a throw that names no code to show', () => {
  test('answers the generic status, where the catalog has no code for it', () => {
    const conceal = createConceal(accounts)
    expect([
      conceal(thrownState(accounts, 1004, { ...occurrence, as: 9999 })),
      conceal(thrownState(accounts, 1003, { ...occurrence, as: 9999, status: 200 })),
      conceal(thrownState(accounts, 1001, { ...occurrence, as: 9999, status: 410 })),
    ]).toEqual([statusState(accounts, 429), statusState(accounts, 403), statusState(accounts, 410)])
  })

  test('answers the generic code of the status, with nothing of the occurrence', () => {
    const conceal = createConceal(accounts)
    for (const as of [9999, 1005, 1]) {
      const seen = conceal(
        thrownState(accounts, 1001, { as, details: { secret: 1 }, headers: { 'X-A': 'a' } }),
      )
      expect([seen.entry.code, seen.details, seen.headers], String(as)).toEqual([404, undefined, undefined])
    }
  })
})

test('createConceal refuses a chain, in which causes could still be told apart', () => {
  const chain = [
    { errors: [1001], as: 404 },
    { errors: [404], as: 1002 },
  ]
  expect(() => createConceal(accounts, chain)).toThrow(
    new SetupError(
      'Option conceal answers error 1001 as 404, which is itself answered as 1002. Name the last one for both.',
    ),
  )
})
