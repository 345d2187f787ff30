import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { HANDLER_CHECKS } from '../../src/handler/options.ts'
import { PARTS, withGeneratedPart } from './generated.ts'
import { pageOf } from './pages.ts'

/** The names in the first column of the first table of a page, or of one under a heading. */
function tableOf(name: string, heading?: string): readonly string[] {
  const { text } = pageOf(name)
  const section = heading === undefined ? text : text.split(`\n## ${heading}\n`)[1]!
  const [table = ''] = section.split('\n## ')
  return [...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name!)
}

test('the table of options names every option, and no other', () => {
  expect(tableOf('options')).toEqual(Object.keys(HANDLER_CHECKS))
})

test('the table of dependencies names every runtime dependency, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }
  expect(tableOf('stability', 'Dependencies')).toEqual(Object.keys(dependencies))
})

test.each(Object.keys(PARTS))(
  'what stands under "%s" is what the source says (npm run docs)',
  async (name) => {
    const { text } = pageOf(PARTS[name]!.page)
    expect(await withGeneratedPart(name, text)).toBe(text)
  },
)
