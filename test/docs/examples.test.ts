import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listen, SYSTEMS } from '../../examples/listen.ts'
import { examples } from './pages.ts'
import { replay } from './replay.ts'
import { readExchanges } from './transcript.ts'

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** What a README shows of a system on a framework: its parts with a heading such as `On Koa` are of that one alone. */
function shownOn(framework: string, readme: string): string {
  return readme
    .split(/^(?=## )/m)
    .filter((part) => {
      const only = part.match(/^## On (\w+)/)?.[1]?.toLowerCase()
      return only === undefined || only === framework
    })
    .join('')
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
    })
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

describe('npm run example', () => {
  const serve = ['--import', 'tsx', 'examples/serve.ts']

  test.each([
    [['toys'], 'There is no example "toys". Name one of: cloud-waf, cdn, gateway, secrets.\n'],
    [['cdn', '--framework', 'sails'], 'The example cdn is not written for "sails". Name one of: koa, '],
  ])('%j says what there is', (args, told) => {
    const { status, stderr } = spawnSync(process.execPath, [...serve, ...args], { encoding: 'utf8' })
    expect(stderr).toContain(told)
    expect(status).toBe(1)
  })

  // Without a second `--`, npm takes the option for its own.
  test.each([
    ['cdn', 'Koa'],
    ['cdn -- --framework express', 'Express'],
    ['cdn --framework express', 'Express'],
    ['cdn --framework=express', 'Express'],
  ])('%s: serves it on %s, and says where', async (args, framework) => {
    const npm = spawn(`npm run --silent example ${args}`, { shell: true, detached: true })
    try {
      const [line] = (await once(npm.stdout, 'data')) as [Buffer]
      const told = new RegExp(`^cdn is up on ${framework}: (\\S+), its errors: \\1/errors/\n$`)
      expect(String(line)).toMatch(told)
      const [, address] = told.exec(String(line))!
      const response = await fetch(`${address}/nowhere`, { headers: { 'Accept-Language': 'ja' } })
      expect([response.status, response.headers.get('content-language')]).toEqual([404, 'ja'])
    } finally {
      process.kill(-npm.pid!)
    }
  })
})
