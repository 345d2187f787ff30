import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { isRequestId, requestIdFrom } from '../../src/answer/request-id.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const throwing = (): never => {
  throw new Error('broken')
}

const generate = (): string => 'new'

const ids: readonly (readonly [what: string, value: unknown, valid: boolean])[] = [
  ['letters, digits and a dash', 'abc-123', true],
  ['every character that is allowed', 'AZaz09_.:;=+/~|@#-', true],
  ['a UUID', '5f0c9b34-7f52-4f0e-9a35-7c2f7a8a1b2c', true],
  ['one character', 'a', true],
  ['200 characters', 'a'.repeat(200), true],
  ['201 characters', 'a'.repeat(201), false],
  ['15 KB', 'a'.repeat(15_000), false],
  ['nothing', undefined, false],
  ['an empty text', '', false],
  ['blanks', '   ', false],
  ['a forged member of JSON', '","admin":true,"x":"', false],
  ['markup', '<script>', false],
  ['a look-up', '${jndi:ldap://x}', false],
  ['a format', '%s%n', false],
  ['a path', '../../x', false],
  ['an escaped line end', 'a%0d%0aSet-Cookie:x', false],
  ['a line end at the end', 'abc\n', false],
  ['a tab', 'a\tb', false],
  ['UTF-8 as Latin-1', 'Ã¤', false],
  ['letters of other scripts', 'ä', false],
  ['two lines that Node joined', 'a, b', false],
  ['two ids that a proxy joined', 'a,b', false],
  ['a backslash', 'a\\b', false],
  ['an apostrophe', "a'b", false],
  ['a backtick', 'a`b', false],
  ['a DEL', 'a\x7fb', false],
  ['a list', ['a'], false],
  ['a number', 7, false],
]

describe('isRequestId', () => {
  for (const [what, value, valid] of ids) {
    test(`is ${valid} for ${what}`, () => {
      expect(isRequestId(value)).toBe(valid)
    })
  }
})

describe('requestIdFrom', () => {
  test('prefers the id on the response to that of the client, and both to a new one', () => {
    expect([
      requestIdFrom('set', 'sent', generate),
      requestIdFrom('a, b', 'sent', generate),
      requestIdFrom(undefined, 'sent', generate),
      requestIdFrom(undefined, '<script>', generate),
      requestIdFrom(7, ['sent'], generate),
    ]).toEqual(['set', 'sent', 'sent', 'new', 'new'])
  })

  test('does not make an id when one is there', () => {
    expect(requestIdFrom(undefined, 'sent', throwing)).toBe('sent')
  })

  const generators: readonly (readonly [what: string, generate: (() => unknown) | undefined])[] = [
    ['is missing', undefined],
    ['throws', throwing],
    ['returns 1 MB', () => 'a'.repeat(1_000_000)],
    ['returns a line end', () => 'a\r\nb'],
    ['returns a promise', () => Promise.resolve('abc')],
    ['returns nothing', () => undefined],
    ['returns a number', () => 7],
  ]
  for (const [what, generate] of generators) {
    test(`makes a UUID when the generator ${what}`, () => {
      expect(requestIdFrom(undefined, undefined, generate)).toMatch(UUID)
    })
  }

  test('makes another id where the system has no randomness for a UUID', () => {
    const randomUUID = vi.spyOn(crypto, 'randomUUID').mockImplementation(throwing)
    try {
      const ids = [1, 2].map(() => requestIdFrom(undefined, undefined))
      expect(ids).toEqual([1, 2].map(() => expect.stringMatching(/^[0-9a-z]{8,}-[0-9a-z]{4,}$/) as unknown))
      expect(ids.every(isRequestId)).toBe(true)
      expect(ids[0]).not.toBe(ids[1])
    } finally {
      randomUUID.mockRestore()
    }
  })

  test('makes another UUID each time', () => {
    expect(requestIdFrom(undefined, undefined)).not.toBe(requestIdFrom(undefined, undefined))
  })

  test('returns an id, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (onResponse, sent, generated) => {
        expect(isRequestId(requestIdFrom(onResponse, sent, () => generated))).toBe(true)
      }),
    )
  })
})
