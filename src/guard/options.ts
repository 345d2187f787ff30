import { checkElsewhere } from './elsewhere.ts'
import { bare, readOwn } from './own.ts'
import { checkKeys, SetupError, show } from './setup-error.ts'

/** A check says what an option has to be, and what to give instead: `[isCatalog, 'what defineCatalog returned']`. */
export type Check = readonly [isValid: (value: unknown) => boolean, remedy: string]

/** The check of each option that there is, so that none is known and unchecked. */
export type Checks<TOptions> = { readonly [TName in keyof TOptions]-?: Check }

/**
 * Returns the options that were given: own members alone, and none that is undefined.
 *
 * @param caller - the function that was given the options
 * @param hint - what to give instead of a value that is not an object
 * @throws SetupError - for an option that does not exist or cannot work, and for the option `catalog` or `client` itself in their place
 */
export function checkOptions<TOptions extends object>(
  caller: string,
  given: TOptions,
  checks: Checks<TOptions>,
  hint: string,
): TOptions {
  if (!isObject(given)) throw new SetupError(`${caller} was called with ${show(given)}. Give ${hint}.`)
  for (const name of ['catalog', 'client']) {
    const check = readOwn(checks, name) as Check | undefined
    if (check?.[0](given)) {
      throw new SetupError(
        `${caller} was given a ${name} in the place of options. Give it as one: { ${name} }.`,
      )
    }
  }
  return checkMembers(caller, given, checks, '')
}

/**
 * The same for an option that is itself an object of options, and for one that was not given.
 *
 * @throws SetupError - for a member that does not exist or cannot work
 */
export function checkGroup<TOptions extends object>(
  option: string,
  given: TOptions | undefined,
  checks: Checks<TOptions>,
): TOptions {
  return checkMembers(`Option ${option}`, given ?? ({} as TOptions), checks, `${option}.`)
}

function checkMembers<TOptions extends object>(
  where: string,
  given: TOptions,
  checks: Checks<TOptions>,
  prefix: string,
): TOptions {
  const known = Object.keys(checks)
  checkElsewhere(where, given, known)
  checkKeys(where, given, known)
  const options = bare({} as TOptions)
  for (const name of known as (keyof TOptions & string)[]) {
    if (!Object.hasOwn(given, name) || given[name] === undefined) continue
    const value = given[name]
    const [isValid, remedy] = checks[name]
    if (!isValid(value)) throw new SetupError(`Option ${prefix}${name} is ${show(value)}. Give ${remedy}.`)
    options[name] = value
  }
  return options
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

export const TRUE_OR_FALSE: Check = [(value) => typeof value === 'boolean', 'true or false']

/** @param what - `'of the request'`, `'that returns an id'` */
export function aFunction(what: string): Check {
  return [(value) => typeof value === 'function', `a function ${what}`]
}
