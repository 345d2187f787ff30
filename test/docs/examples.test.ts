import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createApp as createCdn } from '../../examples/cdn/app.ts'
import { createApp as createCloudWaf } from '../../examples/cloud-waf/app.ts'
import { createApp as createGateway } from '../../examples/gateway/app.ts'
import { createApp as createSecrets } from '../../examples/secrets/app.ts'
import { listen } from '../contract/frameworks.ts'
import { replay } from './replay.ts'
import { readExchanges } from './transcript.ts'

function handler(app: { callback(): (...args: never) => unknown }): RequestListener {
  return app.callback() as RequestListener
}

const examples: readonly (readonly [name: string, listener: RequestListener])[] = [
  ['cloud-waf', createCloudWaf()],
  ['cdn', handler(createCdn())],
  ['gateway', createGateway()],
  ['secrets', handler(createSecrets())],
]

for (const [name, listener] of examples) {
  describe(`examples/${name} answers as its README shows`, async () => {
    const exchanges = readExchanges(readFileSync(`examples/${name}/README.md`, 'utf8'))
    const { port, server } = await listen(listener)

    test('the README shows at least seven exchanges', () => {
      expect(exchanges.length).toBeGreaterThanOrEqual(7)
    })

    for (const exchange of exchanges) {
      const { method, path, headers } = exchange.request
      test(`${method} ${path} ${JSON.stringify(headers)}`, async () => {
        expect(await replay(port, exchange)).toEqual(exchange.answer)
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
  const { port, server } = await listen(handler(createCdn({ httpStatus: 200 })))
  const response = await fetch(`http://127.0.0.1:${port}/v2/index.php`)
  server.close()
  expect([response.status, await response.json()]).toEqual([
    200,
    { code: 4100, message: 'Authentication failed' },
  ])
})
