import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** The compiler takes as long as the machine is busy. */
const PATIENCE = 300_000

interface Compiled {
  readonly code: number
  readonly stdout: string
}

function compile(...args: readonly string[]): Promise<Compiled> {
  return promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', ...args]).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: Compiled) => ({ code, stdout }),
  )
}

// That all others compile is found by `npm run lint`, which reads the types anyway.
test('a type test that is wrong on purpose does not compile', { timeout: PATIENCE }, async () => {
  const { code, stdout } = await compile('-p', 'test/types/canary')
  expect(stdout).toContain("Argument of type '999999' is not assignable")
  expect(code).not.toBe(0)
})
