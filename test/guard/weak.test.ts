import { afterEach, expect, test, vi } from 'vitest'
import { weakly } from '../../src/guard/weak.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('a value is held as long as others hold it', () => {
  const value = {}
  expect(weakly(value)).toBeInstanceOf(WeakRef)
  expect(weakly(value).deref()).toBe(value)
})

test('a host without WeakRef holds it', () => {
  vi.stubGlobal('WeakRef', undefined)
  const value = {}
  expect(weakly(value).deref()).toBe(value)
})
