import { fileURLToPath } from 'node:url'
import cors from 'cors'
import { buildSync } from 'esbuild'
import express from 'express'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorHandler, rateLimit, requestId } from '../../src/index.ts'
import { isSkipped, launch } from '../contract/docs/chromium.ts'
import { listen } from '../support/frameworks.ts'
import { shop } from './shop.ts'

/** The app of a page, with the client and the libraries for browsers. */
const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL('in-browser.ts', import.meta.url))],
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  minify: true,
})

const QUOTAS = [{ policy: 'hour', limit: 1, remaining: 0, reset: 3600, window: 3600 }]

/** What anybody may read of the refusal, and what only those may whom the server lets. */
const open = { name: 'ApiError', status: 429, code: 10029, message: 'Too many orders', locale: 'en' }
const exposed = { requestId: 'request-1', retryAfter: 3600, quotas: QUOTAS }

function api(): express.Express {
  const app = express()
  app.use(cors())
  app.use((request, _response, next) => {
    request.headers['x-request-id'] = 'request-1'
    next()
  })
  app.use(requestId())
  for (const exposeHeaders of [true, false]) {
    app.use(
      `/${exposeHeaders}`,
      rateLimit({
        catalog: shop,
        policies: [{ name: 'hour', limit: 1, window: '1h', error: 10029 }],
        headers: { draft: 'draft-11' },
        exposeHeaders,
      }),
      (_request, response) => void response.json({ ok: true }),
    )
    app.use(`/${exposeHeaders}`, errorHandler({ catalog: shop, exposeHeaders }))
  }
  return app
}

describe.skipIf(isSkipped)('a page of another origin, in Chromium', () => {
  let browser: Browser
  let page: Page
  let origin: string
  const closes: (() => void)[] = []

  beforeAll(async () => {
    const servers = await Promise.all([
      listen(api()),
      listen((_request, response) => {
        response.setHeader('Content-Type', 'text/html')
        response.end('<!doctype html><title>A front end</title>')
      }),
    ])
    closes.push(
      ...servers.map(
        ({ server }) =>
          () =>
            server.close(),
      ),
    )
    const [backend, frontend] = servers
    origin = `http://127.0.0.1:${backend.port}`
    browser = await launch()
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${frontend.port}/`)
    await page.addScriptTag({ content: outputFiles[0]!.text })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    for (const close of closes) close()
  })

  /** What an error tells on the page, by each library. */
  async function askEach(path: string): Promise<Readonly<Record<string, unknown>>> {
    // Uses up the limit.
    await fetch(origin + path)
    return page.evaluate(
      (url) => (globalThis as unknown as { askEach: typeof askEach }).askEach(url),
      origin + path,
    )
  }

  test('reads the code, the text and its language, by every library', async () => {
    const answers = await askEach('/false')
    expect(Object.keys(answers).length).toBeGreaterThan(5)
    for (const [name, error] of Object.entries(answers)) expect(error, name).toEqual(open)
  })

  test('reads the wait, the limits and the request id, too, where the server exposes its headers', async () => {
    const answers = await askEach('/true')
    expect(Object.keys(answers).length).toBeGreaterThan(5)
    for (const [name, error] of Object.entries(answers)) expect(error, name).toEqual({ ...open, ...exposed })
  })
})
