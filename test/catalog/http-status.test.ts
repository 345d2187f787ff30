import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { genericEntry, nearestStatus, STATUS_TEXTS } from '../../src/catalog/http-status.ts'

const english = JSON.parse(
  readFileSync(new URL('../../locales/en/http.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, { readonly message: string }>>
const statuses = Object.keys(STATUS_TEXTS).map(Number)

describe('the generic entry of a status', () => {
  test.each(statuses)('%i has the text of the English file', (status) => {
    expect(genericEntry(status, false)).toEqual({
      code: status,
      entry: {
        key: status,
        code: status,
        namespace: 'http',
        status,
        message: english[status]!.message,
        retryable: false,
        deprecated: false,
        params: [],
      },
    })
  })

  test('has its text as code where codes are words', () => {
    expect([404, 431].map((status) => genericEntry(status, true).code)).toEqual([
      'not_found',
      'request_header_fields_too_large',
    ])
  })

  test.each([
    [418, 400],
    [499, 400],
    [505, 500],
    [599, 500],
  ])('%i, which has no text, is that of %i', (status, nearest) => {
    expect(nearestStatus(status)).toBe(nearest)
    expect(genericEntry(status, false)).toEqual(genericEntry(nearest, false))
  })

  test('500 stands for the class that begins with it', () => {
    expect([400, 499, 500].map(nearestStatus)).toEqual([400, 400, 500])
  })
})
