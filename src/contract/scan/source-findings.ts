import type { Code } from '../../catalog/code.ts'
import { nearest, show } from '../../guard/setup-error.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import { fingerprintOf, type Finding, type Level } from '../findings/finding.ts'
import type { Place, Scan, Use } from './scan.ts'
import { unusedIn } from './unused.ts'

/** The rules about source files, and how grave what they find is. */
export const SOURCE_RULES = {
  'source-unknown-code': 'error',
  'source-params-missing': 'error',
  'source-as-invalid': 'error',
  'source-params-unknown': 'warning',
  'source-deprecated': 'warning',
  'source-unreadable': 'warning',
  'code-unused': 'warning',
  'source-dynamic': 'info',
} as const satisfies Readonly<Record<string, Level>>

type About = Pick<Finding, 'catalog' | 'key' | 'code'>

/** Says where source files and catalogs do not fit, in the order of files and lines. */
export function sourceFindings(scan: Scan, dumps: readonly Dump[]): readonly Finding[] {
  const catalogs = new Map(dumps.map((dump) => [dump.catalog, new Throwable(dump)]))
  return [
    ...scan.unreadable.map((place) =>
      finding('source-unreadable', place, {}, `The file ${place.problem}. Nothing in it was looked at.`),
    ),
    ...scan.uses.flatMap((use) => findingsOf(use, catalogs)),
    ...dumps.flatMap((dump) => unusedFindings(scan, dump)),
  ]
}

/** The entries of a dump that can be thrown: all but the success. */
class Throwable {
  readonly #byKey: ReadonlyMap<Code, DumpEntry>
  readonly #dump: Dump

  constructor(dump: Dump) {
    const { entries, success } = dump
    this.#dump = dump
    this.#byKey = new Map(
      entries.filter(({ code }) => code !== success.code).map((entry) => [entry.key, entry]),
    )
  }

  get(key: Code): DumpEntry | undefined {
    return this.#byKey.get(key)
  }

  isSuccess(key: Code): boolean {
    return this.#dump.entries.some((entry) => entry.key === key && entry.code === this.#dump.success.code)
  }

  /** The key that was most likely meant. */
  like(key: Code): Code | undefined {
    const keys = new Map([...this.#byKey.keys()].map((each) => [String(each), each]))
    const text = nearest(String(key), [...keys.keys()])
    return text === undefined ? undefined : keys.get(text)
  }
}

function findingsOf(use: Use, catalogs: ReadonlyMap<string, Throwable>): readonly Finding[] {
  const { catalog, key, text } = use
  if (catalog === undefined) {
    return [
      finding(
        'source-dynamic',
        use,
        { key },
        `The catalog of ${text} cannot be followed from here. Import it, or give the parameter its type: typeof shop.`,
      ),
    ]
  }
  const entries = catalogs.get(catalog)
  // A catalog that nobody asked about.
  if (entries === undefined) return []
  if (key === undefined) {
    return [
      finding(
        'source-dynamic',
        use,
        { catalog },
        `Which error ${text} makes is known only when it runs. While there are such, none of ${catalog} counts as unused.`,
      ),
    ]
  }
  const entry = entries.get(key)
  if (entry === undefined) {
    const like = entries.like(key)
    const advice = entries.isSuccess(key)
      ? 'It is the success, which nobody can throw.'
      : like === undefined
        ? 'Add it to the catalog, or name another.'
        : `Is ${show(like)} meant?`
    return [
      finding(
        'source-unknown-code',
        use,
        { catalog, key },
        `Catalog ${catalog} has no error ${show(key)}. ${advice}`,
      ),
    ]
  }
  const about = { catalog, key, code: entry.code }
  return [
    ...deprecationFindings(use, entry, about),
    ...(use.how === 'made' ? paramFindings(use, entry, about) : []),
    ...asFindings(use, entries, about),
  ]
}

function deprecationFindings(use: Use, { key, deprecated }: DumpEntry, about: About): readonly Finding[] {
  if (deprecated === undefined || use.how === 'asked') return []
  const advice = deprecated === true ? 'It is kept for old clients alone' : `Use ${show(deprecated.use)}`
  return [finding('source-deprecated', use, about, `Error ${show(key)} is deprecated. ${advice}.`)]
}

function paramFindings(use: Use, { key, params }: DumpEntry, about: About): readonly Finding[] {
  const given = use.params
  if (given === undefined) return []
  const missing = params.filter((name) => !given.includes(name))
  const unknown = given.filter((name) => !params.includes(name))
  return [
    ...(missing.length === 0
      ? []
      : [
          finding(
            'source-params-missing',
            use,
            about,
            `Error ${show(key)} needs params: { ${missing.join(', ')} }, which ${missing.length === 1 ? 'is' : 'are'} not given. The text would show … there.`,
          ),
        ]),
    ...(unknown.length === 0
      ? []
      : [
          finding(
            'source-params-unknown',
            use,
            about,
            `Error ${show(key)} is given params: { ${unknown.join(', ')} }, which its text does not have. ${hasOf(params)}`,
          ),
        ]),
  ]
}

function hasOf(params: readonly string[]): string {
  return params.length === 0 ? 'It has none.' : `It has: ${params.join(', ')}.`
}

function asFindings(use: Use, entries: Throwable, about: About): readonly Finding[] {
  if (use.as === undefined) return []
  const shown = entries.get(use.as)
  if (shown !== undefined && shown.params.length === 0) return []
  const problem =
    shown === undefined
      ? `which is no error of catalog ${about.catalog}`
      : `whose text needs params: { ${shown.params.join(', ')} }`
  return [
    finding(
      'source-as-invalid',
      use,
      about,
      `Error ${show(use.key)} is answered as ${show(use.as)}, ${problem}. Name an error without placeholders.`,
    ),
  ]
}

function unusedFindings(scan: Scan, dump: Dump): readonly Finding[] {
  const unused = unusedIn(scan, dump)
  const count = dump.entries.filter(({ code }) => code !== dump.success.code).length
  // Then it is more likely that the folders are wrong.
  if (unused.length === count && count > 1) {
    return [
      finding(
        'code-unused',
        undefined,
        { catalog: dump.catalog },
        `None of the ${scan.files} source files makes an error of catalog ${dump.catalog}. Are these the folders that throw them?`,
      ),
    ]
  }
  return unused.map(({ key, code }) => {
    const place = scan.definitions.find((each) => each.catalog === dump.catalog && each.key === key)
    return finding(
      'code-unused',
      place,
      { catalog: dump.catalog, key, code },
      `No source file makes error ${show(key)}, and no option names it. Remove it (its code goes to retired), or mark it deprecated.`,
    )
  })
}

function finding(
  rule: keyof typeof SOURCE_RULES,
  place: Place | undefined,
  about: About,
  message: string,
): Finding {
  return {
    rule,
    level: SOURCE_RULES[rule],
    message,
    ...about,
    ...(place === undefined ? {} : { file: place.file, line: place.line, column: place.column }),
    fingerprint: fingerprintOf(rule, about.catalog, about.key, place?.file, message),
  }
}
