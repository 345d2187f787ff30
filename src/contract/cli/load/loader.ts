import { Worker } from 'node:worker_threads'
import { UsageError } from '../command.ts'
import type { Question, Reply } from './messages.ts'

/** Asks modules of the project. */
export interface Loader {
  /** @throws UsageError - when they cannot be loaded, end the process, or do not come to an end */
  readonly ask: (
    question: Question,
  ) => Promise<{ readonly value: unknown; readonly faults: readonly string[] }>
  readonly close: () => Promise<void>
}

const SECONDS = 30

const PROGRAM = new URL('./catalog-worker.js', import.meta.url)

/**
 * Modules of the project run in a thread: they may open a database, print, loop, or end the process.
 *
 * @param seconds - after which they are given up
 * @param program - what runs them
 */
export function createLoader(cwd: string, seconds = SECONDS, program = PROGRAM): Loader {
  let worker: Worker | undefined

  function start(): Worker {
    const started = new Worker(program, {
      workerData: { cwd },
      stdout: true,
    })
    // Stdout is for what was asked of the command.
    started.stdout.pipe(process.stderr, { end: false })
    return started
  }

  return {
    async ask(question) {
      worker ??= start()
      const asked = worker
      const named =
        question.ask === 'config' ? question.file : question.catalogs.map(({ given }) => given).join(', ')
      let timer: NodeJS.Timeout | undefined
      const reply = await new Promise<Reply>((resolve) => {
        const end = (message: string): void => resolve({ ok: false, message })
        timer = setTimeout(
          () =>
            end(
              `${named} did not come to an end within ${seconds} s. Put the catalog into a module of its own.`,
            ),
          seconds * 1000,
        )
        asked.once('message', resolve)
        asked.once('error', (error) => end(`${named} cannot be loaded: ${String(error)}`))
        asked.once('exit', () =>
          end(`${named} ended the process while it was loaded. Put the catalog into a module of its own.`),
        )
        asked.postMessage(question)
      })
      clearTimeout(timer)
      // Not those that the thread itself has: it would not tell of a second message.
      for (const event of ['message', 'error', 'exit']) asked.removeAllListeners(event)
      if (reply.ok) return reply
      throw new UsageError(reply.message)
    },
    async close() {
      const closed = worker
      worker = undefined
      await closed?.terminate()
    },
  }
}
