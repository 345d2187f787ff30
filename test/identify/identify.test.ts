import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/error/biz-error.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { identify, type Recognition } from '../../src/identify/identify.ts'
import { compileRules } from '../../src/identify/rules.ts'
import { conditionState, type BizErrorState } from '../../src/error/state.ts'
import { sampleFacts } from '../support/sample-facts.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    404: { status: 404, message: 'Not here' },
    503: { status: 503, message: 'Later', retryAfter: 30 },
    1001: { status: 409, message: 'Taken' },
    1002: { status: 403, message: 'Locked' },
  },
  foreign: { byCondition: { 'already-exists': 1001 } },
})
const other = defineCatalog({ name: 'other', errors: { 1: { status: 404, message: 'Other' } } })

const throwing = (): never => {
  throw new Error('broken rule')
}

/** Knows values by their `known`. */
const recognition: Recognition = {
  rules: [],
  recognize: (value) => (value as { readonly known?: ReturnType<Recognition['recognize']> } | null)?.known,
  warn: () => {},
}

function identified(thrown: unknown, changed: Partial<Recognition> = {}): BizErrorState {
  return identify(thrown, shop, { ...recognition, ...changed }, sampleFacts)
}

/** What is known of an error that has one of ours, an error of the app and a foreign one somewhere beneath it. */
const exists = { known: { condition: 'already-exists' } } as const
const missing = { known: { condition: undefined, status: 404 } } as const

class Locked extends Error {}
const rules = compileRules([{ when: Locked, error: 1002 }], shop)

describe('identify', () => {
  test('returns the state of a BizError, of whatever catalog, and asks nobody', () => {
    const own = new shop.BizError(1001, { cause: new shop.BizError(404) })
    const asked = { rules: [throwing], recognize: throwing }
    expect([own, new other.BizError(1)].map((thrown) => identified(thrown, asked))).toEqual([
      bizErrorState(own),
      bizErrorState(new other.BizError(1)),
    ])
  })

  test('returns the state of what the first rule of the app that knows the value makes of it', () => {
    const made = new shop.BizError(1001, { details: 1 })
    const asked: unknown[] = []
    const warnings: unknown[] = []
    const rules = compileRules(
      [
        (thrown) => void asked.push(thrown),
        throwing,
        () => ({ code: 1001 }),
        () => undefined,
        () => made,
        throwing,
      ],
      shop,
    )
    const warn: Recognition['warn'] = (...said) => void warnings.push(said)
    expect(identified('thrown', { rules, recognize: throwing, warn })).toBe(bizErrorState(made))
    expect(asked).toEqual(['thrown'])
    expect(warnings).toEqual([
      ['A rule of identify failed; the next one was asked', new Error('broken rule')],
      [
        'A rule of identify failed; the next one was asked',
        new TypeError('It returned an object. Return a BizError, or undefined.'),
      ],
    ])
  })

  test('returns what a foreign error was recognized as', () => {
    expect([identified(exists), identified(missing)]).toEqual([
      conditionState(shop, exists.known),
      conditionState(shop, missing.known),
    ])
  })

  test('returns the meaning of 500, when nobody knows the value', () => {
    const values = [new Error('x'), null, undefined, 404, 'text', Symbol('x'), 1n, () => 1]
    expect(values.map((thrown) => identified(thrown))).toEqual(
      values.map(() => conditionState(shop, { condition: undefined, status: 500 })),
    )
  })
})

describe('of a value and its causes, identify takes', () => {
  const nearest = new shop.BizError(1001)
  const locked = new Locked('x')
  const rows: readonly (readonly [what: string, thrown: unknown, state: BizErrorState | undefined])[] = [
    ['the nearest BizError', { cause: { cause: nearest } }, bizErrorState(nearest)],
    [
      'the nearest of two',
      { cause: { cause: nearest }, name: 'AggregateError', errors: [new shop.BizError(404)] },
      bizErrorState(new shop.BizError(404)),
    ],
    [
      'a BizError before what a rule knows nearer',
      Object.assign(new Locked('x'), { cause: { cause: nearest } }),
      bizErrorState(nearest),
    ],
    [
      'what a rule of the app knows before what is recognized nearer',
      { ...exists, cause: locked },
      bizErrorState(new shop.BizError(1002)),
    ],
    [
      'the nearest that is recognized',
      { cause: { ...exists, cause: missing } },
      conditionState(shop, exists.known),
    ],
    [
      'what is recognized in an AggregateError',
      new AggregateError([new Error('x'), missing]),
      conditionState(shop, missing.known),
    ],
  ]
  test.each(rows)('%s', (_what, thrown, state) => {
    expect(identified(thrown, { rules })).toEqual(state)
  })

  test('none beyond the bound, and ends in a cycle', () => {
    let deep: object = exists
    for (let depth = 0; depth < 40; depth++) deep = { cause: deep }
    const cycle: { cause?: unknown } = {}
    cycle.cause = { cause: cycle }
    const unknown = conditionState(shop, { condition: undefined, status: 500 })
    expect([identified(deep), identified(cycle)]).toEqual([unknown, unknown])
  })
})
