import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

declare module 'vitest' {
  interface TaskMeta {
    /** The version of the process that ran the test: run.ts holds it against the one that was asked for. */
    node?: string
  }
}

test('the suite runs on a Node.js that package.json admits', ({ task }) => {
  task.meta.node = process.version
  const [, lowestMajor, lowestMinor] = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node)!.map(Number)
  const [major, minor] = process.versions.node.split('.').map(Number)
  expect(major! > lowestMajor! || (major === lowestMajor && minor! >= lowestMinor!)).toBe(true)
})
