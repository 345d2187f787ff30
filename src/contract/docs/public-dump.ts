import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry, DumpForeign, DumpForeignAnswer } from '../dump/dump.ts'
import { plainParams } from './facts.ts'
import type { Site } from './site.ts'

/** The dump without what is not shown: no error that is hidden, nor any that another names. */
export function publicDump({ dump, byKey }: Site): Dump {
  const isShown = (key: Code): boolean => byKey.has(key)
  // It names the errors that it hides.
  const { conceal: _, ...handler } = dump.handler ?? {}
  const { handler: __, $schema: ___, ...rest } = dump
  const used = new Set(dump.entries.filter(({ key }) => isShown(key)).map(({ module }) => module))
  const unused = new Set(dump.entries.map(({ module }) => module).filter((name) => !used.has(name)))
  return {
    ...rest,
    ...(Object.keys(handler).length === 0 ? {} : { handler }),
    modules: dump.modules.filter(({ name }) => !unused.has(name)),
    entries: dump.entries.filter(({ key }) => isShown(key)).map((entry) => publicEntry(entry, isShown)),
    foreign: foreignOf(dump.foreign, isShown),
  }
}

function publicEntry(
  { parent, deprecated, examples, ...entry }: DumpEntry,
  isShown: (key: Code) => boolean,
): DumpEntry {
  const use = typeof deprecated === 'object' && isShown(deprecated.use) ? deprecated : true
  return {
    ...entry,
    ...(parent !== undefined && isShown(parent) ? { parent } : {}),
    ...(deprecated === undefined ? {} : { deprecated: use }),
    ...(examples === undefined ? {} : { examples: examples.map(plainParams) }),
  }
}

function foreignOf({ byStatus, byCondition }: DumpForeign, isShown: (key: Code) => boolean): DumpForeign {
  const shown = (
    answers: Readonly<Record<string, DumpForeignAnswer>>,
  ): Readonly<Record<string, DumpForeignAnswer>> =>
    Object.fromEntries(Object.entries(answers).filter(([, { key }]) => key === undefined || isShown(key)))
  return { byStatus: shown(byStatus), byCondition: shown(byCondition) }
}
