import { describe, expect, test } from 'vitest'
import { completeEntry, type Entry } from '../../src/catalog/entry.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

describe('completeEntry', () => {
  const { notes: _, ...older } = defineCatalog({
    name: 'shop',
    errors: { 1: { status: 404, message: 'Not here', title: 'Missing', retryable: true } },
  }).get(1)

  test('leaves an entry as it is that has each member', () => {
    const entry = { ...older, notes: undefined }
    expect(completeEntry(entry)).toBe(entry)
  })

  test('adds what an entry of another version does not have, and nothing else', () => {
    const complete = completeEntry(older)
    expect(complete).toStrictEqual({ ...older, notes: undefined })
    expect([Object.hasOwn(complete, 'notes'), Object.isFrozen(complete)]).toEqual([true, true])
  })

  test('gives an entry with the least that there is the rest of it', () => {
    const least = { key: 1, code: 1, namespace: 'shop', status: 404, message: 'Not here' }
    expect(completeEntry(least as unknown as Entry)).toEqual({
      ...least,
      isSuccess: false,
      parents: [],
      retryable: false,
      deprecated: false,
      params: [],
    })
  })

  test('is the same object each time, by which texts are found again', () => {
    expect(completeEntry(older)).toBe(completeEntry(older))
  })
})
