import type { Code } from '../../catalog/code.ts'
import { SetupError } from '../../guard/setup-error.ts'

/** The words of a name, each with a capital: `cloud-waf` is `CloudWaf`, `application/vnd.shop+json` is `ApplicationVndShopJson`. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
}

// OpenAPI 3.1, section 4.8.7.1: ^[a-zA-Z0-9._-]+$
const OTHERS = /[^A-Za-z0-9._-]/g

/** The part of a component's name that is its code. */
export function codePart(code: Code): string {
  return String(code).replaceAll(OTHERS, '_')
}

/**
 * Makes what collects components under names that nobody else has.
 *
 * @throws SetupError - for two of one name
 */
export function createNames(catalog: string): (name: string, what: string) => void {
  const taken = new Map<string, string>()
  return (name, what) => {
    const other = taken.get(name)
    if (other !== undefined) {
      throw new SetupError(
        `Catalog ${catalog} has ${other} and ${what}, which both make the component ${name}. Rename one of them, or take detail 'status' without examples.`,
      )
    }
    taken.set(name, what)
  }
}
