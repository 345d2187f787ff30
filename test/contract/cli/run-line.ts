import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const RUNNER = fileURLToPath(new URL('runner.mjs', import.meta.url))

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command line, and where it is given. */
interface Line {
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

let runner: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

/** Runs the built command in the process that runs all lines, one at a time. */
export function runLine(line: Line): Promise<Ran> {
  const ran = last.then(() => ask(line))
  last = ran.catch(() => {})
  return ran
}

function ask(line: Line): Promise<Ran> {
  const asked = (runner ??= start())
  return new Promise((resolve, reject) => {
    const settle = (ran: unknown): void => {
      asked.off('message', settle).off('exit', fail)
      resolve(ran as Ran)
    }
    const fail = (): void => {
      runner = undefined
      reject(new Error(`bizerror ${line.args.join(' ')} ended the process of all lines`))
    }
    asked.once('message', settle).once('exit', fail)
    asked.send(line)
  })
}

function start(): ChildProcess {
  const started = fork(RUNNER, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  // It ends with the tests.
  started.unref()
  started.channel!.unref()
  return started
}
