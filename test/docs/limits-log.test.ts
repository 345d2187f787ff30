import express, { type RequestHandler } from 'express'
import { createClient } from 'redis'
import { expect, test, vi } from 'vitest'
import { catalog } from '../../src/catalogs/http.ts'
import { defineCatalog, rateLimit } from '../../src/index.ts'
import {
  cooldown,
  createLimiter,
  KeyFailure,
  redisStore,
  type Logger,
  type Store,
  type StoreFactory,
} from '../../src/rate-limit/index.ts'
import { failureOf } from '../support/failure-of.ts'
import { listen } from '../support/frameworks.ts'
import { pageOf } from './pages.ts'

/** What the page says that the log says: `…` is any text, and what stands in brackets is the line's error. */
const shown = pageOf('troubleshooting')
  .text.split('## What the log says of limits')[1]!
  .split('\n## ')[0]!
  .match(/^\|.*\|$/gm)!
  .slice(2)
  .map((row) => row.split('|')[1]!.trim())

/** The row of a line: the first that begins like it. */
function rowOf(line: string): string | undefined {
  return shown.find((says) => {
    const begin = escaped(says.replace('`SetupError`: ', '').replace(' (anything else)', ''))
    return new RegExp(`^${begin.replaceAll('…', '.+')}`).test(line)
  })
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

const lines: string[] = []
const logger: Logger = {
  warn: ({ err }: { readonly err?: Error }, message: string) => lines.push(`${message} (${err?.message})`),
  error() {},
}

const policies = [{ name: 'minute', limit: 100, window: '1m' }] as const
const options = { catalog, policies, logger }

function key(): string {
  return 'ada'
}

function fails(): never {
  throw new Error('a fault')
}

async function consume(store: StoreFactory): Promise<void> {
  const limiter = createLimiter({ policies, store, timeout: '1ms', onStateChange: fails, logger })
  await limiter.consume('ada')
  limiter.close()
}

function storeOf(consume: () => unknown): StoreFactory {
  return () => ({ consume: consume as Store['consume'], close() {} })
}

/** Asks an app once that has these limiters. */
async function ask(trust: boolean, ...limiters: readonly RequestHandler[]): Promise<void> {
  const app = express().set('trust proxy', trust)
  app.use(...limiters, (_req, res) => void res.json('ok'))
  const { port, server } = await listen(app)
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'X-Forwarded-For': '203.0.113.9' } })
  expect(response.status).toBe(200)
  server.close()
}

test('the lines of the log that the guide lists of limits are those that a limiter writes', async () => {
  const shop = defineCatalog({ name: 'shop', errors: { SOLD_OUT: { status: 409, message: 'Sold out' } } })
  expect(rowOf(((await failureOf(() => rateLimit({ catalog: shop, policies }))) as Error).message)).toBe(
    shown[0],
  )

  createLimiter({ policies: [{ name: 'minute', limit: 1, window: 60_000 }], logger })
  await consume(storeOf(() => new Promise(() => {})))
  await consume(redisStore(createClient()))
  await consume(storeOf(fails))
  await consume(
    storeOf(() => {
      throw new KeyFailure('of one key')
    }),
  )
  await consume(storeOf(() => ({})))
  const limiter = createLimiter({ policies, logger })
  await limiter.consume('')
  await limiter.consume('ada', 2 as never)
  await limiter.block('ada', -1)
  await cooldown({ window: '1m', logger }).start('')

  const perPlan = [{ name: 'plan', limit: fails, window: '1m' }] as const
  await ask(
    false,
    rateLimit(options),
    rateLimit({ ...options, key: () => undefined }),
    rateLimit({ ...options, policies: perPlan, key }),
    rateLimit({ ...options, key, cost: () => 0 }),
    rateLimit({ ...options, key, skip: fails }),
    rateLimit({ ...options, key, countIf: fails }),
  )
  await ask(true, rateLimit(options))

  await vi.waitFor(() => expect(new Set(lines.map(rowOf))).toEqual(new Set(shown.slice(1))))
})
