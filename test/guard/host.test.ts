import { describe, expect, test } from 'vitest'
import { channelNamed } from '../../src/guard/channel.ts'
import { builtin } from '../../src/guard/host.ts'
import { toUtf8, utf8Length } from '../../src/guard/utf8.ts'

/** Lets a test see a host without `process`, as a browser is. */
function withoutProcess<TResult>(use: () => TResult): TResult {
  const { process } = globalThis
  Reflect.deleteProperty(globalThis, 'process')
  try {
    return use()
  } finally {
    globalThis.process = process
  }
}

describe('a module that the host has built in', () => {
  test('is Node.js’s own', async () => {
    expect(builtin('node:fs')).toBe((await import('node:fs')).default)
  })

  test.each(['node:nothing', 'fs '] as const)('is undefined where there is none: %s', (name) => {
    expect(builtin(name as 'node:nothing')).toBeUndefined()
  })

  test('is undefined where the host is not Node.js', () => {
    expect(withoutProcess(() => [builtin('node:fs'), channelNamed('bizerror.report')])).toEqual([
      undefined,
      undefined,
    ])
  })
})

test.each(['', 'a', 'ä', '€', '😀', '\uD800', 'a\u0000ü'])(
  '%j has as many bytes as are made of it',
  (text) => {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
    expect([...toUtf8(text)]).toEqual([...new TextEncoder().encode(text)])
  },
)
