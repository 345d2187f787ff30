import { describe, expect, test } from 'vitest'
import { completeEntry } from '../../src/catalog/complete-entry.ts'
import type { Entry } from '../../src/catalog/entry.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

describe('completeEntry', () => {
  const catalog = defineCatalog({
    name: 'shop',
    errors: { 1: { status: 404, message: 'Not here', title: 'Missing', retryable: true } },
  })
  const { parents: _parents, isSuccess: _isSuccess, ...rest } = catalog.get(1)
  const older = rest as Entry

  test('leaves an entry as it is that this copy of the package has made', () => {
    const { '1': made } = Object.fromEntries([...catalog].map((entry) => [entry.key, entry]))
    expect(completeEntry(made!)).toBe(made)
  })

  test('adds what an entry of another version does not have, and nothing else', () => {
    const complete = completeEntry(older)
    expect(complete).toEqual(catalog.get(1))
    expect([Object.hasOwn(complete, 'parents'), 'notes' in complete, Object.isFrozen(complete)]).toEqual([
      true,
      true,
      true,
    ])
  })

  test('keeps the members that few entries have', () => {
    const rare = {
      retryAfter: 9,
      challenge: 'Bearer',
      headers: { 'X-A': 'a' },
      meta: { a: 1 },
      examples: [],
      notes: {},
    }
    expect(completeEntry({ ...older, ...rare })).toEqual({ ...older, ...rare, parents: [], isSuccess: false })
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

  test('leaves out what cannot be answered', () => {
    const unusable = {
      status: 'x',
      title: 7,
      description: {},
      action: [],
      module: 7,
      parents: [1, {}, -0],
      params: ['left', {}],
      retryable: 'yes',
      retryAfter: -5,
      challenge: 'a\nb',
      headers: { 'X-A': 'a', 'Cache-Control': 'no-cache', 'Content-Length': '3', 'X-B': 7, 'X-C': 'a\nb' },
      meta: 'x',
      notes: ['x'],
    }
    expect(completeEntry({ ...older, ...unusable } as unknown as Entry)).toEqual({
      ...catalog.get(1),
      status: 500,
      title: undefined,
      parents: [1],
      params: ['left'],
      retryable: false,
      headers: { 'X-A': 'a', 'Cache-Control': 'no-cache' },
    })
  })

  test('is the same object each time, by which texts are found again', () => {
    expect(completeEntry(older)).toBe(completeEntry(older))
  })
})
