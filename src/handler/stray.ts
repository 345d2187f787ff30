import type { Catalog } from '../catalog/catalog.ts'
import { isBizError } from '../error/biz-error.ts'
import type { BizErrorState } from '../error/state.ts'
import { read } from '../guard/read.ts'
import { show } from '../guard/setup-error.ts'
import { withCauses } from '../identify/causes.ts'

/** The catalog whose BizError `bizerror` itself exports, where an editor finds it first. */
const ROOTS = 'cloud-waf'

/** Catalogs beside which it is at home: its own, and that of an app that names none. */
const HOMES: ReadonlySet<string> = new Set([ROOTS, 'http'])

/**
 * Makes what tells, once, that the BizError of `bizerror` was thrown in an app that named a catalog of its own. Other
 * catalogs may live beside that one: their BizErrors are not come by without meaning them.
 */
export function createStrayWarning(
  { name }: Catalog,
  warn: (message: string) => void,
): (thrown: unknown, state: BizErrorState) => void {
  let isTold = HOMES.has(name)
  return (thrown, { catalog, entry, unknownKey }) => {
    if (isTold || read(catalog, 'name') !== ROOTS || !wasThrown(thrown)) return
    isTold = true
    warn(
      `Error ${unknownKey ?? show(entry.key)} of catalog ${ROOTS} was thrown in an app of catalog ${name}, and answered as ${ROOTS} has it. ` +
        `The BizError of 'bizerror' is that of ${ROOTS}: throw the BizError of ${name}.`,
    )
  }
}

/** Tells whether the app threw a BizError. One that a rule of `identify` made of a foreign error is the app's will. */
function wasThrown(thrown: unknown): boolean {
  return withCauses(thrown).some((value) => isBizError(value))
}
