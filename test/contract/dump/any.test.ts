import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dump } from '../../../src/contract/dump/dump.ts'
import { parseDump } from '../../../src/contract/dump/parse.ts'
import { writeDump } from '../../../src/contract/dump/write.ts'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { anyDump } from '../codegen/any-dump.ts'
import { dumps } from '../codegen/clients.ts'

function expectReadAsWritten(dump: Dump): void {
  const text = writeDump(parseDump(writeDump(dump), 'errors.json'))
  expect(writeDump(parseDump(text, 'errors.json'))).toBe(text)
  expect(JSON.parse(text)).toEqual(JSON.parse(writeDump(dump)))
}

test('a dump that was written is read as it was', () => {
  Object.values(dumps).forEach(expectReadAsWritten)
  fc.assert(fc.property(anyDump, expectReadAsWritten), { numRuns: 60 })
})

/** A dump in which something has become anything else. */
const forged = fc
  .tuple(anyDump, fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.constantFrom('value', 'member', '__proto__'))
  .map(([dump, value, at, how]) => {
    const places: { readonly owner: object; readonly name: string }[] = []
    const tree = JSON.parse(JSON.stringify(dump)) as object
    const look = (owner: object): void => {
      for (const [name, each] of Object.entries(owner)) {
        places.push({ owner, name })
        if (typeof each === 'object' && each !== null) look(each as object)
      }
    }
    look(tree)
    const { owner, name } = places[at % places.length]!
    Object.defineProperty(owner, how === 'value' ? name : how, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    return JSON.stringify(tree)
  })

test('a dump that is not one is refused in one line, or read as if it were not there', () => {
  fc.assert(
    fc.property(fc.oneof(forged, fc.json(), fc.string()), (text) => {
      let error: unknown
      try {
        parseDump(text, 'errors.json')
      } catch (thrown) {
        error = thrown
      }
      if (error === undefined) return
      expect(error).toBeInstanceOf(SetupError)
      expect((error as Error).message).toMatch(/^errors\.json\b.*\.$/)
      expect((error as Error).message.length).toBeLessThan(500)
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})
