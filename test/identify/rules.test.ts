import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { bizErrorState } from '../../src/error/biz-error.ts'
import { CONDITIONS } from '../../src/catalog/condition.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { compileRules, type IdentifyRule } from '../../src/identify/rules.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { entryState, conditionState, type BizErrorState } from '../../src/error/state.ts'

const shop = defineCatalog({
  name: 'shop',
  success: { code: 1, message: 'OK' },
  errors: {
    1: { status: 200, message: 'OK' },
    1001: { status: 409, message: 'Taken', retryAfter: 9 },
    1002: { status: 409, message: '{{left}} left' },
  },
  foreign: { byCondition: { 'already-exists': 1001 } },
})

const entry = shop.get(1001)
const taken = entryState(shop, entry)

class Missing extends Error {}
class MissingUser extends Missing {}
class Rejection {
  readonly msBeforeNext = 1
}
abstract class Abstract extends Error {}
class Concrete extends Abstract {}

/** What one rule makes of a value. */
function ask(rule: IdentifyRule, thrown: unknown): BizErrorState | undefined {
  const [compiled] = compileRules([rule], shop)
  return compiled!(thrown)
}

describe('a rule by class', () => {
  test.each([
    ['an error of the class', Missing, new Missing('x'), taken],
    ['an error of a class that extends it', Missing, new MissingUser('x'), taken],
    ['an error of an abstract class', Abstract, new Concrete('x'), taken],
    ['any Error, for Error itself', Error, new TypeError('x'), taken],
    ['no error of another class', Missing, new Error('x'), undefined],
    ['no look-alike by name', Missing, { name: 'Missing', message: 'x' }, undefined],
    ['what is no Error, of a class that is none', Rejection, new Rejection(), taken],
    ['nothing else', Missing, undefined, undefined],
  ])('knows %s', (_what, when, thrown, state) => {
    expect(ask({ when, error: 1001 }, thrown)).toEqual(state)
  })
})

function isThrown(thrown: unknown): boolean {
  return thrown === 'thrown'
}

describe('a rule by predicate', () => {
  test.each([
    ['what it says yes to', () => true, taken],
    ['what it says something truthy to', () => 'yes', taken],
    ['nothing that it says no to', () => false, undefined],
    ['nothing that it says nothing to', () => undefined, undefined],
  ])('knows %s', (_what, when, state) => {
    expect(ask({ when, error: 1001 }, 'thrown')).toEqual(state)
  })

  test('is asked about the value itself', () => {
    const asked: unknown[] = []
    ask({ when: (thrown) => void asked.push(thrown), error: 1001 }, 'thrown')
    expect(asked).toEqual(['thrown'])
  })

  test('may be a classic function', () => {
    const rule: IdentifyRule = { when: isThrown, error: 1001 }
    expect([ask(rule, 'thrown'), ask(rule, 'other')]).toEqual([taken, undefined])
  })

  test('that rejects is nobody’s problem', async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    expect(() => ask({ when: () => Promise.reject(new Error('late')), error: 1001 }, 'thrown')).toThrow(
      new TypeError('`when` returned a promise, which is not waited for. Return true or false.'),
    )
    expect(() => ask(() => Promise.reject(new Error('late')), 'thrown')).toThrow(
      new TypeError('It returned an object. Return a BizError, or undefined.'),
    )
    await setImmediate()
    process.off('unhandledRejection', onUnhandled)
    expect(unhandled).toEqual([])
  })
})

describe('what a rule knows becomes', () => {
  test('an error, with what its entry says', () => {
    expect(ask({ when: () => true, error: 1001 }, 'x')).toEqual(bizErrorState(new shop.BizError(1001)))
  })

  test("a condition, with the catalog's code for it", () => {
    expect(ask({ when: () => true, condition: 'already-exists' }, 'x')).toEqual({
      ...taken,
      condition: 'already-exists',
    })
    expect(ask({ when: () => true, condition: 'timeout' }, 'x')).toEqual(
      conditionState(shop, { condition: 'timeout' }),
    )
  })

  test('the BizError that a function returns, of whatever catalog', () => {
    const own = new shop.BizError(1002, { params: { left: 3 } })
    expect(ask(() => own, 'x')).toEqual(bizErrorState(own))
  })

  test('nothing, where a function returns nothing, no, or what was thrown', () => {
    const thrown = new Error('x')
    const returned = [undefined, null, false, thrown].map((result) => ask(() => result, thrown))
    expect(returned).toEqual([undefined, undefined, undefined, undefined])
  })

  test.each([
    ['1001', 1001],
    ['errors[1001]()', shop.errors[1001]],
    ['an object', { code: 1001 }],
    ['true', true],
    ['an object', shop.get(1001)],
  ])('no error, where a function returns %s: the handler warns of it', (shown, result) => {
    expect(() => ask(() => result, 'x')).toThrow(
      new TypeError(`It returned ${shown}. Return a BizError, or undefined.`),
    )
  })
})

const functionOrRule = 'Give a function, or rules such as { when: NotFoundError, error: 1004 }.'
const either = 'A rule of option identify needs either an error or a condition.'
const notConstant =
  'which is not in the catalog (shop), is its success, or needs params. Return a BizError from a function instead.'
const when = (): boolean => true

describe('compileRules refuses', () => {
  const mistakes: readonly (readonly [what: string, rule: unknown, message: string])[] = [
    ['null', null, `Option identify holds null. ${functionOrRule}`],
    ['a number', 1001, `Option identify holds 1001. ${functionOrRule}`],
    ['an array', [when], `Option identify holds an array. ${functionOrRule}`],
    ['a rule without `when`', { error: 1001 }, `Option identify holds an object. ${functionOrRule}`],
    [
      'a rule whose `when` is a name',
      { when: 'Missing', error: 1001 },
      `Option identify holds an object. ${functionOrRule}`,
    ],
    [
      'a rule with a typo',
      { when, errors: 1001 },
      'A rule of option identify has no "errors". Did you mean error?',
    ],
    ['neither error nor condition', { when }, either],
    ['both', { when, error: 1001, condition: 'conflict' }, either],
    [
      'an unknown condition',
      { when, condition: 'exists' },
      `A rule of option identify has condition "exists". Known are: ${Object.keys(CONDITIONS).join(', ')}.`,
    ],
    ['an unknown error', { when, error: 9999 }, `A rule of option identify has error 9999, ${notConstant}`],
    [
      'a quoted number',
      { when, error: '1001' },
      `A rule of option identify has error "1001", ${notConstant}`,
    ],
    ['the success', { when, error: 1 }, `A rule of option identify has error 1, ${notConstant}`],
    [
      'an error that needs params',
      { when, error: 1002 },
      `A rule of option identify has error 1002, ${notConstant}`,
    ],
  ]
  test.each(mistakes)('%s', (_what, rule, message) => {
    expect(() => compileRules([rule as IdentifyRule], shop)).toThrow(new SetupError(message))
  })
})
