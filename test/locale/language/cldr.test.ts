import { readFileSync } from 'node:fs'
import { match } from '@formatjs/intl-localematcher'
import territories from 'cldr-core/supplemental/territoryInfo.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { TABLE, table } from '../../../.build/cldr.ts'
import { createChooser } from '../../../src/locale/language/choose.ts'
import { parseFallbacks } from '../../../src/locale/language/fallbacks.ts'

test('the table is made of the CLDR that is installed (npm run cldr)', async () => {
  expect(readFileSync(TABLE, 'utf8')).toBe(await table())
})

const LANGUAGES = (
  'ar cs da de el en es fi fr he hi hu id it ja ko nb nl pl pt ro ru sv th tr uk vi zh-Hans zh-Hant ' +
  'nn gsw lb'
).split(' ')
const HELD = (
  'ar cs da de el en en-GB es es-419 fi fr he hi hu id it ja ko nb nl pl pt-BR pt-PT ro ru sv th tr uk vi ' +
  'zh-CN zh-HK zh-TW'
).split(' ')

/** Where this package and another implementation of UTS #35 do not agree. */
const DIFFERENCES: Readonly<Record<string, readonly [ours: string, theirs: string]>> = {
  // Since CLDR 47 its parent is es-419.
  'es-JP': ['es-419', 'es'],
}

describe('every region of each language is served as an independent matcher does', () => {
  const regions = Object.keys(territories.supplemental.territoryInfo).filter((region) => region !== 'ZZ')
  const { choose } = createChooser(HELD, { ...parseFallbacks(undefined), locale: 'ja' }, 'ja')

  test.each(LANGUAGES)('%s', (language) => {
    expect(regions.length).toBeGreaterThan(250)
    const tags = regions.map((region) => `${language}-${region}`)
    const differing = tags.flatMap((tag) => {
      const ours = choose({ locale: undefined, acceptLanguage: tag })
      const theirs = match([tag], HELD, 'ja', { algorithm: 'best fit' })
      return ours === theirs ? [] : [[tag, [ours, theirs]] as const]
    })
    expect(Object.fromEntries(differing)).toEqual(
      Object.fromEntries(Object.entries(DIFFERENCES).filter(([tag]) => tag.startsWith(`${language}-`))),
    )
  })
})
