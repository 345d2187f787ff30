import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own. */
export interface Started {
  readonly port: number
  /** All that it has printed so far. */
  readonly printed: () => string
  readonly stop: () => Promise<void>
}

/** Starts a server that prints its port as `{"port":80}`, and ends where it does not. */
export async function started(command: string, args: readonly string[], cwd: string): Promise<Started> {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
    // The command of a package may be a script that starts another.
    detached: true,
  })
  let printed = ''
  const exited = once(child, 'exit')
  const port = await new Promise<number>((resolve, reject) => {
    const read = (part: Buffer): void => {
      printed += String(part)
      const found = /"port":(\d+)\}/.exec(printed)?.[1]
      if (found !== undefined) resolve(Number(found))
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}\n${printed}`)))
    child.once('error', reject)
  })
  return {
    port,
    printed: () => printed,
    async stop() {
      if (child.exitCode === null) process.kill(-child.pid!, 'SIGKILL')
      await exited
    },
  }
}
