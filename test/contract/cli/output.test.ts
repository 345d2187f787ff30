import { execFileSync } from 'node:child_process'
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFiles } from '../../../src/contract/cli/output.ts'
import { project } from './run.ts'

test('where one of several files is a folder, none is written', () => {
  const { folder, read, files } = project({ 'a.txt': 'old' })
  mkdirSync(join(folder, 'b.txt'))
  const both = new Map([
    ['a.txt', 'new'],
    ['b.txt', 'new'],
  ])
  expect(() => writeFiles(folder, both)).toThrow('b.txt was not written: it is a folder.')
  expect({ a: read('a.txt'), files: files() }).toEqual({ a: 'old', files: ['a.txt'] })
})

test('a link stays a link, and a file keeps who may read it', () => {
  const { folder } = project({})
  writeFileSync(join(folder, 'real.txt'), 'old', { mode: 0o600 })
  symlinkSync('real.txt', join(folder, 'link.txt'))
  writeFiles(folder, new Map([['link.txt', 'new']]))
  expect(lstatSync(join(folder, 'link.txt')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toBe('new')
  expect(statSync(join(folder, 'real.txt')).mode & 0o777).toBe(0o600)
})

test('what is no regular file is written into, and not replaced', () => {
  const { folder } = project({})
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  // Both ends are open, so that neither waits for the other.
  const end = openSync(pipe, 'r+')
  writeFiles(folder, new Map([['pipe', 'new']]))
  expect(lstatSync(pipe).isFIFO()).toBe(true)
  const got = Buffer.alloc(3)
  readSync(end, got)
  closeSync(end)
  expect(got.toString()).toBe('new')
})
