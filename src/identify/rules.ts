import { bizErrorState } from '../error/biz-error.ts'
import { callOf } from '../error/factories.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { ConstantKeysOf } from '../error/typed-keys.ts'
import { CONDITIONS, isCondition, type Condition } from '../catalog/condition.ts'
import type { Code } from '../catalog/code.ts'
import { isAnswerable } from '../catalog/entry.ts'
import type { Check } from '../guard/options.ts'
import { readOwn } from '../guard/own.ts'
import { ignoreRejection, read } from '../guard/read.ts'
import { ownOptions, SetupError, show } from '../guard/setup-error.ts'
import { entryState, conditionState, withRequiredHeaders, type BizErrorState } from '../error/state.ts'

/** A class of errors, or what tells whether a thrown value is meant. */
export type ErrorTest = (abstract new (...args: never[]) => object) | ((thrown: unknown) => unknown)

/**
 * Recognizes foreign errors: in one line by class or predicate, or as a function that returns the BizError that a
 * value is to the API, and undefined to let others try.
 */
export type IdentifyRule<TCatalog extends Catalog = Catalog> =
  | ((thrown: unknown) => unknown)
  | { readonly when: ErrorTest; readonly error: ConstantKeysOf<TCatalog> }
  | { readonly when: ErrorTest; readonly condition: Condition }

export const IDENTIFY_CHECK: Check = [
  (value) => typeof value === 'function' || (typeof value === 'object' && value !== null),
  'a rule or an array of rules',
]

/** A rule, ready to be asked. May throw: what it asks is the app's. */
export type CompiledRule = (thrown: unknown) => BizErrorState | undefined

/** Checks the app's rules, once. */
export function compileRules(
  rules: IdentifyRule | readonly IdentifyRule[] = [],
  catalog: Catalog,
): readonly CompiledRule[] {
  return [rules]
    .flat()
    .map((rule) => (typeof rule === 'function' ? ruleOf(rule) : compileRule(rule, catalog)))
}

function ruleOf(identify: (thrown: unknown) => unknown): CompiledRule {
  return (thrown) => {
    const result = identify(thrown)
    const state = bizErrorState(result)
    if (state !== undefined) return state
    ignoreRejection(result)
    // One may also give back what it does not know, or say no.
    if (result === undefined || result === null || result === false || result === thrown) return undefined
    throw new TypeError(`It returned ${callOf(result) ?? show(result)}. Return a BizError, or undefined.`)
  }
}

function compileRule(
  given: Exclude<IdentifyRule, (thrown: unknown) => unknown>,
  catalog: Catalog,
): CompiledRule {
  if (typeof given !== 'object' || given === null || typeof readOwn(given, 'when') !== 'function') {
    throw new SetupError(
      `Option identify holds ${show(given)}. Give a function, or rules such as { when: NotFoundError, error: 1004 }.`,
    )
  }
  const rule = ownOptions('A rule of option identify', given, ['when', 'error', 'condition'])
  const state = answerOf(rule, catalog)
  const test = testOf(rule.when)
  return (thrown) => (test(thrown) ? withRequiredHeaders(state, thrown) : undefined)
}

function answerOf(
  { error, condition }: { readonly error?: unknown; readonly condition?: unknown },
  catalog: Catalog,
): BizErrorState {
  if ((error === undefined) === (condition === undefined)) {
    throw new SetupError('A rule of option identify needs either an error or a condition.')
  }
  if (condition !== undefined) {
    if (isCondition(condition)) return conditionState(catalog, { condition })
    throw new SetupError(
      `A rule of option identify has condition ${show(condition)}. Known are: ${Object.keys(CONDITIONS).join(', ')}.`,
    )
  }
  const entry = catalog.get(error as Code)
  if (isAnswerable(entry)) return entryState(catalog, entry)
  throw new SetupError(
    `A rule of option identify has error ${show(error)}, which is not in the catalog (${catalog.name}), is its success, or needs params. Return a BizError from a function instead.`,
  )
}

function testOf(when: ErrorTest): (thrown: unknown) => boolean {
  if (isClass(when)) return (thrown) => thrown instanceof when
  return (thrown) => {
    const result: unknown = when(thrown)
    // A promise is truthy, whatever it will resolve to.
    if (typeof read(result, 'then') !== 'function') return Boolean(result)
    ignoreRejection(result)
    throw new TypeError('`when` returned a promise, which is not waited for. Return true or false.')
  }
}

/** Tells a class from a predicate. Classes of other values than Errors are told by their source. */
function isClass(when: ErrorTest): when is abstract new (...args: never[]) => object {
  return (
    (when as unknown) === Error ||
    when.prototype instanceof Error ||
    Function.prototype.toString.call(when).startsWith('class')
  )
}
