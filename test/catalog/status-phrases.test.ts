import { STATUS_CODES } from 'node:http'
import { expect, test } from 'vitest'
import { STATUS_PHRASES } from '../../src/catalog/status-phrases.ts'

test('every error has the reason phrase that Node.js has', () => {
  const errors = Object.entries(STATUS_CODES).filter(([status]) => Number(status) >= 400)
  expect(Object.fromEntries(STATUS_PHRASES)).toEqual(Object.fromEntries(errors))
})
