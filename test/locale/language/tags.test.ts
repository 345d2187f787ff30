import { describe, expect, test } from 'vitest'
import { readdirSync } from 'node:fs'
import type { SetupError } from '../../../src/guard/setup-error.ts'
import { checkTag, countryFault } from '../../../src/locale/language/tags.ts'

// Codes of ISO 639-1, as the Library of Congress lists them.
const ISO_639_1 =
  'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tn to tr ts tt ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'.split(
    ' ',
  )

function problemOf(locale: string): string | undefined {
  try {
    checkTag(locale, 'Here')
    return countryFault(locale, 'It')
  } catch (error) {
    return (error as SetupError).message
  }
}

describe('a language', () => {
  test('is taken when clients can ask for it', () => {
    const others =
      'zh-Hant zh-TW es-419 en-001 sr-Latn yue gsw fil tlh qaa ase de-x-formal ca-ES-valencia'.split(' ')
    for (const locale of [
      ...ISO_639_1,
      ...others,
      ...readdirSync(new URL('../../../locales', import.meta.url)).filter((name) => !name.includes('.')),
    ]) {
      expect(problemOf(locale), locale).toBe(undefined)
    }
  })

  test.each([
    ['zh_CN', 'zh-CN'],
    ['zh-tw', 'zh-TW'],
    ['EN', 'en'],
    ['iw', 'he'],
    ['eng', 'en'],
    ['ger', 'de'],
    ['en-UK', 'en-GB'],
    // The code of a country, in the letters of one.
    ['JP', 'ja'],
    ['AT', 'de-AT'],
  ])('that is called %s is refused: its tag is %s', (locale, tag) => {
    expect(problemOf(locale)).toBe(`Here holds the language "${locale}". Rename it to "${tag}".`)
  })

  test.each([
    ['english', 'en'],
    ['English', 'en'],
    ['deutsch', 'de'],
    ['German', 'de'],
    ['japanese', 'ja'],
    ['hebrew', 'he'],
    ['english-US', 'en'],
    ['und', undefined],
    ['und-Latn', undefined],
    ['mul', undefined],
    ['zxx', undefined],
    ['default', undefined],
    ['template', undefined],
    ['xx', undefined],
  ])('that is called %s is refused, since no client can ask for it', (locale, tag) => {
    const remedy = tag === undefined ? "Use BCP 47 tags such as 'zh-CN'" : `Rename it to "${tag}"`
    expect(problemOf(locale)).toBe(
      `Here holds the language "${locale}", which no client can ask for. ${remedy}.`,
    )
  })

  test.each([
    ['x-foo', undefined],
    ['i-klingon', undefined],
    ['old stuff', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['Español', 'es'],
    ['português', 'pt'],
    ['日本語', 'ja'],
  ])('that is called %s is refused, since it is no tag', (locale, tag) => {
    const remedy = tag === undefined ? "Use BCP 47 tags such as 'zh-CN'" : `Rename it to "${tag}"`
    expect(problemOf(locale)).toBe(`Here holds the language "${locale}". ${remedy}.`)
  })

  test.each([
    ['jp', 'Japan', 'ja'],
    ['jp-JP', 'Japan', 'ja'],
    ['cz', 'Czechia', 'cs'],
    ['dk', 'Denmark', 'da'],
    ['ua', 'Ukraine', 'uk'],
    ['cn', 'China', 'zh'],
    ['gr', 'Greece', 'el'],
    ['at', 'Austria', 'de-AT'],
    ['mx', 'Mexico', 'es-MX'],
    ['hk', 'Hong Kong SAR China', 'zh-HK'],
  ])('that is called %s is the code of a country, %s, and %s is named instead', (locale, country, tag) => {
    expect(problemOf(locale)).toBe(
      `It is in the language "${locale}", which no client asks for: it is the code of a country, ${country}. Rename it to "${tag}".`,
    )
  })
})
