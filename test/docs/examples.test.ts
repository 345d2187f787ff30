import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listen, SYSTEMS } from '../../examples/listen.ts'
import { examples } from './pages.ts'
import { replay } from './replay.ts'
import { readExchanges, shownOn } from './transcript.ts'

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

test('every example is served, and named with its first framework', () => {
  expect(examples.toSorted()).toEqual([...SYSTEMS.keys()].toSorted())
  expect(examples.length).toBeGreaterThanOrEqual(4)
})

for (const [system, frameworks] of SYSTEMS) {
  const readme = readFileSync(`examples/${system}/README.md`, 'utf8')

  describe.each(frameworks)(`examples/${system} answers as its README shows on %s`, (framework) => {
    const exchanges = readExchanges(shownOn(framework, readme))
    let server: Server

    beforeAll(async () => {
      server = await listen(system, framework)
    }, 60_000)
    afterAll(() => {
      server.close()
      server.closeAllConnections()
    })

    test('the README shows at least seven exchanges', () => {
      expect(exchanges.length).toBeGreaterThanOrEqual(7)
    })

    for (const exchange of exchanges) {
      const { method, path, headers } = exchange.request
      test(`${method} ${path} ${JSON.stringify(headers)}`, async () => {
        const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
        try {
          expect(await replay(portOf(server), exchange)).toEqual(exchange.answer)
          const faults = exchange.answer.status.startsWith('5') ? 1 : 0
          await vi.waitFor(() => expect(stderr).toHaveBeenCalledTimes(faults))
        } finally {
          stderr.mockRestore()
        }
      })
    }
  })
}

test.each(SYSTEMS.get('cdn')!)(
  'the cdn example answers with HTTP 200 where it is told to, on %s',
  async (on) => {
    const server = await listen('cdn', on, { httpStatus: 200 })
    const response = await fetch(`http://127.0.0.1:${portOf(server)}/v2/index.php`)
    server.close()
    server.closeAllConnections()
    expect([response.status, await response.json()]).toEqual([
      200,
      { code: 4100, message: 'Authentication failed' },
    ])
  },
)

test.each(SYSTEMS.get('gateway')!)(
  'the pages of the gateway are not counted by its limiter, on %s',
  async (on) => {
    const server = await listen('gateway', on)
    const limited = await Promise.all(
      ['/errors/40022', '/v1/quote'].map(async (path) => {
        const { headers } = await fetch(`http://127.0.0.1:${portOf(server)}${path}`)
        return headers.get('x-ratelimit-limit')
      }),
    )
    server.close()
    server.closeAllConnections()
    expect(limited).toEqual([null, '10'])
  },
)

test.each(SYSTEMS.get('cdn')!)(
  'the pages of errors come with their style, script and search, on %s',
  async (on) => {
    const server = await listen('cdn', on)
    const pages = `http://127.0.0.1:${portOf(server)}/errors/`
    const index = await fetch(pages, { headers: { Accept: 'text/html', 'Accept-Language': 'ja' } })
    const html = await index.text()
    expect(html).toContain('<title>エラーコード · CDN</title>')
    const assets = [...html.matchAll(/(?:href|src)="(_\/[^"]+)"/g)].map(([, path]) => path!)
    const served = await Promise.all(
      assets.map(async (path) => {
        const { status, headers } = await fetch(new URL(path, pages))
        return [status, headers.get('content-type')]
      }),
    )
    server.close()
    server.closeAllConnections()
    expect(served).toEqual([
      [200, 'text/css; charset=utf-8'],
      [200, 'text/javascript; charset=utf-8'],
      // What the search looks through.
      [200, 'application/json; charset=utf-8'],
    ])
  },
)

test.each(SYSTEMS.get('cloud-waf')!)('a body of two megabytes is refused, on %s', async (on) => {
  const server = await listen('cloud-waf', on)
  const response = await fetch(`http://127.0.0.1:${portOf(server)}/users`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': 'de' },
    body: JSON.stringify({ username: 'x'.repeat(2_000_000) }),
  })
  const answer = [response.status, await response.json()]
  server.close()
  server.closeAllConnections()
  expect(answer).toEqual([413, { code: 400, message: 'Inhalt zu groß' }])
})

describe('npm run example', () => {
  const serve = ['--import', 'tsx', 'examples/serve.ts']

  test.each([
    [['toys'], 'There is no example "toys". Name one of: cloud-waf, cdn, gateway, secrets.\n'],
    [['cdn', '--framework'], "Option '--framework <value>' argument missing\n"],
    [['cdn', '--framework', 'sails'], 'The example cdn is not written for "sails". Name one of: koa, '],
  ])('%j says what there is', (args, told) => {
    const { status, stderr } = spawnSync(process.execPath, [...serve, ...args], { encoding: 'utf8' })
    expect(stderr).toContain(told)
    expect(status).toBe(1)
  })

  // Without a second `--`, npm takes the option for its own.
  test.each([
    ['cdn', 'koa'],
    ['cdn -- --framework express', 'express'],
    ['cdn --framework express', 'express'],
    ['cdn --framework=express', 'express'],
  ])('%s: serves it on %s, and says where', async (args, framework) => {
    const npm = spawn(`npm run --silent example ${args}`, { shell: true, detached: true })
    try {
      const [line] = (await once(npm.stdout, 'data')) as [Buffer]
      const told = new RegExp(`^cdn on ${framework} is up: (\\S+), its errors: \\1/errors/\n$`)
      expect(String(line)).toMatch(told)
      const [, address] = told.exec(String(line))!
      const response = await fetch(`${address}/nowhere`, { headers: { 'Accept-Language': 'ja' } })
      expect([response.status, response.headers.get('content-language')]).toEqual([404, 'ja'])
    } finally {
      process.kill(-npm.pid!)
    }
  })
})
