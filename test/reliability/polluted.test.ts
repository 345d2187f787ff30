import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { built } from '../support/built.ts'
import { frameworkNames } from '../support/frameworks.ts'
import type { Difference } from './polluted-probe.ts'
import { POLLUTED_NAMES } from './polluted.ts'

interface Probed {
  readonly differences: readonly Difference[]
  /** How many pollutions were compared, by framework. */
  readonly compared: Readonly<Record<string, number>>
  readonly unsurvived: readonly string[]
}

// What runs TypeScript elsewhere defines a name for each function, with a property descriptor that pollution breaks.
const probe = built(new URL('polluted-probe.ts', import.meta.url))

describe('Q08. What all objects have', () => {
  let probed: Probed
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [probe], { maxBuffer: 1e9 })
    probed = JSON.parse(stdout) as Probed
  }, 300_000)

  test('Q08: is no option and nothing of a thrown value: each answer and report is as without it', () => {
    expect(probed.differences.slice(0, 5)).toEqual([])
  })

  test('Q08: was tried with every name and value that the frameworks themselves survive', () => {
    const all = POLLUTED_NAMES.length
    const { 'set-up': setUp, ...frameworks } = probed.compared
    expect(setUp).toBeGreaterThan(4)
    expect(Object.keys(frameworks)).toEqual(frameworkNames)
    for (const [name, count] of Object.entries(frameworks)) expect(count, name).toBeGreaterThan(0.9 * all)
  })
})
