// Runs a recipe of the guide as an app would, with the library that it is for: the file is the guide's own block.
import { pathToFileURL } from 'node:url'
import type { Express } from 'express'

const [recipe = '', file = ''] = process.argv.slice(2)

interface Recipe {
  readonly app: Express
}

/** The block is loaded after what it is for: as it is in an app. */
const load = async (): Promise<Recipe> => (await import(pathToFileURL(file).href)) as Recipe

const runs: Readonly<Record<string, () => Promise<void>>> = {
  async opentelemetry() {
    const { endedSpan } = await import('../support/tracing.ts')
    await onBoth(async (path) => {
      const { attributes, status } = await endedSpan()
      const { 'error.type': type, 'bizerror.catalog': catalog, 'bizerror.code': code } = attributes
      console.log(JSON.stringify([path, status.code, type, catalog, code]))
    })
  },

  async sentry() {
    await import(pathToFileURL(file.replace('app.mjs', 'instrument.mjs')).href)
    await onBoth(async () => {})
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

/** Sends the requests that fail to the app of the page. */
async function onBoth(answered: (path: string) => Promise<void>): Promise<void> {
  process.stderr.write = () => true
  const { app } = await load()
  const { listen } = await import('../support/frameworks.ts')
  const { send } = await import('../support/raw.ts')
  const { port, server } = await listen(app)
  for (const [method, path] of [
    ['POST', '/orders'],
    ['GET', '/stock'],
  ] as const) {
    await send(port, { method, path, headers: { 'X-Request-ID': `id-of-${path.slice(1)}` } })
    await answered(path)
  }
  server.close()
}

await runs[recipe]!()
