import { createCatalog, type Catalog, type CatalogDefinition } from '../../catalog/catalog.ts'
import type { Code } from '../../catalog/code.ts'
import type { Condition } from '../../catalog/condition.ts'
import { changedEntry, TEXT_FIELDS, type Entry, type EntryDefinition } from '../../catalog/entry.ts'
import type { EnvelopeName, EnvelopeObject } from '../../catalog/envelope.ts'
import type { ModuleDefinition } from '../../catalog/module.ts'
import { setMember } from '../../guard/own.ts'
import type { Dump, DumpEntry, DumpEnvelope, DumpModule } from './dump.ts'

/**
 * Makes a catalog of a dump: it answers as the one that the dump was made of, but for functions of the app's.
 *
 * @throws SetupError - for what no catalog can be, such as one of a dump that somebody has edited
 */
export function catalogOf(dump: Dump): Catalog {
  const definition: CatalogDefinition = {
    name: dump.catalog,
    sourceLocale: dump.sourceLocale,
    envelope: envelopeOf(dump.envelope),
    success: dump.success,
    errors: errorsOf(dump),
    retired: dump.retired,
    foreign: { byStatus: byStatusOf(dump) },
    modules: Object.fromEntries(dump.modules.map((module) => [module.name, moduleOf(module)])),
    locales: localesOf(dump),
    ...(dump.challenge === undefined ? {} : { challenge: dump.challenge }),
    ...(dump.httpStatus === undefined ? {} : { httpStatus: dump.httpStatus }),
  }
  return withForeign(createCatalog(definition, 'http'), dump)
}

/** An envelope that a dump cannot hold makes bodies that tell nothing. */
export function envelopeOf(envelope: DumpEnvelope): EnvelopeName | EnvelopeObject {
  if (typeof envelope === 'string' && envelope !== 'custom') return envelope
  return typeof envelope === 'string' ? { body: () => ({}) } : { ...envelope, body: () => ({}) }
}

function errorsOf({ entries, sourceLocale }: Dump): Readonly<Record<string, EntryDefinition>> {
  const errors: Record<string, EntryDefinition> = {}
  for (const entry of entries) setMember(errors, String(entry.key), definitionOf(entry, sourceLocale))
  return errors
}

function definitionOf(entry: DumpEntry, sourceLocale: string): EntryDefinition {
  const texts = entry.texts[sourceLocale]!
  const { key, code, status, module, parent, retryable, retryAfter, challenge, headers, meta } = entry
  const own = TEXT_FIELDS.flatMap((field) => (Object.hasOwn(texts, field) ? [[field, texts[field]]] : []))
  return {
    ...(Object.fromEntries(own) as { readonly message: string }),
    ...(code === key ? {} : { code }),
    status,
    module,
    parent,
    retryable,
    retryAfter,
    challenge,
    headers,
    meta,
    deprecated: entry.deprecated ?? false,
  }
}

function moduleOf({ title, description, ranges }: DumpModule): ModuleDefinition {
  const range = ranges.map(([first, last]) => `${first}-${last}`).join(', ')
  return {
    ...(range === '' ? {} : { range }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
  }
}

/** i18next resources. */
function localesOf({ entries, catalog }: Dump): Record<string, Record<string, Record<string, object>>> {
  const locales: Record<string, Record<string, Record<string, object>>> = {}
  for (const { key, texts } of entries) {
    for (const [locale, own] of Object.entries(texts)) {
      setMember(((locales[locale] ??= {})[catalog] ??= {}), String(key), own)
    }
  }
  return locales
}

/** The entries that stand for statuses. */
function byStatusOf({ foreign }: Dump): Readonly<Record<number, Code>> {
  return Object.fromEntries(
    Object.entries(foreign.byStatus).flatMap(([status, { key }]) =>
      key === undefined ? [] : [[status, key]],
    ),
  )
}

/** The answers to foreign errors are those that were found, and not looked for anew. */
function withForeign(catalog: Catalog, { foreign }: Dump): Catalog {
  return Object.assign({}, catalog, {
    forStatus(status: number): Entry {
      const entry = catalog.forStatus(status)
      const code = Object.hasOwn(foreign.byStatus, status) ? foreign.byStatus[status]!.code : entry.code
      return code === entry.code ? entry : changedEntry(entry, { code })
    },
    forCondition(condition: Condition): Entry | undefined {
      const answer = Object.hasOwn(foreign.byCondition, condition)
        ? foreign.byCondition[condition]
        : undefined
      const entry = answer?.key === undefined ? undefined : catalog.get(answer.key)
      // One of another status stands for the status of the condition.
      return entry?.status === answer?.status ? entry : undefined
    },
  })
}
