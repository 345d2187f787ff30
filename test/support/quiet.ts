// Before every test file: a test catches what it makes others print, so that what is printed is news.
import { afterAll, afterEach, expect } from 'vitest'
import { takePrinted } from './printed.ts'

function expectSilence(): void {
  expect(takePrinted(), 'printed, and caught by no test').toEqual([])
}

afterEach(expectSilence)
afterAll(expectSilence)
