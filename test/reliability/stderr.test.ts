import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { built } from '../support/built.ts'

const script = built(new URL('stderr-process.ts', import.meta.url))

/**
 * What a process says on stdout while it answers with the default logger, and how it ends.
 *
 * @param prepare - does something with our side of its stderr, before it has loaded
 */
async function saidBy(
  stderr: 'pipe' | number,
  args: readonly string[],
  prepare: (stderr: Readable) => void = () => {},
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', stderr] })
  if (child.stderr) prepare(child.stderr)
  const stdout = child.stdout!
  // Node itself waits, at the end of a process, for what a pipe has not taken yet.
  stdout.on('data', (chunk) => String(chunk).includes('alive') && child.stderr?.resume())
  const [said, [status]] = await Promise.all([text(stdout), once(child, 'exit')])
  return [...said.trim().split('\n'), `status: ${status}`]
}

const lives = ['waits for less than 2 MB: true', 'alive', 'status: 0']

test('Q05: the process lives when the other side of its stderr is closed', async () => {
  expect(await saidBy('pipe', ['3'], (stderr) => stderr.destroy())).toEqual(lives)
})

test("Q05: an app's own write to a closed stderr is told to the app as ever", async () => {
  const said = await saidBy('pipe', ['3', 'own'], (stderr) => stderr.destroy())
  expect(said).toEqual([lives[0], 'uncaught: write EPIPE', ...lives.slice(1)])
})

test('Q05: a pipe that nobody drains holds neither answers nor more than 2 MB', async () => {
  // 4 MB of log.
  expect(await saidBy('pipe', ['500'], (stderr) => stderr.pause())).toEqual(lives)
})

// Linux has a device that is always full.
test.runIf(process.platform === 'linux')('Q05: the process lives when the disk is full', async () => {
  const full = openSync('/dev/full', 'w')
  try {
    expect(await saidBy(full, ['3'])).toEqual(lives)
  } finally {
    closeSync(full)
  }
})
