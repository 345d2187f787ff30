import Database from 'better-sqlite3'
import { describeUnless } from './describe-unless.ts'

/** As `describe`, for tests that need better-sqlite3: its binary is made for the Node.js that installed it. */
export function describeWithSqlite(title: string, body: () => void): void {
  describeUnless(loadingProblem(), title, body)
}

function loadingProblem(): string | undefined {
  try {
    new Database(':memory:').close()
    return undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_DLOPEN_FAILED') throw error
    return `better-sqlite3 is installed for another version of Node.js than ${process.version}`
  }
}
