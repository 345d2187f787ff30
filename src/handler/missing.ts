import type { BizErrorState } from '../error/state.ts'
import { PARAMS_PREFIX } from '../error/unusable.ts'
import { read } from '../guard/read.ts'
import { show } from '../guard/setup-error.ts'

/** Errors: more than these are in the log's records alone. */
const MAX_TOLD = 1000

/** The part of a state that is looked at, and of the further errors that are answered with it. */
interface Thrown extends Pick<BizErrorState, 'catalog' | 'entry' | 'unusable'> {
  readonly errors?: readonly Thrown[] | undefined
}

/**
 * Makes what tells, once for each error, that a throw had no value for a placeholder of the message. To be asked for
 * states alone in which something is unusable.
 */
export function createMissingWarning(warn: (message: string) => void): (state: Thrown) => void {
  const told = new Set<string>()
  return function tell({ catalog, entry, unusable, errors }) {
    // That of another copy of this package may be anything.
    const name = read(catalog, 'name')
    if (typeof name !== 'string') return
    const params = unusable
      .filter((what) => what.startsWith(PARAMS_PREFIX))
      .map((what) => what.slice(PARAMS_PREFIX.length))
    const missing = params.filter((param) => entry.params.includes(param))
    const key = `${name} ${show(entry.key)}`
    if (missing.length > 0 && told.size < MAX_TOLD && !told.has(key)) {
      told.add(key)
      const others = params.filter((param) => !missing.includes(param))
      const instead = others.length === 0 ? '' : `, but with ${others.join(', ')}, which it does not have`
      warn(
        `Error ${show(entry.key)} of catalog ${name} was thrown without a usable value for ${missing.map((param) => `{{${param}}}`).join(', ')} of its message${instead}: … is sent there. ` +
          `Give params: { ${missing.join(', ')} }, a text, a number, a boolean or a Date; defineErrors keeps placeholders typed where a catalog is split over files`,
      )
    }
    errors?.forEach(tell)
  }
}
