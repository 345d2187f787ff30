/** The check of each option that there is: what it has to be, and what to give instead. */
export type Checks = Readonly<Record<string, readonly [isValid: (value: unknown) => boolean, remedy: string]>>

/**
 * Returns the options that were given.
 *
 * @param prefix - stands before their names: `retry.`
 * @throws TypeError - for an option that does not exist or cannot work
 */
export function checkOptions<TOptions extends object>(
  options: TOptions,
  checks: Checks,
  prefix = '',
): TOptions {
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const [isValid, remedy] = checks[name] ?? [() => false, `one of ${Object.keys(checks).join(', ')}`]
    if (value !== undefined && !isValid(value)) {
      const shown =
        typeof value === 'number'
          ? value
          : ((JSON.stringify(value) as string | undefined)?.slice(0, 80) ?? typeof value)
      throw new TypeError(`Option ${prefix}${name} is ${shown}. Give ${remedy}.`)
    }
  }
  return options
}
