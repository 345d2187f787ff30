import { createRequire } from 'node:module'
import type Database from 'better-sqlite3'
import type * as Drizzle from 'drizzle-orm'
import type * as DrizzleSqlite from 'drizzle-orm/better-sqlite3'
import { test } from 'vitest'
import { describeUnless } from './describe-unless.ts'

/** better-sqlite3, and what looks for it beside itself. */
interface Installed {
  readonly Database: typeof Database
  readonly sql: typeof Drizzle.sql
  readonly drizzle: typeof DrizzleSqlite.drizzle
}

// A driver that is compiled where no binary of it can be had: an install of its own, for which no other waits.
const load = createRequire(new URL('../../../foreign/package.json', import.meta.url))

/** As `describe`, for tests that need better-sqlite3: its binary is made for the Node.js that installed it. */
export function describeWithSqlite(title: string, body: (installed: Installed) => void): void {
  const problem = loadingProblem()
  if (problem !== undefined) return describeUnless(problem, title, () => test(problem))
  describeUnless(undefined, title, () =>
    body({
      Database: load('better-sqlite3') as typeof Database,
      sql: (load('drizzle-orm') as typeof Drizzle).sql,
      drizzle: (load('drizzle-orm/better-sqlite3') as typeof DrizzleSqlite).drizzle,
    }),
  )
}

function loadingProblem(): string | undefined {
  try {
    new (load('better-sqlite3') as typeof Database)(':memory:').close()
    return undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_DLOPEN_FAILED') {
      return `better-sqlite3 is installed for another version of Node.js than ${process.version}`
    }
    if (code !== 'MODULE_NOT_FOUND' || process.env['CI']) throw error
    return 'better-sqlite3 is not installed (npm ci --prefix test/foreign)'
  }
}
