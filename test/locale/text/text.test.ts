import { describe, expect, test, vi } from 'vitest'
import { createSource, type TextSource } from '../../../src/locale/sources/source.ts'
import { findText, showIn, type Text } from '../../../src/locale/text/text.ts'

describe('a value in a text', () => {
  test.each(['he', 'ar', 'fa', 'syr', 'dv', 'nqo', 'ff-Adlm', 'rhg', 'mid', 'smp', 'az-Arab'])(
    'of %s, which is written from the right, is isolated',
    (locale) => {
      expect(showIn(locale)('x')).toBe('\u2068x\u2069')
    },
  )

  test.each(['de', 'zh-TW', 'ja', 'th', 'not a tag'])('of %s is as it is', (locale) => {
    expect(showIn(locale)('x')).toBe('x')
  })

  test('is isolated once, and may be a number', () => {
    expect([showIn('he')('\u2068x\u2069'), showIn('he')(7)]).toEqual(['\u2068x\u2069', '\u20687\u2069'])
  })
})

describe('where all objects have a member of the name of a field', () => {
  const source = createSource(
    { de: { shop: { 1: { message: 'Nicht da' }, 2: { title: 'x' }, 3: 7, 4: null } } },
    'Test',
  )
  const found = (code: number): string | undefined =>
    findText(source, {
      namespace: 'shop',
      locale: 'de',
      key: code,
      field: 'message',
      form: undefined,
      params: [],
      sourceText: undefined,
      sourceLocale: 'en',
      isKey: () => false,
      ownKey: undefined,
    })?.fill({})

  test('the text of a code is found, and none where it has none', () => {
    const before = [1, 2, 3, 4, 5].map(found)
    Reflect.defineProperty(Object.prototype, 'message', {
      value: 'everybody',
      configurable: true,
      enumerable: true,
    })
    let polluted: readonly (string | undefined)[]
    try {
      polluted = [1, 2, 3, 4, 5].map(found)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'message')
    }
    const texts = ['Nicht da', undefined, undefined, undefined, undefined]
    expect([before, polluted]).toEqual([texts, texts])
  })
})

/** What is found of one text, and what is told of it. */
function foundIn(
  message: string,
  params: readonly string[],
  locale = 'de',
): {
  readonly source: TextSource
  readonly text: Text | undefined
  readonly faults: readonly string[]
} {
  const faults: string[] = []
  const source = createSource({ [locale]: { shop: { 1: { message } } } }, 'Test')
  const where = { namespace: 'shop', locale, key: 1, field: 'message' } as const
  const original = { params, sourceText: undefined, sourceLocale: 'en' }
  const key = { ...where, ...original, form: undefined, isKey: () => false, ownKey: undefined }
  const text = findText(source, key, (fault) => faults.push(fault))
  return { source, text, faults }
}

describe('a placeholder', () => {
  for (const plain of [
    '{{left}}',
    '{{ left }}',
    '{{  left  }}',
    '{{-left}}',
    '{{- left}}',
    '{{ -left}}',
    '{{ - left }}',
    '{{l}}',
    '{{_l1}}',
    '{{L_2}}',
  ]) {
    test(`${plain} is filled without asking i18next`, () => {
      const name = plain.replaceAll(/[^\w]/g, '')
      const { source, text, faults } = foundIn(`Noch ${plain} da, ${plain}`, [name])
      const asked = vi.spyOn(source.i18n, 't')
      expect([text?.fill({ [name]: 3 }), text?.fill({})]).toEqual(['Noch 3 da, 3', 'Noch … da, …'])
      expect([asked.mock.calls, faults]).toEqual([[], []])
    })
  }

  test('with a format is filled by i18next', () => {
    const { source, text } = foundIn('Noch {{left, number}} von {{all}}', ['left', 'all'])
    const asked = vi.spyOn(source.i18n, 't')
    expect(text?.fill({ left: 1234.5, all: '{{left}}' })).toBe('Noch 1.234,5 von {{left}}')
    expect(asked).toHaveBeenCalledOnce()
  })

  test('with a format is isolated in a text from the right, beside values that are texts', () => {
    const { text } = foundIn('{{left, number}} / {{all}}', ['left', 'all'], 'he')
    expect(text?.fill({ left: 1234, all: 'x' })).toBe('\u20681,234\u2069 / \u2068x\u2069')
  })

  test('with a format is no option of it, whatever it is named', () => {
    const { text } = foundIn('{{left, number}} {{lng}}', ['left', 'lng', 'minimumFractionDigits'])
    expect(text?.fill({ left: 1, lng: 'en', minimumFractionDigits: 3 })).toBe('1 en')
  })
})
