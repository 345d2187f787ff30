import type { BizErrorState } from '../error/state.ts'
import { read } from '../guard/read.ts'
import { show } from '../guard/setup-error.ts'

/** Errors and their params: more than these are in the log's records alone. */
const MAX_TOLD = 1000

const PREFIX = 'params.'

/** The part of a state that is looked at, and of the further errors that are answered with it. */
interface Thrown extends Pick<BizErrorState, 'catalog' | 'entry' | 'unusable'> {
  readonly errors?: readonly Thrown[] | undefined
}

/**
 * Makes what tells, once for each error and param, that a throw had no value for a placeholder of the message. To be
 * asked for states alone in which something is unusable.
 */
export function createMissingWarning(warn: (message: string) => void): (state: Thrown) => void {
  const told = new Set<string>()
  return function tell({ catalog, entry, unusable, errors }) {
    // That of another copy of this package may be anything.
    const name = read(catalog, 'name')
    if (typeof name !== 'string') return
    for (const what of unusable) {
      if (!what.startsWith(PREFIX)) continue
      const param = what.slice(PREFIX.length)
      const key = `${name} ${show(entry.key)} ${param}`
      if (told.size >= MAX_TOLD || told.has(key)) continue
      told.add(key)
      warn(
        `Error ${show(entry.key)} of catalog ${name} was thrown without a usable value for {{${param}}} of its message: … is sent there. ` +
          `Give params: { ${param} }, a text, a number, a boolean or a Date; defineErrors keeps placeholders typed where a catalog is split over files`,
      )
    }
    errors?.forEach(tell)
  }
}
