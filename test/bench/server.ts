import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import type { Profiler } from 'node:inspector'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { buildCode, inputOptions } from '../../.build/code.ts'
import { ENTRIES } from '../../.build/entries.ts'
import { pinned, SERVER_CORE } from './cores.ts'
import type { Variant } from './variants.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the package as it is published, beside the servers: what is measured is always today's code. */
export async function build(): Promise<void> {
  if (!existsSync(`${here}node_modules`)) throw new Error('Run npm ci in test/bench first.')
  rmSync(`${here}dist`, { recursive: true, force: true })
  await buildCode(`${here}dist`)
}

/** The same code in as many files as the source has, for what measures its parts: `#bizerror/parts/guard/read.js`. */
export async function buildParts(): Promise<void> {
  await build()
  // Else entry points were named as the package names them: `catalogs-cloud-waf.js`.
  const input = Object.fromEntries(
    ENTRIES.map(({ source }) => [source.replace(/^src\/(.*)\.ts$/, '$1'), source]),
  )
  const bundle = await rolldown({ ...inputOptions(`${here}dist/`, input), treeshake: false })
  await bundle.write({ dir: `${here}dist/parts`, preserveModules: true, preserveModulesRoot: `${root}src` })
  await bundle.close()
}

/** What a server tells of itself. */
interface Answers {
  readonly cpu: NodeJS.CpuUsage
  readonly memory: NodeJS.MemoryUsage
  readonly profile: undefined
  readonly profiled: Profiler.Profile
}

/** A variant in a process of its own. */
export interface Server {
  readonly port: number
  /** The version of its Node. */
  readonly node: string
  readonly ask: <TQuestion extends keyof Answers>(question: TQuestion) => Promise<Answers[TQuestion]>
  readonly stop: () => void
}

/** @param node - the binary to run it with */
export async function startServer(
  { title, module, options = {}, environment }: Variant,
  node: string,
): Promise<Server> {
  const child = spawn(...pinned(SERVER_CORE, node, [`${here}serve.js`, module, JSON.stringify(options)]), {
    // It ends when this process does: its channel closes.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  })
  const started = (await nextMessage(child, title)) as { readonly port: number; readonly node: string }
  return {
    ...started,
    async ask<TQuestion extends keyof Answers>(question: TQuestion) {
      child.send(question)
      const { answer } = (await nextMessage(child, title)) as { readonly answer: Answers[TQuestion] }
      return answer
    },
    stop: () => child.disconnect(),
  }
}

/**
 * Waits for what a server says next.
 *
 * @param timeout - milliseconds
 */
export async function nextMessage(child: ChildProcess, title: string, timeout = 20_000): Promise<unknown> {
  const done = new AbortController()
  try {
    return await Promise.race([
      once(child, 'message', { signal: done.signal }).then(([message]) => message as unknown),
      once(child, 'exit', { signal: done.signal }).then(() => {
        throw new Error(`The server ended: ${title}`)
      }),
      once(AbortSignal.timeout(timeout), 'abort', { signal: done.signal }).then(() => {
        throw new Error(`The server says nothing: ${title}`)
      }),
    ])
  } finally {
    done.abort()
  }
}
