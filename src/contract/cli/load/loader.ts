import { relative } from 'node:path'
import { Worker } from 'node:worker_threads'
import { UsageError } from '../command.ts'
import type { Question, Reply } from './messages.ts'
import { textOf } from './text-of.ts'

/** Asks modules of the project. */
export interface Loader {
  /** @throws UsageError - when they cannot be loaded, end the process, or do not come to an end */
  readonly ask: (
    question: Question,
  ) => Promise<{ readonly value: unknown; readonly faults: readonly string[] }>
  readonly close: () => void
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
    // What it does when nobody asks is no answer.
    started.on('error', () => {})
    // Stdout is for what was asked of the command.
    started.stdout.pipe(process.stderr, { end: false })
    return started
  }

  return {
    async ask(question) {
      worker ??= start()
      const asked = worker
      const named =
        question.ask === 'config'
          ? relative(cwd, question.file)
          : question.catalogs.map(({ given }) => given).join(', ')
      const reply = await new Promise<Reply>((resolve) => {
        const end = (message: string): void => settle({ ok: false, message })
        const timer = setTimeout(
          () =>
            end(
              `${named} did not come to an end within ${seconds} s. Put the catalog into a module of its own.`,
            ),
          seconds * 1000,
        )
        const onError = (error: unknown): void => end(`${named} cannot be loaded: ${textOf(error)}`)
        const onExit = (): void =>
          end(`${named} ended the process while it was loaded. Put the catalog into a module of its own.`)
        function settle(reply: Reply): void {
          clearTimeout(timer)
          asked.off('message', settle).off('error', onError).off('exit', onExit)
          resolve(reply)
        }
        asked.on('message', settle).on('error', onError).on('exit', onExit)
        asked.postMessage(question)
      })
      if (reply.ok) return reply
      throw new UsageError(reply.message)
    },
    close() {
      // Nobody waits: it may be in a call that does not return.
      void worker?.terminate()
      worker = undefined
    },
  }
}
