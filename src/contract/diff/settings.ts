import type { Dump } from '../dump/dump.ts'
import { challengeChange } from './challenge.ts'
import type { Values } from './change.ts'
import type { Comparison } from './comparison.ts'
import { compareDocsUrl, withDocs } from './docs-url.ts'
import { tellEnvelope } from './envelope.ts'
import { addForeignWireChange, addWireChange, createWire, isBroken, noWireChange } from './wire.ts'
import type { Wire, WireChange } from './wire.ts'

/** What a catalog and its handler say of all answers. */
interface Setting {
  /** Where it stands. The handler's goes before the catalog's. */
  readonly name: 'envelope' | 'httpStatus' | 'challenge'
  /** Says what another value does to clients. */
  readonly tell: (comparison: Comparison, change: WireChange, values: Values) => void
}

const SETTINGS: readonly Setting[] = [
  { name: 'envelope', tell: tellEnvelope },
  {
    name: 'httpStatus',
    tell({ tell }, change, values) {
      const message =
        values.after === 200
          ? 'all answers have the status 200, which clients, proxies and monitors take for a success'
          : 'answers have the status of their error, where all had 200'
      tell('http-status', isBroken(change) ? 'breaking' : 'docs', message, values)
    },
  },
  {
    name: 'challenge',
    tell({ tell }, { headers }, values) {
      const sent = headers.get('www-authenticate')
      const change = challengeChange(...(sent ?? ([values.before, values.after] as [string, string])))
      if (change === undefined) return
      tell(change.rule, sent === undefined ? 'docs' : change.level, `of every 401: ${change.message}`, values)
    },
  },
]

/**
 * Tells of the settings that are others, one after the other, so that each is judged by what it alone does to the answers
 * that were there.
 *
 * @returns the old answers with the new settings: what else differs is an entry's own
 */
export function compareSettings(comparison: Comparison): Dump {
  const { old, next } = comparison
  let dump = old
  let wire: Wire | undefined
  for (const { name, tell } of SETTINGS) {
    const values = { before: valueOf(name, old), after: valueOf(name, next) }
    if (JSON.stringify(values.before) === JSON.stringify(values.after)) continue
    wire ??= createWire(dump)
    dump = withSetting(dump, next, name)
    const after = createWire(dump)
    tell(comparison, wireChangeOf(old, wire, after), values)
    wire = after
  }
  compareDocsUrl(comparison)
  return withDocs(dump, comparison)
}

function valueOf(name: Setting['name'], dump: Dump): unknown {
  return (name === 'challenge' ? undefined : dump.handler?.[name]) ?? dump[name]
}

function withSetting(dump: Dump, next: Dump, name: Setting['name']): Dump {
  const handler = name === 'challenge' ? dump.handler : { ...dump.handler, [name]: next.handler?.[name] }
  return { ...dump, [name]: next[name], ...(handler === undefined ? {} : { handler }) }
}

function wireChangeOf({ entries }: Dump, before: Wire, after: Wire): WireChange {
  const change = noWireChange()
  for (const { key } of entries) addWireChange(change, [before, key], [after, key])
  // An app answers foreign errors as well, whatever its catalog holds.
  addForeignWireChange(change, before, after)
  return change
}
