import type { Finding } from '../findings/finding.ts'
import { escaped } from '../findings/formats/markdown.ts'
import { countOf } from '../findings/levels.ts'
import { said, type Change } from './change.ts'
import { briefOf, type Compared } from './compared.ts'
import { codesOf, placeOf, textsOf } from './human.ts'
import type { TextsByLocale } from './texts.ts'

/** A comment finds itself again by it, and is written anew. */
const MARK = '<!-- bizerror diff -->'
/** GitHub takes comments of 65,536. */
const MOST_CHARS = 65_000
const MOST_ROWS = 50
const MOST_TEXTS = 25
const MOST_TEXT = 300

/**
 * The changes of catalogs as a comment of a pull request: what has to be decided on first, the rest folded.
 *
 * @param told - of none of them
 */
export function markdown(
  all: readonly Compared[],
  told: readonly Finding[],
  title: string,
  summary: string,
): string {
  const write = (isShort: boolean): string => {
    const blocks = all.flatMap((compared) => [
      ...gravesOf(compared),
      ...(isShort ? [] : [...quietOf(compared.open), ...acceptedOf(compared)]),
    ])
    const notes = [
      ...told.map(({ message }) => `> ${escaped(message)}`),
      ...(isShort ? ['The rest is too long for a comment: run `bizerror diff`.'] : []),
    ]
    return `${[MARK, `### ${escaped(title)}`, ...blocks, ...notes, escaped(summary)].join('\n\n')}\n`
  }
  const whole = write(false)
  return whole.length > MOST_CHARS ? write(true) : whole
}

function gravesOf({ catalog, old, next, open, faults }: Compared): readonly string[] {
  const tables = (['breaking', 'risky'] as const).flatMap((level) => {
    const changes = open.filter((change) => change.level === level)
    return changes.length === 0 ? [] : [`**${HEADINGS[level]}**`, tableOf(changes)]
  })
  return [
    `**${escaped(catalog)}**: ${escaped(placeOf(old))} → ${escaped(placeOf(next))}`,
    ...faults.map(({ message, fingerprint }) => `> ${escaped(message)} \`${fingerprint}\``),
    ...tables,
  ]
}

function acceptedOf({ accepted }: Compared): readonly string[] {
  if (accepted.length === 0) return []
  const rows = accepted.map(({ change, allow }) => {
    const until = allow.until === undefined ? '' : `, until ${allow.until}`
    return `- ${subjectOf(change)} \`${change.rule}\` ${escaped(`${change.message} (${allow.reason}${until})`)}`
  })
  return [folded(`${accepted.length} accepted`, rows.join('\n'))]
}

const HEADINGS = {
  breaking: 'Breaks clients',
  risky: 'May break clients',
}

function tableOf(changes: readonly Finding[]): string {
  const rows = changes
    .slice(0, MOST_ROWS)
    .map(
      (change) =>
        `| ${subjectOf(change)} | \`${change.rule}\` | ${escaped(change.message)} | \`${change.fingerprint}\` |`,
    )
  const more = changes.length - rows.length
  return [
    '| error | change | | fingerprint |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(more > 0 ? [`| | | and ${more} more | |`] : []),
  ].join('\n')
}

/** What is safe, and every text as it was and is: a reviewer reads them, and nobody has to decide. */
function quietOf(open: readonly Change[]): readonly string[] {
  const quiet = open.filter(({ level }) => level === 'safe' || level === 'docs')
  if (quiet.length === 0) return []
  const lines = briefOf(open).map((brief) => {
    const [first] = brief.changes
    if (brief.rule === 'text') return `- ${textsOf(brief)}`
    return brief.changes.length === 1
      ? `- ${subjectOf(first!)} \`${brief.rule}\` ${escaped(first!.message)}`
      : `- \`${brief.rule}\` of ${escaped(codesOf(brief))}`
  })
  const rows = quiet.filter(({ rule }) => rule === 'text').flatMap(textRowsOf)
  const texts = [
    '| error | text | before | after |',
    '| --- | --- | --- | --- |',
    ...rows.slice(0, MOST_TEXTS),
    ...(rows.length > MOST_TEXTS ? [`| | and ${rows.length - MOST_TEXTS} more | | |`] : []),
  ]
  const content = [lines.join('\n'), ...(rows.length === 0 ? [] : [texts.join('\n')])].join('\n\n')
  const others = quiet.filter(({ rule }) => rule !== 'text')
  const counts = [
    ...(others.length === 0 ? [] : [countOf(others)]),
    ...briefOf(open)
      .filter(({ rule }) => rule === 'text')
      .map(textsOf),
  ]
  return [folded(counts.join(', '), content)]
}

function textRowsOf(change: Change): readonly string[] {
  const [before, after] = [change.before, change.after] as [TextsByLocale, TextsByLocale]
  const locales = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...locales].flatMap((locale) => {
    const [was, is] = [before[locale] ?? {}, after[locale] ?? {}]
    const fields = new Set([...Object.keys(was), ...Object.keys(is)])
    return [...fields].map(
      (field) =>
        `| ${subjectOf(change)} | ${escaped(`${field} (${locale})`)} | ${shortly(was[field])} | ${shortly(is[field])} |`,
    )
  })
}

function shortly(text = ''): string {
  return escaped(text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT).toWellFormed()}…` : text)
}

function subjectOf({ code, key }: Finding): string {
  if (code === undefined) return ''
  const name = key === undefined || key === code ? '' : ` ${escaped(said(key))}`
  return `**${escaped(said(code))}**${name}`
}

/** GitHub reads Markdown between the tags where blank lines surround it. */
function folded(summary: string, content: string): string {
  return `<details><summary>${escaped(summary)}</summary>\n\n${content}\n\n</details>`
}
