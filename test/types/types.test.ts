import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

function compile(project: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], {
    encoding: 'utf8',
  })
  return { status, output: stdout }
}

test('sources, tests, examples and the type tests compile', () => {
  expect(compile('tsconfig.json')).toEqual({ status: 0, output: '' })
})

test('a type test that is wrong on purpose does not compile', () => {
  const { status, output } = compile('test/types/canary')
  expect(output).toContain("Argument of type '999999' is not assignable")
  expect(status).not.toBe(0)
})
