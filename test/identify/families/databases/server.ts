import { execFileSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chownSync, constants, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'vitest'
import { describeUnless } from './describe-unless.ts'

/** Milliseconds for the start on a busy machine. */
export const START_TIMEOUT = 60_000

/** Returns the folder of PATH, or of others, that has all these programs. */
export function folderOf(programs: readonly string[], others: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return [...folders, ...others].find((folder) => programs.every((name) => isExecutable(join(folder, name))))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** As `describe`, for tests that need a server. In CI they fail where it is not installed. */
export function describeWithServer(problem: string | undefined, title: string, body: () => void): void {
  if (problem === undefined || !process.env['CI']) {
    describeUnless(problem, title, body)
    return
  }
  test(title, () => {
    throw new Error(problem)
  })
}

/** A server that runs in a folder of its own, which goes with it. */
export interface RunningServer {
  readonly folder: string
  /** Another one once it was started again. */
  readonly child: ChildProcess
  /** Ends it at once: nothing in there is worth keeping. */
  readonly signal: NodeJS.Signals
}

/** Returns what stops a server. The end of the process does as well. */
export function stopOf(server: RunningServer): () => Promise<void> {
  const { folder, signal } = server
  const abandon = (): void => {
    server.child.kill(signal)
    removeFolder(folder)
  }
  process.once('exit', abandon)
  return async () => {
    process.off('exit', abandon)
    await end(server.child, signal)
    removeFolder(folder)
  }
}

/** Ends a process, unless it has ended. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Servers refuse to run as root; Debian has a user for each, to whom the folder is given. */
export function ownerOf(folder: string, user: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8' })),
  )
  chownSync(folder, uid!, gid!)
  return { uid: uid!, gid: gid! }
}

/** Returns undefined once the server is ready, or what it said when it ended instead. */
export async function logUntil(ready: string, server: ChildProcess): Promise<string | undefined> {
  const lines: string[] = []
  for await (const line of createInterface({ input: server.stderr! })) {
    lines.push(line)
    if (line.includes(ready)) break
  }
  // Unread, its pipe would fill up.
  server.stderr!.resume()
  return lines.at(-1)?.includes(ready) ? undefined : lines.join('\n')
}
