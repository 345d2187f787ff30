import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

function compile(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', ...args], {
    encoding: 'utf8',
  })
  return { status, output: stdout }
}

test('sources, tests, examples and the type tests compile', () => {
  // As `npm run typecheck`, whose answer is used again where nothing has changed since.
  const [, ...args] = manifest.scripts.typecheck.split(' ')
  expect(compile(...args)).toEqual({ status: 0, output: '' })
})

test('a type test that is wrong on purpose does not compile', () => {
  const { status, output } = compile('-p', 'test/types/canary')
  expect(output).toContain("Argument of type '999999' is not assignable")
  expect(status).not.toBe(0)
})
