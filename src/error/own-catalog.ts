import type { Catalog } from '../catalog/catalog.ts'

/**
 * The first catalog that the program has defined; those of this package do not count. Its name alone is kept, so that a
 * catalog that nobody holds is let go.
 */
export const ownCatalog: { name: string | undefined } = { name: undefined }

/**
 * Makes what tells, once, that a function serves `http` for want of a catalog in a program that has one. It is to be
 * asked again, since a catalog may be defined later.
 *
 * @param caller - the function that was given the option, or not
 */
export function createNoCatalogWarning(
  caller: string,
  catalog: Catalog | undefined,
  warn: (message: string) => void,
): () => void {
  let isTold = catalog !== undefined
  return () => {
    if (isTold || ownCatalog.name === undefined) return
    isTold = true
    warn(
      `${caller} was given no option catalog, and serves http, whose codes are the statuses; the program has defined catalog ${ownCatalog.name}. ` +
        'Give { catalog }, the one that is meant',
    )
  }
}
