import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import type { BizErrorState } from '../error/state.ts'
import { read } from '../guard/read.ts'
import { show } from '../guard/setup-error.ts'
import { weakly, type Weak } from '../guard/weak.ts'

/** Catalogs that live beside an app's own. */
const MAX_NAMES = 100

/**
 * Makes what tells, once for each name, that errors of two catalogs of one name meet: translators' files, logs and
 * `is` cannot tell them apart. The two forms of one catalog (ESM and CommonJS) have the same entries, and are no two.
 */
export function createNamesakeWarning(
  own: Catalog,
  warn: (message: string) => void,
): (state: BizErrorState) => void {
  // Weak, so that a catalog that nobody holds is let go.
  const byName = new Map<string, Weak<Catalog>>([[own.name, weakly(own)]])
  const told = new Set<string>()
  return ({ catalog, entry }) => {
    // That of another copy of this package may be anything.
    const name = read(catalog, 'name')
    if (typeof name !== 'string') return
    const first = byName.get(name)?.deref()
    if (first === catalog || told.has(name)) return
    if (first === undefined) {
      if (byName.size < MAX_NAMES) byName.set(name, weakly(catalog))
    } else if (entry.namespace === name && !isSame(entry, first)) {
      told.add(name)
      warn(
        `Error ${show(entry.key)} is of a second catalog of the name ${name}, which has other entries than the first: ` +
          'their texts and their errors are taken for one another. Give each catalog a name of its own',
      )
    }
  }
}

/** Whether a catalog has the very entry. Another copy of this package may be another version, so no more is compared. */
function isSame(entry: BizErrorState['entry'], catalog: Catalog): boolean {
  const other = entryOf(catalog, entry.key)
  return MEMBERS.every((name) => read(other, name) === read(entry, name))
}

function entryOf(catalog: Catalog, key: Code): unknown {
  try {
    return catalog.get(key)
  } catch {
    return undefined
  }
}

const MEMBERS = ['code', 'status', 'message'] as const
