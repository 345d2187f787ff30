import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { listen } from '../support/frameworks.ts'
import { examples } from './pages.ts'
import { replay } from './replay.ts'
import { readExchanges } from './transcript.ts'

type App = RequestListener | { readonly callback: () => RequestListener }
type CreateApp = (options?: { readonly httpStatus?: 200 }) => App

/** An example's app, as node:http takes it. */
async function listenerOf(name: string, options?: { readonly httpStatus?: 200 }): Promise<RequestListener> {
  const { createApp } = (await import(/* @vite-ignore */ `../../examples/${name}/app.ts`)) as {
    createApp: CreateApp
  }
  const app = createApp(options)
  return 'callback' in app ? app.callback() : app
}

test('there are four examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(4)
})

for (const name of examples) {
  describe(`examples/${name} answers as its README shows`, async () => {
    const exchanges = readExchanges(readFileSync(`examples/${name}/README.md`, 'utf8'))
    const { port, server } = await listen(await listenerOf(name))

    test('the README shows at least seven exchanges', () => {
      expect(exchanges.length).toBeGreaterThanOrEqual(7)
    })

    for (const exchange of exchanges) {
      const { method, path, headers } = exchange.request
      test(`${method} ${path} ${JSON.stringify(headers)}`, async () => {
        const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
        try {
          expect(await replay(port, exchange)).toEqual(exchange.answer)
          const faults = exchange.answer.status.startsWith('5') ? 1 : 0
          await vi.waitFor(() => expect(stderr).toHaveBeenCalledTimes(faults))
        } finally {
          stderr.mockRestore()
        }
      })
    }

    test('the server closes', () => {
      server.close()
      server.closeAllConnections()
      expect(server.listening).toBe(false)
    })
  })
}

test('the cdn example answers with HTTP 200 where it is told to', async () => {
  const { port, server } = await listen(await listenerOf('cdn', { httpStatus: 200 }))
  const response = await fetch(`http://127.0.0.1:${port}/v2/index.php`)
  server.close()
  expect([response.status, await response.json()]).toEqual([
    200,
    { code: 4100, message: 'Authentication failed' },
  ])
})
