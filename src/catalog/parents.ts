import type { Catalog } from './catalog.ts'
import type { Code } from './code.ts'
import type { Entry } from './entry.ts'

/** Returns the codes of the errors that an entry refines, the nearest first. */
export function parentCodes(catalog: Pick<Catalog, 'get'>, { parents }: Entry): readonly Code[] {
  return parents.map((key) => catalog.get(key)?.code ?? key)
}

/** Returns the code of the common error that an entry refines at last, which may be several steps away. */
export function rootCode(catalog: Pick<Catalog, 'get'>, { parents }: Entry): Code | undefined {
  const root = parents.at(-1)
  return root === undefined ? undefined : (catalog.get(root)?.code ?? root)
}
