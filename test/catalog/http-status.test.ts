import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isErrorStatus, nearestStatus, STATUS_TEXTS, statusText } from '../../src/catalog/http-status.ts'

const english = JSON.parse(
  readFileSync(new URL('../../locales/en/http.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, { readonly message: string }>>
const statuses = Object.keys(STATUS_TEXTS).map(Number)

describe('the text of a status', () => {
  test.each(statuses)('%i is that of the English file', (status) => {
    expect(statusText(status)).toEqual({ status, message: english[status]!.message })
  })

  test.each([
    [418, 400],
    [499, 400],
    [505, 500],
    [599, 500],
  ])('%i, which has none, is that of %i', (status, nearest) => {
    expect(nearestStatus(status)).toBe(nearest)
    expect(statusText(status)).toEqual(statusText(nearest))
  })

  test('500 stands for the class that begins with it', () => {
    expect([400, 499, 500].map(nearestStatus)).toEqual([400, 400, 500])
  })
})

test('the statuses of errors are the integers from 400 to 599', () => {
  const values = [399, 400, 404, 599, 600, 404.5, '404', NaN, undefined]
  expect(values.filter(isErrorStatus)).toEqual([400, 404, 599])
})
