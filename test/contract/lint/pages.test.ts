import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { IGNORE_RULE } from '../../../src/contract/lint/ignore.ts'
import { RULES } from '../../../src/contract/lint/rules.ts'
import { SOURCE_RULES as FOUND_BY_SCAN } from '../../../src/contract/scan/source-findings.ts'
import { SOURCE_RULES } from '../../../src/contract/lint/source-rules.ts'

const FOLDER = 'examples/guide/lint'
const rules = [...RULES, IGNORE_RULE]
const overview = readFileSync('examples/guide/lint.md', 'utf8')

/** The cells of rows of tables. */
function rowsIn(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/^\| (.*) \|$/gm)].map(([, row]) =>
    row!.split(/(?<!\\)\|/).map((cell) => cell.trim()),
  )
}

/** Words alone, without what Markdown has around them. */
function plain(text: string): string {
  return text.replaceAll(/[`\\]/g, '').replaceAll(/\s+/g, ' ')
}

test('each rule has a page, and each page is that of a rule', () => {
  const expected = [...rules, ...SOURCE_RULES].map(({ id }) => `${id}.md`)
  expect(readdirSync(FOLDER).sort()).toEqual(expected.sort())
})

test('the rules of source code have the levels that the scan gives them', () => {
  expect(Object.fromEntries(SOURCE_RULES.map(({ id, levels }) => [id, levels.recommended]))).toEqual(
    FOUND_BY_SCAN,
  )
})

test('no two rules have one id, and each id is kebab-case', () => {
  const ids = [...rules, ...SOURCE_RULES].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id))).toEqual([])
})

describe.each(rules)('$id', ({ id, what, why, family, levels }) => {
  const page = readFileSync(`${FOLDER}/${id}.md`, 'utf8')

  test('has a page that says what it finds, why that matters, how to mend it and how to silence it', () => {
    expect(page.match(/^#+ .*$/gm)).toEqual([
      `# \`${id}\``,
      '## Why it matters',
      '## How to mend it',
      '## How to silence it',
    ])
    const [first = '', matters = '', mend = '', silence = ''] = page.split(/^#+ .*$/gm).slice(1)
    expect(plain(first)).toContain(plain(what))
    expect(plain(matters)).toContain(plain(why))
    expect(mend.trim()).not.toBe('')
    expect(silence).toContain(`"${id}"`)
    expect(rowsIn(first)[2]).toEqual([family, levels.recommended, levels.strict])
  })

  test('shows JSON that is JSON', () => {
    const blocks = [...page.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, text]) => text!)
    expect(blocks.length).toBeGreaterThan(0)
    for (const block of blocks) expect(() => JSON.parse(block) as unknown, block).not.toThrow()
  })

  test('stands in the overview with its levels', () => {
    const rows = rowsIn(overview).filter(([cell]) => cell === `[\`${id}\`](lint/${id}.md)`)
    expect(rows.map(([, ...rest]) => rest.map(plain))).toEqual([
      [levels.recommended, levels.strict, plain(what)],
    ])
  })
})
