import type { Dump, DumpEntry } from '../dump/dump.ts'

const MASK = '…'
const LOCALE = 'en'

/** A dump whose answers tell of everything but texts: each has the same one, in one language. */
export function masked(dump: Dump): Dump {
  const { handler: { conceal: _conceal, ...handler } = {}, ...rest } = dump
  return {
    ...rest,
    handler,
    sourceLocale: LOCALE,
    locales: [LOCALE],
    modules: [],
    entries: dump.entries.map((entry) => maskedEntry(entry, dump.sourceLocale)),
    retired: [],
    foreign: { byStatus: {}, byCondition: {} },
  }
}

/** Leaves out as well what our envelopes do not send, and what names something that the dump no longer has. */
function maskedEntry(entry: DumpEntry, locale: string): DumpEntry {
  const { module: _module, deprecated: _deprecated, examples: _examples, meta: _meta, ...sent } = entry
  const action = hasAction(entry, locale) ? { action: MASK } : {}
  return { ...sent, params: [], texts: { [LOCALE]: { message: MASK, ...action } } }
}

/** Whether clients are told what to do, in any form of the plural. */
export function hasAction({ texts }: DumpEntry, locale: string): boolean {
  return Object.keys(texts[locale] ?? {}).some((field) => /^action(?:_|$)/.test(field))
}
