import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { storeKey } from '../../src/rate-limit/key.ts'
import { send } from '../support/raw.ts'
import { counted, onLimited } from './limited.ts'

const sha256 = (key: string, encoding: 'utf8' | 'utf16le'): string =>
  createHash('sha256').update(key, encoding).digest('hex')

describe('S05: two keys are one only when they are the same text', () => {
  // Any code units, lone surrogates included, and texts that look like what is kept of others.
  const texts = fc.oneof(
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
    fc.string({ unit: fc.constantFrom('\ud800', '\udc00', '\ufffd', 'a', 'é'), minLength: 1, maxLength: 4 }),
    fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 126, maxLength: 131 }),
  )
  const alike = texts.chain((text) => {
    const kept = storeKey(text) ?? ''
    return fc.tuple(
      fc.constant(text),
      fc.oneof(
        texts,
        fc.constantFrom(
          kept,
          storeKey(kept) ?? '',
          kept.slice('sha256:'.length),
          sha256(text, 'utf8'),
          sha256(text, 'utf16le'),
          text.toWellFormed(),
          text.normalize(),
          text.trim(),
          text.toLowerCase(),
          `${text}\0`,
          `%${text}`,
        ),
      ),
    )
  })

  test('S05: for any two texts', () => {
    fc.assert(
      fc.property(alike, ([one, other]) => {
        if (one === '' || other === '') return
        // The key of a short, printable text is that text: which text a hash was made of is not told.
        expect(storeKey(one) === storeKey(other)).toBe(one === other)
      }),
      { numRuns: 1_500 },
    )
  })

  test('S05: what is kept is short and printable, whatever the key', () => {
    fc.assert(
      fc.property(texts, (text) => {
        if (text !== '') expect(storeKey(text)).toMatch(/^[\x20-\x7e]{1,128}$/)
      }),
      { numRuns: 700 },
    )
  })

  test('S05: short printable ASCII is kept as it is, and nothing else', () => {
    const long = 'x'.repeat(129)
    expect(['a', 'A b', '}{%', 'x'.repeat(128), '__proto__'].map(storeKey)).toEqual([
      'a',
      'A b',
      '}{%',
      'x'.repeat(128),
      '__proto__',
    ])
    const hashed = [long, 'é', 'a\n', '\0gone', '\ud800', `sha256:${sha256(long, 'utf16le')}`, 'sha256:']
    expect(hashed.map(storeKey)).toEqual(hashed.map((key) => `sha256:${sha256(key, 'utf16le')}`))
  })

  test('S05: a number is the text that JavaScript writes for it', () => {
    expect([1, -0, 1.5, 1e21, 2 ** 53].map(storeKey)).toEqual(['1', '0', '1.5', '1e+21', '9007199254740992'])
    expect(storeKey(1)).toBe(storeKey('1'))
    expect(['1e21', '01', '1.0', ' 1', '-0'].map(storeKey)).toEqual(['1e21', '01', '1.0', ' 1', '-0'])
  })

  test.each([
    [''],
    [NaN],
    [Infinity],
    [-Infinity],
    [null],
    [undefined],
    [true],
    [1n],
    [Symbol('a')],
    [{}],
    [['a']],
  ])('S05: %o is no key', (key) => {
    expect(storeKey(key)).toBeUndefined()
  })
})

const long = 'x'.repeat(200)

onLimited(
  'S05: a client that sends what is kept of a long key does not use up its limit',
  {
    limit: {
      policies: [{ name: 'minute', limit: 2, window: '1m' }],
      key: (request) => request.get('X-Key'),
    },
    routes: {
      '/': (_request, response) => {
        response.statusCode = 200
        response.end()
      },
    },
  },
  async ({ port }) => {
    const left: unknown[] = []
    for (const key of [long, sha256(long, 'utf8'), sha256(long, 'utf16le'), storeKey(long)!, long, long]) {
      left.push(counted(await send(port, { path: '/', headers: { 'X-Key': key } })))
    }
    expect(left).toEqual([
      { status: 200, limit: 2, remaining: 1 },
      { status: 200, limit: 2, remaining: 1 },
      { status: 200, limit: 2, remaining: 1 },
      { status: 200, limit: 2, remaining: 1 },
      { status: 200, limit: 2, remaining: 0 },
      { status: 429, limit: 2, remaining: 0 },
    ])
  },
)
