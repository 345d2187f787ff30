import { describe, expect, test } from 'vitest'
import { createSource } from '../../src/locale/source.ts'
import { findText, showIn } from '../../src/locale/text.ts'

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
    { de: { shop: { 1: { message: 'Nicht da' }, 2: { title: 'x' }, 3: 'x', 4: null } } },
    'Test',
  )
  const found = (code: number): string | undefined =>
    findText(source, {
      namespace: 'shop',
      locale: 'de',
      code,
      field: 'message',
      count: undefined,
      params: [],
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
