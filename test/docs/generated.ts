import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { CONDITIONS } from '../../src/catalog/condition.ts'
import { FIELD_TEXTS } from '../../src/catalog/field-texts.ts'
import { FAMILIES } from '../../src/identify/recognize.ts'
import type { LibraryRule } from '../../src/identify/library-rule.ts'
import { librariesOf, packageOf, versionsOf } from '../foreign/libraries.ts'
import { figuresTable, readFigures } from '../bench/figures.ts'
import { pictureOf } from '../bench/picture.ts'
import { GUIDE } from './pages.ts'

/** What is recognized and what it becomes, from the rules. */
function foreignTable(): string {
  const rows = FAMILIES.flatMap(({ name, rules }) =>
    [...groupBy(rules, ({ from }) => from)].map(([from, ofSource], index) =>
      rowOf([
        index === 0 ? `**${name}**${countOf(rules)}` : '',
        from,
        meaningsOf(ofSource),
        versionsFor(from),
      ]),
    ),
  )
  const head = ['', 'errors of', 'become, known by', 'tried with']
  return [rowOf(head), rowOf(head.map(() => '---')), ...rows].join('\n')
}

/** The versions that the tests make fail: `3.3.2, 2.7.0`, with their names where there are several libraries. */
function versionsFor(from: string): string {
  const packages = packagesIn([from])
  return packages
    .map(
      (name) =>
        `${packages.length > 1 || !from.includes(name) ? `${name} ` : ''}${versionsOf(name).join(', ')}`,
    )
    .join('; ')
}

function packagesIn(sources: readonly string[]): readonly string[] {
  const names = sources.flatMap(librariesOf)
  return [...new Set(names.flatMap((library) => packageOf(library) ?? []))]
}

/** How many packages a family knows. */
function countOf(rules: readonly LibraryRule[]): string {
  const count = packagesIn(rules.map(({ from }) => from)).length
  return count === 0 ? '' : ` (${count})`
}

/** How many packages there are, each of which is made to fail. */
function triedList(): string {
  const packages = packagesIn(FAMILIES.flatMap(({ rules }) => rules.map(({ from }) => from)))
  const versions = packages.flatMap(versionsOf)
  return `The tests make ${packages.length} packages fail, in ${versions.length} versions.`
}

/** What becomes of the errors of one source, a line for each set of marks. */
function meaningsOf(rules: readonly LibraryRule[]): string {
  const marksByCondition = groupBy(rules, meaningOf)
  const conditionsByMarks = groupBy([...marksByCondition], ([, same]) => marksOf(same))
  return [...conditionsByMarks]
    .map(([marks, same]) => `${same.map(([condition]) => condition).join(', ')}: ${marks}`)
    .join('<br>')
}

function meaningOf({ condition, isFault, wraps }: LibraryRule): string {
  if (condition !== undefined) return `\`${condition}\``
  if (isFault === true) return 'the internal error'
  return wraps === undefined ? 'its own status' : `what its \`${wraps}\` is, else the internal error`
}

const SHOWN = 4

function marksOf(rules: readonly LibraryRule[]): string {
  return [...groupBy(rules, ({ property = '' }) => property)]
    .map(([property, same]) => {
      if (property === '') return 'an array of them'
      const values = [...new Set(same.flatMap(({ values = [] }) => values))].map((value) => `\`${value}\``)
      if (values.length === 0) return `\`${property}\``
      const more = values.length - SHOWN
      return `${property} ${values.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
    })
    .join('; ')
}

/** The words and their statuses. */
function conditionList(): string {
  const byStatus = groupBy(Object.entries(CONDITIONS), ([, status]) => String(status))
  return [...byStatus]
    .map(([status, same]) => `${same.map(([condition]) => `\`${condition}\``).join(', ')} (${status})`)
    .join(', ')
}

function groupBy<TItem>(
  items: readonly TItem[],
  keyOf: (item: TItem) => string,
): ReadonlyMap<string, readonly TItem[]> {
  const groups = new Map<string, TItem[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** The field codes, where a client's programmer looks for them. */
function fieldList(): string {
  return Object.keys(FIELD_TEXTS)
    .map((code) => `\`${code}\``)
    .join(', ')
}

/** The lines of `identify` that a test tries, as an app writes them. */
function unmarkedLines(): string {
  const lines = readFileSync('test/foreign/unmarked-lines.ts', 'utf8')
  return `\`\`\`ts\n// unmarked.ts\n${lines.replace('../../src/index.ts', 'bizerror')}\`\`\``
}

/** What stands between a part's two comments, and on which page. */
export const PARTS: Readonly<Record<string, { readonly page: string; readonly write: () => string }>> = {
  'foreign errors': {
    page: 'foreign-errors',
    write: () =>
      `The conditions and their statuses: ${conditionList()}.\n\n` +
      `${triedList()}\n\n` +
      `<!-- prettier-ignore-start -->\n${foreignTable()}\n<!-- prettier-ignore-end -->`,
  },
  'unmarked errors': { page: 'foreign-errors', write: unmarkedLines },
  figures: { page: 'performance', write: () => figuresTable(readFigures()) },
  'field codes': { page: 'validation', write: () => `${fieldList()}.` },
}

/** A page with what the source says now. */
export async function withGeneratedPart(name: string, page: string): Promise<string> {
  const begin = `<!-- ${name}: written by \`npm run docs\` -->`
  const end = `<!-- end of ${name} -->`
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`The page does not hold the lines ${begin} and ${end}.`)
  const written = `${before}${begin}\n\n${PARTS[name]!.write()}\n\n${end}${after}`
  return format(written, { ...(await resolveConfig('README.md')), parser: 'markdown' })
}

export const PICTURE = `${GUIDE}/performance.svg`

/** The figures of the benchmarks as a picture. */
export function picture(): string {
  return `${pictureOf(readFigures())}\n`
}

if (import.meta.filename === process.argv[1]) {
  for (const [name, { page }] of Object.entries(PARTS)) {
    const file = `${GUIDE}/${page}.md`
    writeFileSync(file, await withGeneratedPart(name, readFileSync(file, 'utf8')))
  }
  writeFileSync(PICTURE, picture())
}
