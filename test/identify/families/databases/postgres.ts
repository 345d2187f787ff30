import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../support/free-port.ts'
import { describeWithServer, end, folderOf, logUntil, ownerOf, removeFolder, stopOf } from './server.ts'

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
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>
  /** Starts it again, with its data, on its port. */
  readonly start: () => Promise<void>
  /** It hangs: its connections stay, and nothing is answered. */
  readonly pause: () => void
  readonly resume: () => void
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

/**
 * Starts a server on a free loopback port. It is as careless as tests may be: no passwords, nothing synced.
 *
 * @param more - settings, as in postgresql.conf
 * @param at - the port, which has to be free
 */
export async function startPostgres(
  more: Readonly<Record<string, string | number>> = {},
  at?: number,
): Promise<Postgres> {
  if (bin === undefined) throw new Error('PostgreSQL is not installed')
  const program = join(bin, 'postgres')
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const owner = ownerOf(folder, 'postgres')
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })

  /** Returns the server on a port, or what it said when it did not start. */
  async function run(port: number): Promise<ChildProcess | string> {
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: folder,
      fsync: 'off',
      ...more,
    }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawn(program, ['-D', data, ...options], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return (await logUntil(READY, child)) ?? child
  }

  for (let attempt = 1; ; attempt += 1) {
    const port = at ?? (await freePort())
    const started = await run(port)
    if (typeof started !== 'string') return serverOn(port, started)
    // Another process may have taken the port in between.
    if (attempt < ATTEMPTS) continue
    removeFolder(folder)
    throw new Error(`PostgreSQL does not start:\n${started}`)
  }

  function serverOn(port: number, started: ChildProcess): Postgres {
    const server = { folder, child: started, signal: 'SIGQUIT' as const }
    const stop = stopOf(server)

    /** Its processes are a group each. Once it is stopped itself, it starts no more. */
    function signalAll(signal: NodeJS.Signals): void {
      if (!server.child.kill(signal)) return
      const children = spawnSync('pgrep', ['-P', String(server.child.pid)], { encoding: 'utf8' })
      for (const pid of children.stdout.split('\n').filter(Boolean)) {
        try {
          process.kill(Number(pid), signal)
        } catch {
          // It has ended by itself.
        }
      }
    }

    return {
      connection: { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' },
      folder,
      beginStop: () => void server.child.kill('SIGTERM'),
      async stop() {
        signalAll('SIGCONT')
        await stop()
      },
      async kill() {
        signalAll('SIGCONT')
        await end(server.child, server.signal)
      },
      async start() {
        const again = await run(port)
        if (typeof again === 'string') throw new Error(`PostgreSQL does not start again:\n${again}`)
        server.child = again
      },
      pause: () => signalAll('SIGSTOP'),
      resume: () => signalAll('SIGCONT'),
    }
  }
}
