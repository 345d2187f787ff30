import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const TESTS = `${import.meta.dirname}/..`
const ID = String.raw`(?:P-[A-Z]\d\d|[A-Z]\d\d|G\d)`
// Texts and comments begin with their ids, such as 'N05, N09: a client …'; tables of cases are given theirs.
const BEGINNING = new RegExp(`(?<=['"\`]|// )(?<ids>${ID}(?:, ${ID})*)(?=: )|'(?<alone>P-[A-Z]\\d\\d)'`, 'g')
const ROW = new RegExp(`^\\| (?<id>${ID}) +\\|`, 'gm')

const readme = readFileSync(`${import.meta.dirname}/README.md`, 'utf8')
const defined = Array.from(readme.matchAll(ROW), ({ groups }) => groups!['id']!)

const named = new Set(
  readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    // Tests of the guide write programs beside themselves meanwhile.
    .filter((file) => file.endsWith('.ts') && !/node_modules|recipes-/.test(file))
    .flatMap((file) => Array.from(readFileSync(`${TESTS}/${file}`, 'utf8').matchAll(BEGINNING)))
    .flatMap(({ groups }) => (groups!['ids'] ?? groups!['alone']!).split(', ')),
)

test('each id that a title names is defined in the README', () => {
  expect(named.size).toBeGreaterThan(100)
  expect([...named].filter((id) => !defined.includes(id))).toEqual([])
})

test('each id that the README defines stands there once, and in a title', () => {
  expect(new Set(defined).size).toBe(defined.length)
  // A guarantee holds in every case, and names itself where it is broken.
  expect(defined.filter((id) => !id.startsWith('G') && !named.has(id))).toEqual([])
})
