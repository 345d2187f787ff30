import { docsUnder } from '../../answer/docs.ts'
import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import { listed } from './change.ts'
import { sends, type Comparison } from './comparison.ts'

/** The documentation of an error as it was and as it is. */
interface Moved {
  readonly code: Code
  readonly before: string | undefined
  readonly after: string | undefined
}

/** Tells of other addresses of documentation, all in one: `type` of problem documents identifies an error (RFC 9457, section 3.1.1). */
export function compareDocsUrl({ old, next, pairs, tell }: Comparison): void {
  const moved = pairs.kept.flatMap((pair): readonly Moved[] => {
    // That another code has another address is told with the code.
    const { code } = pair.next
    const [before, after] = [docsOf(old, pair.old, code), docsOf(next, pair.next, code)]
    return before === after ? [] : [{ code, before, after }]
  })
  const [before, after] = [old.handler?.docsUrl, next.handler?.docsUrl]
  // A catalog may have no errors so far.
  const one = moved[0] ?? (pairs.kept.length === 0 ? { before, after } : undefined)
  if (one === undefined || one.before === one.after) return
  const values =
    before === after
      ? { before: moved.map((error) => error.before), after: moved.map((error) => error.after) }
      : { before, after }
  const whose = moved.length === pairs.kept.length ? 'all errors' : listed(moved.map(({ code }) => code))
  if (one.before === undefined) {
    // about:blank was no identifier.
    const level = sends(next, 'problem') ? 'risky' : 'safe'
    tell('docs-url', level, `documentation of ${whose} is linked: ${one.after}`, values)
  } else {
    const now = one.after === undefined ? 'is no longer linked' : `is at ${one.after}`
    tell('docs-url', 'risky', `documentation of ${whose} ${now}, was at ${one.before}`, values)
  }
}

function docsOf({ handler }: Dump, { docsUrl }: DumpEntry, code: Code): string | undefined {
  return docsUrl ?? (handler?.docsUrl === undefined ? undefined : docsUnder(handler.docsUrl, code))
}

/** The old answers with the new addresses. */
export function withDocs(dump: Dump, { next, pairs }: Comparison): Dump {
  const addresses = new Map(pairs.kept.map((pair) => [pair.old.key, pair.next.docsUrl]))
  return {
    ...dump,
    handler: defined({ ...dump.handler, docsUrl: next.handler?.docsUrl }),
    entries: dump.entries.map((entry) => defined({ ...entry, docsUrl: addresses.get(entry.key) })),
  }
}

/** Leaves out a member that says nothing. */
function defined<TRecord extends { readonly docsUrl?: string | undefined }>({
  docsUrl,
  ...rest
}: TRecord): Omit<TRecord, 'docsUrl'> & { readonly docsUrl?: string } {
  return docsUrl === undefined ? rest : { ...rest, docsUrl }
}
