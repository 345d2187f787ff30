import type { Code } from '../../catalog/code.ts'
import type { Answers } from '../answers/answers.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import type { ListedPlace } from '../scan/list.ts'
import type { FoundError, GeneralCode } from './find.ts'

// An import of it loads a WebSocket client.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** All about one error, in one language. */
export interface Explanation {
  readonly catalog: string
  readonly key: Code
  readonly code: Code
  /** Of the answer. */
  readonly status: number
  /** What HTTP calls it. */
  readonly reason: string
  /** Of the texts. */
  readonly locale: string
  readonly message: string | undefined
  readonly title: string | undefined
  readonly description: string | undefined
  readonly action: string | undefined
  readonly params: readonly string[]
  readonly module: string | undefined
  readonly parent: Code | undefined
  /** Undefined of a general code, of which a dump does not say it. */
  readonly retryable: boolean | undefined
  /** Seconds. */
  readonly retryAfter: number | undefined
  readonly deprecated: DumpEntry['deprecated']
  /** The foreign errors that it answers: statuses and conditions. */
  readonly answersForeign: readonly string[]
  /** Undefined where the envelope is a function of the app's, which makes the body. */
  readonly body: string | undefined
  readonly headers: Readonly<Record<string, string>>
  /** The places that make it. Undefined where no source files were read. */
  readonly places: readonly ListedPlace[] | undefined
}

/** What an explanation depends on, beside its error. */
export interface ExplainOptions {
  readonly answers: Answers
  /** Of the texts, one of the catalog's. */
  readonly locale: string
  readonly places: readonly ListedPlace[] | undefined
}

/** Says all about an error. */
export function explain(
  { dump, entry }: FoundError,
  { answers, locale, places }: ExplainOptions,
): Explanation {
  const answer = answers.ofEntry(entry.key, { locale, params: entry.examples?.[0] })
  const status = answer?.status ?? entry.status
  const text = (name: string): string | undefined => textIn(dump, entry, locale, name)
  return {
    catalog: dump.catalog,
    key: entry.key,
    code: entry.code,
    status,
    reason: STATUS_CODES[status] ?? '',
    locale,
    message: text('message'),
    title: text('title'),
    description: text('description'),
    action: text('action'),
    params: entry.params,
    module: entry.module,
    parent: entry.parent,
    retryable: entry.retryable,
    retryAfter: entry.retryAfter,
    deprecated: entry.deprecated,
    answersForeign: foreignOf(dump, entry.key),
    body: answer?.body,
    headers: answer?.headers ?? {},
    places,
  }
}

/** Says what is known of a general code: that of foreign errors which no error of the catalog answers. */
export function explainGeneral(
  { dump, code, status, answersForeign }: GeneralCode,
  { answers, locale }: Omit<ExplainOptions, 'places'>,
): Explanation {
  const answer = answers.ofStatus(status, { locale })
  return {
    catalog: dump.catalog,
    key: code,
    code,
    status: answer.status,
    reason: STATUS_CODES[answer.status] ?? '',
    locale,
    message: undefined,
    title: undefined,
    description: undefined,
    action: undefined,
    params: [],
    module: undefined,
    parent: undefined,
    retryable: undefined,
    retryAfter: undefined,
    deprecated: undefined,
    answersForeign,
    body: answer.body,
    headers: answer.headers,
    places: undefined,
  }
}

/** A text in a language, else in that of the catalog. Of plural forms the last, which is that of most numbers. */
function textIn(
  { sourceLocale }: Dump,
  { texts }: DumpEntry,
  locale: string,
  name: string,
): string | undefined {
  for (const each of [locale, sourceLocale]) {
    const own = Object.hasOwn(texts, each) ? texts[each]! : {}
    const form = [name, `${name}_other`].find((key) => Object.hasOwn(own, key))
    if (form !== undefined) return own[form]
  }
  return undefined
}

function foreignOf({ foreign }: Dump, key: Code): readonly string[] {
  return [foreign.byStatus, foreign.byCondition].flatMap((table) =>
    Object.entries(table)
      .filter(([, answer]) => answer.key === key)
      .map(([what]) => what),
  )
}

/** The language of a catalog's that a tag means: the same one, else the same without its regions. */
export function localeIn({ locales }: Dump, tag: string): string | undefined {
  const wanted = tag.toLowerCase().replaceAll('_', '-')
  return (
    locales.find((locale) => locale.toLowerCase() === wanted) ??
    locales.find((locale) => locale.toLowerCase() === wanted.split('-')[0]) ??
    locales.find((locale) => locale.toLowerCase().split('-')[0] === wanted.split('-')[0])
  )
}
