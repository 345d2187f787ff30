// Runs a recipe of the guide as an app would, with the library that it is for: the file is the guide's own block.
import { pathToFileURL } from 'node:url'
import type { Express } from 'express'
import type { ErrorAnswer } from '../../src/index.ts'

const [recipe = '', file = ''] = process.argv.slice(2)

interface Recipe {
  readonly app: Express
  readonly onAnswer: (answer: ErrorAnswer) => void
}

/** The block is loaded before, or after, what it is for: as it is in an app. */
const load = async (): Promise<Recipe> => (await import(pathToFileURL(file).href)) as Recipe

const runs: Readonly<Record<string, () => Promise<void>>> = {
  async opentelemetry() {
    const { endedSpan } = await import('../support/tracing.ts')
    const { onAnswer } = await load()
    await onAll({ onAnswer }, async (name, path) => {
      const { attributes, status } = await endedSpan()
      const { 'error.type': type, 'bizerror.catalog': catalog, 'bizerror.code': code } = attributes
      console.log(JSON.stringify([name, path, status.code, type, catalog, code]))
    })
  },

  async sentry() {
    await load()
    await onAll({}, async () => {})
    const { close } = await import('@sentry/node')
    await close(5_000)
  },

  async 'pino-http'() {
    const { app } = await load()
    const { listen } = await import('../support/frameworks.ts')
    const { send } = await import('../support/raw.ts')
    const { port, server } = await listen(app)
    for (const path of ['/conflict', '/fault']) {
      await send(port, { path, headers: { 'X-Request-ID': `id-of-${path.slice(1)}` } })
    }
    server.close()
  },
}

/** Sends requests that fail to every framework, one after the other. */
async function onAll(
  options: object,
  answered: (framework: string, path: string) => Promise<void>,
): Promise<void> {
  const { frameworks, listen } = await import('../support/frameworks.ts')
  const { send } = await import('../support/raw.ts')
  const { BizError } = await import('../../src/index.ts')
  const { z } = await import('zod')
  const logger = { error: (): void => {} }
  for (const { name, listener } of frameworks) {
    const routes = {
      '/conflict': () => {
        throw new BizError(1006)
      },
      '/invalid': () => z.string().parse(7),
      '/fault': () => {
        throw new TypeError(`boom on ${name}`)
      },
    }
    const { port, server } = await listen(listener({ options: { logger, ...options }, routes }))
    for (const path of ['/conflict', '/invalid', '/nowhere', '/fault']) {
      await send(port, { path })
      await answered(name, path)
    }
    server.close()
    server.closeAllConnections()
  }
}

await runs[recipe]!()
