import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../support/free-port.ts'
import { describeWithServer, folderOf, logUntil, ownerOf, removeFolder, stopOf } from './server.ts'

export { START_TIMEOUT } from './server.ts'

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

const bin = folderOf(
  ['initdb', 'postgres'],
  versions().map((version) => join(DEBIAN, version, 'bin')),
)

function versions(): readonly string[] {
  try {
    return readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a))
  } catch {
    return []
  }
}

/** As `describe`, for tests that need PostgreSQL. In CI they fail where it is not installed. */
export function describeWithPostgres(title: string, body: () => void): void {
  const problem =
    bin === undefined ? 'PostgreSQL is not installed (Debian: apt-get install postgresql)' : undefined
  describeWithServer(problem, title, body)
}

/** Starts a server on a free loopback port. It is as careless as tests may be: no passwords, nothing synced. */
export async function startPostgres(): Promise<Postgres> {
  if (bin === undefined) throw new Error('PostgreSQL is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const owner = ownerOf(folder, 'postgres')
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const log = await logUntil(READY, child)
    if (log === undefined) {
      return {
        connection: { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' },
        folder,
        beginStop: () => void child.kill('SIGTERM'),
        stop: stopOf({ folder, child, signal: 'SIGQUIT' }),
      }
    }
    // Another process may have taken the port in between.
    if (attempt < ATTEMPTS) continue
    removeFolder(folder)
    throw new Error(`PostgreSQL does not start:\n${log}`)
  }
}
