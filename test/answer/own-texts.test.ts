import { expect, test } from 'vitest'
import { ownTexts } from '../../src/answer/own-texts.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

const laden = defineCatalog({
  name: 'laden',
  sourceLocale: 'de',
  errors: {
    1: {
      status: 409,
      message: 'Nur noch {{left}}',
      title: '{{left}} übrig',
      description: 'Es sind {{left}}',
      action: '{{left}} bestellen',
    },
    2: { status: 404, message: 'Nicht da' },
  },
})

test('own texts are those of the entry in the language of its catalog, with the params in all of them', () => {
  expect(ownTexts(laden, laden.get(1), { left: 3 })).toStrictEqual({
    locale: 'de',
    message: 'Nur noch 3',
    title: '3 übrig',
    description: 'Es sind 3',
    action: '3 bestellen',
  })
})

test('own texts are undefined where the entry has none', () => {
  expect(ownTexts(laden, laden.get(2), {})).toStrictEqual({
    locale: 'de',
    message: 'Nicht da',
    title: undefined,
    description: undefined,
    action: undefined,
  })
})

test('own texts of a generic entry are in English, whatever language the catalog is in', () => {
  expect(ownTexts(laden, laden.forStatus(418), {})).toMatchObject({
    locale: 'en',
    message: 'Bad request',
  })
})
