import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loginPartOf } from '../../src/guard/challenge.ts'
import { startComputing } from '../support/stopwatch.ts'

describe('loginPartOf', () => {
  const table: readonly (readonly [challenges: string, part: string | undefined])[] = [
    ['Bearer', 'Bearer'],
    ['Bearer realm="a"', 'Bearer realm="a"'],
    ['Bearer   realm = "a"', 'Bearer realm = "a"'],
    ['Bearer realm="a",error="b",scope="c"', 'Bearer realm="a", scope="c"'],
    ['Bearer error="b"', 'Bearer'],
    ['Digest stale=true, nonce="n"', 'Digest nonce="n"'],
    ['Negotiate YWJj==', 'Negotiate YWJj=='],
    ['NTLM, Negotiate , Basic realm=x,', 'NTLM, Negotiate, Basic realm=x'],
    [', ,Basic realm=x', 'Basic realm=x'],
    ['Bearer realm="\\"quoted\\", error=1", error=2', 'Bearer realm="\\"quoted\\", error=1"'],
    ['', undefined],
    [' , ', undefined],
    ['realm="a"', undefined],
    ['Bearer realm="a', undefined],
    ['Bearer "a"', undefined],
    ['Bearer expired', 'Bearer'],
    ['Bearer error=', 'Bearer'],
    ['Bearer realm="a" scope="b"', undefined],
    ['Bearer a b', undefined],
  ]
  test.each(table)('of %j is %j', (challenges, part) => {
    expect(loginPartOf(challenges)).toBe(part)
  })

  test('takes no longer for what is made to be slow', () => {
    for (const piece of ['a', ' ', 'a ', '"', 'a=', 'a="', '\\"', ',', 'a,', '= ', 'a=b,', 'a b,']) {
      const elapsed = startComputing()
      loginPartOf(piece.repeat(4096 / piece.length))
      loginPartOf(`a b="${piece.repeat(4000 / piece.length)}`)
      expect(elapsed(), piece).toBeLessThan(500)
    }
  })

  test('is the same again, and has nothing but params that say how to log in', () => {
    const part = fc.constantFrom('Bearer', 'Basic', ' ', ',', '=', '"', '\\', 'realm', 'error', 'x', 'scope')
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const kept = loginPartOf(parts.join(''))
        if (kept === undefined) return
        expect(loginPartOf(kept)).toBe(kept)
        expect(kept.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')).not.toMatch(/(?:error|x) *=/)
      }),
      { numRuns: 500 },
    )
  })
})
