import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../../support/free-port.ts'
import { say } from '../../../support/printed.ts'

/** A real server on a loopback port of its own, without persistence. */
export interface RedisServer {
  readonly port: number
  /** Starts it again on the same port, with what was saved. */
  readonly start: (settings?: readonly string[]) => Promise<void>
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>
  /** It hangs: its connections stay, and nothing is answered. */
  readonly pause: () => void
  readonly resume: () => void
  /** Ends it and takes away its folder. */
  readonly stop: () => Promise<void>
}

export type Command = 'redis-server' | 'valkey-server'

/** Whether there is a redis-server to start. */
const hasRedis = isInstalled('redis-server')

export function isInstalled(command: Command): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

// In CI, a suite without its server fails instead.
const isSkipped = !hasRedis && !process.env['CI']

/** Added to the title of a suite that needs a server. */
export const WHY_SKIPPED = isSkipped ? ' (skipped: no redis-server is installed)' : ''

/** Whether a suite that needs a server is skipped, which stderr then says. */
export function withoutRedis(file: string): boolean {
  if (isSkipped) {
    say(`${file} DID NOT RUN: there is no redis-server. Install Redis 7 to run it.`)
  }
  return isSkipped
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** @param settings - as on the command line of redis-server: `['--maxmemory', '10mb']` */
export function startRedis(settings?: readonly string[], at?: number): Promise<RedisServer> {
  return startServer('redis-server', settings, at)
}

/** The same of a server that speaks as Redis does. */
export async function startServer(
  command: Command,
  settings: readonly string[] = [],
  at?: number,
): Promise<RedisServer> {
  const port = at ?? (await freePort())
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-redis-'))
  let child: ChildProcess

  async function start(more: readonly string[] = []): Promise<void> {
    child = spawn(
      command,
      ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...settings, ...more],
      { stdio: 'ignore' },
    )
    child.once('error', () => {})
    running.add(child)
    child.once('exit', () => running.delete(child))
    await untilAnswering(command, port, child)
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
  }

  try {
    await start()
  } catch (error) {
    await kill()
    throw error
  }
  return {
    port,
    start,
    kill,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    async stop() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Any answer will do: that it is loading, or wants a password. */
async function untilAnswering(command: Command, port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (child.pid === undefined) throw new Error(`There is no ${command}: install Redis 7, or Valkey`)
    if (child.exitCode !== null) throw new Error(`${command} ended with code ${child.exitCode}`)
    const socket = connect(port, '127.0.0.1')
    try {
      socket.write('PING\r\n')
      await once(socket, 'data')
      return
    } catch {
      await sleep(10)
    } finally {
      socket.destroy()
    }
  }
  throw new Error(`${command} did not start`)
}
