import { describe, expect, test } from 'vitest'
import type { Change } from '../../../src/contract/diff/change.ts'
import { diff } from '../../../src/contract/diff/diff.ts'
import { RULES, type Rule } from '../../../src/contract/diff/rules.ts'
import type { Dump } from '../../../src/contract/dump/dump.ts'
import { parseDump } from '../../../src/contract/dump/parse.ts'
import { writeDump } from '../../../src/contract/dump/write.ts'
import { CASES, shop } from './cases.ts'

function shown({ level, code = '-', rule, message }: Change): string {
  return `${level} ${code} ${rule} ${message}`
}

describe.each(CASES)('diff tells of $title', ({ old, next, options, there, back }) => {
  test('by what it does to clients', () => {
    expect(diff(old, next, options).map(shown)).toEqual(there)
  })

  test('and of its way back', () => {
    expect(diff(next, old, options).map(shown)).toEqual(back)
  })

  test('as it does from files', () => {
    const [was, is] = [old, next].map((dump) => parseDump(writeDump(dump), 'errors.json'))
    expect(diff(was!, is!, options)).toEqual(diff(old, next, options))
  })

  test('and of nothing where there is nothing', () => {
    expect(diff(old, structuredClone(old), options)).toEqual([])
    expect(diff(structuredClone(next), next, options)).toEqual([])
  })
})

describe('the rules', () => {
  const rules: Readonly<Record<string, Rule>> = RULES
  const told = CASES.map(({ old, next, options }) => ({
    there: new Set(diff(old, next, options).map(({ rule }) => rule)),
    back: new Set(diff(next, old, options).map(({ rule }) => rule)),
  }))

  test('are each told in a case', () => {
    const seen = new Set(told.flatMap(({ there, back }) => [...there, ...back]))
    expect([...seen].sort()).toEqual(Object.keys(RULES).sort())
  })

  test('have each a mirror that is told on the way back, or a reason why there is none', () => {
    const alone = told.flatMap(({ there, back }) =>
      [
        ...[...there].map((rule) => [rule, back] as const),
        ...[...back].map((rule) => [rule, there] as const),
      ].filter(([rule, others]) => {
        const { mirror } = rules[rule]!
        return 'none' in mirror ? mirror.none === '' : !mirror.some((id) => others.has(id as Change['rule']))
      }),
    )
    expect(alone).toEqual([])
  })

  test('name rules that there are as their mirrors, which name them in return', () => {
    for (const [id, { mirror }] of Object.entries(rules)) {
      if ('none' in mirror) continue
      for (const other of mirror) expect(rules[other]?.mirror, `${id} → ${other}`).toContain(id)
    }
  })
})

function prints(next: Dump): readonly string[] {
  return diff(shop(), next).map(({ fingerprint }) => fingerprint)
}

describe('a fingerprint', () => {
  test('is the same in every run, and of twelve hexadecimal digits', () => {
    const next = shop({ retired: [9], envelope: 'nested' })
    expect(prints(next)).toEqual(prints(structuredClone(next)))
    expect(prints(next).every((print) => /^[\da-f]{12}$/.test(print))).toBe(true)
  })

  test('is that of a change alone', () => {
    const all = CASES.map(({ old, next, options }) => diff(old, next, options))
    for (const changes of all) {
      expect(new Set(changes.map(({ fingerprint }) => fingerprint)).size).toBe(changes.length)
    }
    expect(prints(shop({ name: 'a' }))).not.toEqual(prints(shop({ name: 'b' })))
  })

  test('does not depend on what clients know', () => {
    const { old, next } = CASES.find(({ title }) => title === 'a code of a status that others have')!
    expect(diff(old, next, { codes: 'closed' })[0]!.fingerprint).toBe(diff(old, next)[0]!.fingerprint)
  })
})
