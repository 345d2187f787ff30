import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { isThere, readParsed, readUtf8 } from '../../../src/locale/sources/file.ts'

const root = mkdtempSync(join(tmpdir(), 'bizerror-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})

const MAX_BYTES = 67_108_864

let files = 0

/** Writes a file of its own. */
function written(content: string | readonly number[]): string {
  const file = join(root, `${(files += 1)}.json`)
  writeFileSync(file, typeof content === 'string' ? content : Uint8Array.from(content))
  return file
}

describe('isThere', () => {
  test('is true for a file, a folder, and a link that leads nowhere', () => {
    const link = join(root, 'link')
    symlinkSync(join(root, 'nowhere'), link)
    expect([written(''), root, link].map(isThere)).toEqual([true, true, true])
  })

  test('is false for what is missing, in a folder, in none, and below a file', () => {
    const missing = [join(root, 'missing'), join(root, 'missing', 'x'), join(written(''), 'x')]
    expect(missing.map(isThere)).toEqual([false, false, false])
  })

  test('is true for what cannot be asked for, so that reading it says why', () => {
    expect(isThere(join(root, 'x'.repeat(10_000)))).toBe(true)
  })
})

describe('readUtf8', () => {
  test.each([
    ['nothing', ''],
    ['one character', '7'],
    ['two characters', '{}'],
    ['NULs', '\0\0'],
    ['letters of other scripts', 'ä日本\u{1F600}'],
    ['a NUL after one of them', 'ä\0'],
    ['a byte order mark', '\uFEFF{}'],
    ['many', 'ä'.repeat(100_000)],
  ])('reads %s', (_what, content) => {
    expect(readUtf8(written(content)).toString()).toBe(content)
  })

  test.each([
    ['UTF-16', [0xff, 0xfe, 0x7b, 0]],
    ['UTF-16', [0xfe, 0xff, 0, 0x7b]],
    ['UTF-16', [0x7b, 0, 0x7d, 0]],
    ['UTF-16', [0, 0x7b, 0, 0x7d]],
    ['another encoding', [0x22, 0xe9, 0x22]],
    ['another encoding', [0xff, 0xff]],
    ['another encoding', [0xfe, 0xfe]],
    ['another encoding', [0x80, 0]],
    ['another encoding', [0, 0x80]],
  ])('refuses %s: %j', (encoding, bytes) => {
    const file = written(bytes)
    expect(() => readUtf8(file)).toThrow(new SetupError(`${file} is in ${encoding}. Save it in UTF-8.`))
  })

  test('refuses what is no regular file, and waits for nobody', () => {
    const folder = join(root, 'folder')
    mkdirSync(folder)
    const fifo = join(root, 'fifo')
    execFileSync('mkfifo', [fifo])
    for (const file of [folder, fifo, '/dev/zero']) {
      expect(() => readUtf8(file)).toThrow(
        new SetupError(`${file} is no regular file. Put a file of texts in its place.`),
      )
    }
  })

  test('reads 64 MiB, and no more', () => {
    const file = written('')
    truncateSync(file, MAX_BYTES)
    expect(readUtf8(file)).toHaveLength(MAX_BYTES)
    truncateSync(file, MAX_BYTES + 1)
    expect(() => readUtf8(file)).toThrow(
      new SetupError(`${file} has ${MAX_BYTES + 1} bytes. Give at most ${MAX_BYTES}.`),
    )
  })

  test('says why a file was not read', () => {
    const file = join(root, 'missing.json')
    expect(() => readUtf8(file)).toThrow(
      new SetupError(`${file} was not read: ENOENT: no such file or directory, open '${file}'`),
    )
  })
})

describe('readParsed', () => {
  test('reads JSON, with a byte order mark and without', () => {
    expect([written('{ "a": [1] }'), written('\uFEFF{}')].map(readParsed)).toEqual([{ a: [1] }, {}])
  })

  test('refuses what is none, and says where it stops', () => {
    const file = written('{}\uFEFF')
    expect(() => readParsed(file)).toThrow(SetupError)
    expect(() => readParsed(file)).toThrow(`${file} was not read: `)
    expect(() => readParsed(file)).toThrow('JSON')
  })
})
