import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesOf, WITH_CATALOGS } from './languages.ts'
import { locales } from './texts.ts'

const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')

function read(page: string): string {
  return readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
}

/** The numbers of languages that a page claims, in digits or words. */
function claimedLanguages(page: string): readonly number[] {
  return [...page.matchAll(/\b(\w+)\s+languages\b/g)].flatMap(([, word = '']) => {
    const number = NUMBERS.indexOf(word.toLowerCase()) + 1 || Number(word)
    return Number.isNaN(number) ? [] : [number]
  })
}

test('README counts the languages that there are: of our own texts, and of the reference catalogs', () => {
  const claimed = claimedLanguages(read('README.md'))
  const withCatalogs = locales.filter((locale) => filesOf(locale).includes('cdn.json'))
  expect(new Set(claimed)).toEqual(new Set([locales.length, withCatalogs.length]))
})

test('a claim is found in digits and in words, over a line break, and not where none is made', () => {
  expect(claimedLanguages('in 30 languages, or in seven\nlanguages of many languages')).toEqual([30, 7])
})

/** The tags that stand in a row on a page: `de, en and zh-TW`. */
function listedLanguages(page: string): readonly string[] {
  const [row = ''] =
    /\b[a-z]{2}(?:-[A-Z]{2})?(?:,\s+[a-z]{2}(?:-[A-Z]{2})?){3,}\s+and\s+[a-z]{2}(?:-[A-Z]{2})?\b/.exec(
      page,
    ) ?? []
  return row.split(/,\s+|\s+and\s+/)
}

test('the guide lists the languages that there are', () => {
  expect(listedLanguages(read('examples/guide/languages.md'))).toEqual(locales)
  expect(listedLanguages(read('examples/guide/reference-catalogs.md'))).toEqual(WITH_CATALOGS)
})
