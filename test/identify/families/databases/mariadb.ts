import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../support/free-port.ts'
import { describeWithServer, folderOf, logUntil, ownerOf, removeFolder, stopOf } from './server.ts'

export { START_TIMEOUT } from './server.ts'

/** A MariaDB server of the tests' own, in a folder that goes with it. */
export interface MariaDb {
  /** As the drivers take it. The database is there, and empty. */
  readonly connection: Readonly<Record<'host' | 'user' | 'database', string>> & { readonly port: number }
  readonly stop: () => Promise<void>
}

const READY = 'ready for connections'
const ATTEMPTS = 3
const DATABASE = 'test'

// Debian keeps the server out of a user's PATH.
const server = folderOf(['mariadbd'], ['/usr/sbin'])
const client = folderOf(['mariadb-install-db'], ['/usr/bin'])

/** As `describe`, for tests that need MariaDB. In CI they fail where it is not installed. */
export function describeWithMariaDb(title: string, body: () => void): void {
  const problem =
    server === undefined || client === undefined
      ? 'MariaDB is not installed (Debian: apt-get install mariadb-server)'
      : undefined
  describeWithServer(problem, title, body)
}

/** Starts a server on a free loopback port. It is as careless as tests may be: no passwords, nothing synced. */
export async function startMariaDb(): Promise<MariaDb> {
  if (server === undefined || client === undefined) throw new Error('MariaDB is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'mariadb-'))
  const owner = ownerOf(folder, 'mysql')
  const init = join(folder, 'init.sql')
  writeFileSync(init, `create database ${DATABASE};\n`)
  const common = ['--no-defaults', `--datadir=${join(folder, 'data')}`, '--skip-name-resolve']
  execFileSync(
    join(client, 'mariadb-install-db'),
    [...common, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { ...owner, cwd: folder, stdio: 'ignore' },
  )

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const settings = {
      'bind-address': '127.0.0.1',
      port,
      socket: join(folder, 'socket'),
      'pid-file': join(folder, 'pid'),
      'innodb-flush-log-at-trx-commit': 0,
      'character-set-server': 'utf8mb4',
      'init-file': init,
    }
    const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
    const child = spawn(join(server, 'mariadbd'), [...common, ...options], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const log = await logUntil(READY, child)
    if (log === undefined) {
      return {
        connection: { host: '127.0.0.1', port, user: 'root', database: DATABASE },
        stop: stopOf({ folder, child, signal: 'SIGKILL' }),
      }
    }
    // Another process may have taken the port in between.
    if (attempt < ATTEMPTS) continue
    removeFolder(folder)
    throw new Error(`MariaDB does not start:\n${log}`)
  }
}
