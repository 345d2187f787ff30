import { describe, expect, test } from 'vitest'
import {
  aFunction,
  checkGroup,
  checkOptions,
  isObject,
  TRUE_OR_FALSE,
  type Checks,
} from '../../src/guard/options.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

interface Options {
  readonly strict?: boolean | undefined
  readonly when?: ((day: number) => boolean) | undefined
  readonly paper?: { readonly size?: string | undefined } | undefined
}

const CHECKS: Checks<Options> = {
  strict: TRUE_OR_FALSE,
  when: aFunction('of the day'),
  paper: [isObject, "{ size: 'A4' }, or nothing"],
}
const PAPER: Checks<NonNullable<Options['paper']>> = { size: [(size) => size === 'A4', "'A4'"] }

// @ts-expect-error -- an option that is known is checked
void ({ strict: TRUE_OR_FALSE, when: TRUE_OR_FALSE } satisfies Checks<Options>)
// @ts-expect-error -- what is checked is an option
void ({ ...CHECKS, depth: TRUE_OR_FALSE } satisfies Checks<Options>)

const check = (given: unknown): Options => checkOptions('print', given as Options, CHECKS, '{ paper }')

describe('checkOptions', () => {
  test.each([
    [undefined, 'print was called with undefined. Give { paper }.'],
    [null, 'print was called with null. Give { paper }.'],
    ['A4', 'print was called with "A4". Give { paper }.'],
    [{ strikt: true }, 'print has no "strikt". Did you mean strict?'],
    [{ depth: 1 }, 'print has no "depth". Known are: strict, when, paper.'],
    [{ strict: 'yes' }, 'Option strict is "yes". Give true or false.'],
    [{ strict: null }, 'Option strict is null. Give true or false.'],
    [{ when: 5 }, 'Option when is 5. Give a function of the day.'],
    [{ paper: 'A4' }, `Option paper is "A4". Give { size: 'A4' }, or nothing.`],
    [
      new (class {
        get strict(): boolean {
          return true
        }
      })(),
      'print inherits strict. Give it as a member of the object itself.',
    ],
  ])('refuses %o', (given, message) => {
    expect(() => check(given)).toThrow(new SetupError(message))
  })

  test('returns what was given, without what is undefined, in an object that inherits nothing', () => {
    const when = Boolean
    const options = check({ when, strict: undefined })
    expect(Object.entries(options)).toEqual([['when', when]])
    expect(Object.getPrototypeOf(options)).toBeNull()
  })

  test('Q08: takes nothing from Object.prototype for an option', () => {
    const everybodys = Object.prototype as { strict?: unknown; when?: unknown }
    try {
      everybodys.strict = 'yes'
      everybodys.when = 5
      expect(Object.entries(check({}))).toEqual([])
    } finally {
      delete everybodys.strict
      delete everybodys.when
    }
  })
})

describe('checkGroup', () => {
  test.each([
    [{ sizes: 'A4' }, 'Option paper has no "sizes". Did you mean size?'],
    [{ size: 'A3' }, `Option paper.size is "A3". Give 'A4'.`],
  ])('refuses %o under the name of the option', (given, message) => {
    expect(() => checkGroup('paper', given as never, PAPER)).toThrow(new SetupError(message))
  })

  test('returns the members of the option, none where it was not given', () => {
    expect(Object.entries(checkGroup('paper', { size: 'A4' }, PAPER))).toEqual([['size', 'A4']])
    expect(Object.entries(checkGroup('paper', undefined, PAPER))).toEqual([])
  })
})
