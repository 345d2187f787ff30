import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { FieldCode } from '../../src/catalog/field.ts'
import { FIELD_TEXTS, fieldEntry } from '../../src/catalog/field-texts.ts'
import { placeholders } from '../../src/catalog/template.ts'

const english = JSON.parse(
  readFileSync(new URL('../../locales/en/fields.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, object>>
const codes = Object.keys(FIELD_TEXTS) as FieldCode[]

describe('the texts of a field code', () => {
  test.each([
    ['required', { message: 'This field is required', params: [] }],
    ['too_short', { title: 'Too short', message: 'Too short; minimum length: {{min}}', params: ['min'] }],
  ] as const)('of %s are those of an entry', (code, texts) => {
    expect(fieldEntry(code)).toEqual({
      key: code,
      code,
      namespace: 'fields',
      status: 400,
      isSuccess: false,
      parents: [],
      retryable: false,
      deprecated: false,
      ...texts,
    })
  })

  test.each(codes)('of %s say what is wrong without the limit, and name it alone where they do', (code) => {
    const { title, message, params } = fieldEntry(code)
    expect(placeholders(title ?? message, code)).toEqual([])
    expect(placeholders(message, code)).toEqual(params)
    expect(params.length).toBeLessThanOrEqual(1)
  })

  test.each(codes)('of %s are those of the English file', (code) => {
    const { title, message } = fieldEntry(code)
    expect({ message, ...(title === undefined ? {} : { title }) }).toEqual(english[code])
  })

  test('cannot be changed by one request for the next', () => {
    expect(codes.every((code) => Object.isFrozen(fieldEntry(code)))).toBe(true)
  })
})
