import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'vitest'
import { freePort } from '../../../support/free-port.ts'
import { describeUnless } from './describe-unless.ts'

/** Milliseconds for the start on a busy machine. */
export const START_TIMEOUT = 60_000

/** A PostgreSQL server of the tests' own, in a folder that goes with it. */
export interface Postgres {
  /** As the drivers take it. */
  readonly connection: Readonly<Record<'host' | 'user' | 'database', string>> & { readonly port: number }
  /** Where its Unix socket is. */
  readonly folder: string
  /** Lets the server stop once its clients are gone. Until then it refuses new ones. */
  readonly beginStop: () => void
  readonly stop: () => Promise<void>
}

// Debian keeps these out of PATH.
const DEBIAN = '/usr/lib/postgresql'
const READY = 'database system is ready to accept connections'
const ATTEMPTS = 3

const bin = findBin()

function findBin(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return [...folders, ...versions().map((version) => join(DEBIAN, version, 'bin'))].find((folder) =>
    ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name))),
  )
}

function versions(): readonly string[] {
  try {
    return readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a))
  } catch {
    return []
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** As `describe`, for tests that need PostgreSQL. In CI they fail where it is not installed. */
export function describeWithPostgres(title: string, body: () => void): void {
  const problem =
    bin === undefined ? 'PostgreSQL is not installed (Debian: apt-get install postgresql)' : undefined
  if (problem === undefined || !process.env['CI']) {
    describeUnless(problem, title, body)
    return
  }
  test(title, () => {
    throw new Error(problem)
  })
}

/** Starts a server on a free loopback port. It is as careless as tests may be: no passwords, nothing synced. */
export async function startPostgres(): Promise<Postgres> {
  if (bin === undefined) throw new Error('PostgreSQL is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const owner = ownerOf(folder)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const server = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    const log = await logUntilReady(server)
    if (log === undefined) return running({ folder, port, server, remove })
    // Another process may have taken the port in between.
    if (attempt < ATTEMPTS) continue
    remove()
    throw new Error(`PostgreSQL does not start:\n${log}`)
  }
}

interface Parts {
  readonly folder: string
  readonly port: number
  readonly server: ChildProcess
  readonly remove: () => void
}

function running({ folder, port, server, remove }: Parts): Postgres {
  // SIGQUIT: at once. Nothing in there is worth keeping.
  const kill = (): void => void server.kill('SIGQUIT')
  const abandon = (): void => {
    kill()
    remove()
  }
  process.once('exit', abandon)
  return {
    connection: { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' },
    folder,
    beginStop: () => void server.kill('SIGTERM'),
    async stop() {
      process.off('exit', abandon)
      if (server.exitCode === null && server.signalCode === null) {
        kill()
        await once(server, 'exit')
      }
      remove()
    },
  }
}

/** PostgreSQL refuses to run as root; Debian has a user for it. */
function ownerOf(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
  )
  chownSync(folder, uid!, gid!)
  return { uid: uid!, gid: gid! }
}

/** Returns undefined once the server is ready, or what it said when it ended instead. */
async function logUntilReady(server: ChildProcess): Promise<string | undefined> {
  const lines: string[] = []
  for await (const line of createInterface({ input: server.stderr! })) {
    lines.push(line)
    if (line.includes(READY)) break
  }
  // Unread, its pipe would fill up.
  server.stderr!.resume()
  return lines.at(-1)?.includes(READY) ? undefined : lines.join('\n')
}
