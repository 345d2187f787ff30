// Before every test file: a test catches what it makes others print, so that what is printed is news.
import { afterAll, afterEach, beforeEach, expect } from 'vitest'
import { ownCatalog } from '../../src/error/own-catalog.ts'
import { takePrinted } from './printed.ts'

function expectSilence(): void {
  expect(takePrinted(), 'printed, and caught by no test').toEqual([])
}

/** Each test is a program of its own: the catalogs of its file and of others are not what it forgot to name. */
function forgetCatalogs(): void {
  ownCatalog.name = undefined
}

forgetCatalogs()
beforeEach(forgetCatalogs)
afterEach(expectSilence)
afterAll(expectSilence)
