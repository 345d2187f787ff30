import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import type { ErrorAnswer, ErrorReport } from '../../../src/report/report.ts'
import { once, onFastify, type FastifyApp } from './apps.ts'
import { ask } from './whole.ts'

const storage = new AsyncLocalStorage<string>()
const told: (readonly [string, string | undefined])[] = []

function routes(app: FastifyApp): void {
  app.addHook('onRequest', (request, _reply, done) => storage.run(request.url, done))
  app.get('/sync', () => {
    throw new BizError(1006)
  })
  app.get('/slow-hook', {
    async onSend(_request, _reply, payload) {
      await wait(5)
      return payload
    },
    handler() {
      throw new BizError(1006)
    },
  })
}

onFastify(
  'an error is told in the context of its request, before its answer and after',
  {
    options: {
      onAnswer: ({ route }: ErrorAnswer) => told.push([`answer ${route}`, storage.getStore()]),
      onReport: ({ route }: ErrorReport) => told.push([`report ${route}`, storage.getStore()]),
    },
    routes,
  },
  async ({ port }) => {
    told.length = 0
    await ask(port, '/sync')
    await ask(port, '/slow-hook')
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(4)
    expect(told).toEqual([
      ['answer /sync', '/sync'],
      ['report /sync', '/sync'],
      ['answer /slow-hook', '/slow-hook'],
      ['report /slow-hook', '/slow-hook'],
    ])
  },
)

onFastify(
  'an answer that a slow hook has not let out when its client leaves was not sent',
  {
    routes(app, { log }) {
      app.addHook('onSend', async (request, _reply, payload) => {
        log.push(['info', {}, 'held'])
        await new Promise((resolve) => request.raw.socket.once('close', resolve))
        return payload
      })
      app.get('/', () => {
        throw new BizError(1006)
      })
    },
  },
  async ({ port, reports, log, reported }) => {
    const controller = new AbortController()
    const answer = fetch(`http://127.0.0.1:${port}/`, { signal: controller.signal })
    once(
      () => log.length > 0,
      () => controller.abort(),
    )
    await expect(answer).rejects.toThrow()
    await reported(1)
    expect(reports[0]).toMatchObject({ sent: false, clientGone: true })
  },
)
