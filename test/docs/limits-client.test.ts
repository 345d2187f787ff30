import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import express from 'express'
import { afterAll, expect, test } from 'vitest'
import { defineCatalog, errorHandler, rateLimit } from '../../src/index.ts'
import { listen } from '../support/frameworks.ts'
import { pageOf } from './pages.ts'

const folder = mkdtempSync('test/docs/recipes-client-')
afterAll(() => rmSync(folder, { recursive: true }))

type Patiently = (url: string) => Promise<Response>

/** The client that the guide shows. */
async function guideClient(): Promise<Patiently> {
  const { code } = pageOf('what-a-client-sees').fences.find(({ path }) => path === 'client.ts')!
  writeFileSync(`${folder}/client.ts`, code)
  const { patiently } = (await import(/* @vite-ignore */ `../../${folder}/client.ts`)) as {
    patiently: Patiently
  }
  return patiently
}

const shop = defineCatalog({
  name: 'shop',
  errors: { TOO_MANY: { status: 429, message: 'Too many' } },
})

test("the guide's client asks once more after the time of Retry-After, and not where that is long", async () => {
  const asked: string[] = []
  const app = express()
  app.use((req, _res, next) => {
    asked.push(req.path)
    next()
  })
  app.get('/short', (_req, res) => {
    if (asked.length === 1) throw shop.errors.TOO_MANY({ retryAfter: 1 })
    res.json('done')
  })
  const policies = [{ name: 'hour', limit: 1, window: '1h', error: 'TOO_MANY' }] as const
  app.get('/hourly', rateLimit({ catalog: shop, policies }), (_req, res) => {
    res.json('done')
  })
  app.use(errorHandler({ catalog: shop }))

  const patiently = await guideClient()
  const { port, server } = await listen(app)
  try {
    const begin = performance.now()
    expect((await patiently(`http://127.0.0.1:${port}/short`)).status).toBe(200)
    expect(performance.now() - begin).toBeGreaterThan(990)
    expect((await patiently(`http://127.0.0.1:${port}/hourly`)).status).toBe(200)
    expect((await patiently(`http://127.0.0.1:${port}/hourly`)).status).toBe(429)
    expect(asked).toEqual(['/short', '/short', '/hourly', '/hourly'])
  } finally {
    server.close()
    server.closeAllConnections()
  }
})
