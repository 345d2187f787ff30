import { fork } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest'
import { built } from '../../../support/built.ts'
import { freePort } from '../../../support/free-port.ts'
import {
  libraries,
  limitOf,
  machine,
  untilReady,
  type Client,
  type Library,
  type Machine,
} from './clients.ts'
import { startRedis, WHY_SKIPPED, withoutRedis, type RedisServer } from './redis-server.ts'
import { expectAllPassedInTime, LIMIT, states, traffic, untilRestored, type Timed } from '../away.ts'
import { timed } from '../timed.ts'

const idleProcess = built(new URL('idle-process.ts', import.meta.url))
const closingProcess = built(new URL('closing-process.ts', import.meta.url))

const ofTheApp = (): void => {}

/** What ends with its test. */
function during({ onTestFinished }: TestContext) {
  return {
    async server(settings?: readonly string[], port?: number): Promise<RedisServer> {
      const server = await startRedis(settings, port)
      onTestFinished(server.stop)
      return server
    },
    client(library: Library, port: number): Client {
      const client = library.connect(port)
      onTestFinished(client.end)
      return client
    },
    admin(port: number): Redis {
      const admin = new Redis(port, '127.0.0.1')
      admin.on('error', () => {})
      onTestFinished(() => admin.disconnect())
      return admin
    },
    machine(...args: Parameters<typeof machine>): Machine {
      const made = machine(...args)
      onTestFinished(made.store.close)
      return made
    },
  }
}

describe.skipIf(withoutRedis('away.test.ts'))(`Redis away${WHY_SKIPPED}`, { concurrent: true }, () => {
  describe.each(libraries)('with $name', { concurrent: true }, (library) => {
    test('N01: down at the start, the first answer is in time and local; once up, it is used by itself', async (context) => {
      const own = during(context)
      const port = await freePort()
      const { client } = own.client(library, port)
      const one = own.machine(client, [limitOf(1_000)])
      const first = await timed(one.store, 'k')
      expect(first.ms).toBeLessThan(LIMIT)
      expect({ ...first, ms: 0 }).toEqual({
        allowed: true,
        standings: [{ remaining: 999, resetAfter: 60 }],
        violated: [],
        retryAfter: 0,
        ms: 0,
      })
      await sleep(100)
      const answers = await Promise.all(Array.from({ length: 50 }, () => timed(one.store, 'k')))
      expectAllPassedInTime(answers)
      expect(states(one)).toEqual(['degraded'])
      await own.server([], port)
      await untilRestored(one)
      await one.store.consume('after', 1)
      expect(await own.admin(port).exists('bizerror:1:{after}')).toBe(1)
      expect(states(one)).toEqual(['degraded', 'restored'])
    })

    test('N02: killed in the middle and back after 1 s: nobody is refused or waits, and counting goes on', async (context) => {
      const own = during(context)
      const server = await own.server()
      const connected = own.client(library, server.port)
      await untilReady(connected)
      const one = own.machine(connected.client, [limitOf(100_000)])
      const clients = traffic(one)
      await sleep(200)
      await server.kill()
      await sleep(1_000)
      expect(one.store.degraded).toBe(true)
      await server.start()
      await untilRestored(one)
      await sleep(100)
      expectAllPassedInTime(await clients.end())
      expect(await own.admin(server.port).exists('bizerror:1:{k}'), 'counted in Redis again').toBe(1)
      // A machine that is busy with other things may take longer than the timeout once more.
      expect(states(one).slice(0, 2)).toEqual(['degraded', 'restored'])
      expect(one.logs, 'one line in 10 s').toEqual([
        ['Rate limits are decided without their store, which failed', one.changes[0]!.error],
      ])
    })

    test('N03: it hangs (SIGSTOP): every request is answered in time, and few commands wait', async (context) => {
      const own = during(context)
      const server = await own.server()
      const connected = own.client(library, server.port)
      await untilReady(connected)
      const one = own.machine(connected.client, [limitOf(100_000)])
      await one.store.consume('k', 1)
      server.pause()
      const before = connected.sent()
      const clients = traffic(one)
      await sleep(250)
      const sentAtFirst = connected.sent() - before
      const burst = await Promise.all(Array.from({ length: 2_000 }, () => timed(one.store, 'k')))
      await sleep(1_500)
      const sentLater = connected.sent() - before - sentAtFirst
      server.resume()
      await untilRestored(one)
      expectAllPassedInTime([...burst, ...(await clients.end())])
      expect(sentAtFirst, 'within the time limit of the first one').toBeLessThan(60)
      expect(sentLater, 'single probes, less and less often').toBeLessThan(8)
      expect(states(one)).toEqual(['degraded', 'restored'])
    })

    test('N02: it flaps: every request is answered in time, with one line in 10 s', async (context) => {
      const own = during(context)
      const server = await own.server()
      const connected = own.client(library, server.port)
      await untilReady(connected)
      const one = own.machine(connected.client, [limitOf(100_000)])
      const clients = traffic(one)
      for (let flap = 0; flap < 6; flap++) {
        await sleep(120)
        server.pause()
        await sleep(180)
        server.resume()
      }
      await untilRestored(one)
      expectAllPassedInTime(await clients.end())
      expect(one.logs).toHaveLength(1)
      expect(states(one)).toEqual(states(one).map((_, i) => (i % 2 === 0 ? 'degraded' : 'restored')))
    })

    test('N08: a limit that is reached in Redis is reached: the local store is not asked', async (context) => {
      const own = during(context)
      const server = await own.server()
      const connected = own.client(library, server.port)
      await untilReady(connected)
      const one = own.machine(connected.client, [limitOf(5)], { timeout: '10s' })
      const answers = await Promise.all(Array.from({ length: 50 }, () => timed(one.store, 'k')))
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5)
      expect(states(one)).toEqual([])
      // Had the local store been asked, it would have counted.
      await server.kill()
      await expect
        .poll(async () => (await one.store.consume('other', 1), one.store.degraded), { timeout: 20_000 })
        .toBe(true)
      expect(await one.store.consume('k', 5)).toMatchObject({ allowed: true, standings: [{ remaining: 0 }] })
    })

    describe(
      'N04: an error of Redis never refuses a client, and Redis is used again after it',
      { concurrent: true },
      () => {
        interface Trouble {
          readonly settings?: readonly string[]
          readonly begin: (admin: Redis, own: ReturnType<typeof during>, port: number) => Promise<unknown>
          readonly end: (admin: Redis) => Promise<unknown>
          /** What the app is told. */
          readonly error: RegExp
        }

        const troubles: Readonly<Record<string, Trouble>> = {
          'a replica that may not be written': {
            begin: (admin) => admin.replicaof('127.0.0.1', 1),
            end: (admin) => admin.replicaof('NO', 'ONE'),
            error: /READONLY/,
          },
          'too few replicas': {
            begin: (admin) => admin.config('SET', 'min-replicas-to-write', 1),
            end: (admin) => admin.config('SET', 'min-replicas-to-write', 0),
            error: /NOREPLICAS/,
          },
          'out of memory': {
            begin: (admin) => admin.config('SET', 'maxmemory', 1),
            end: (admin) => admin.config('SET', 'maxmemory', 0),
            error: /OOM/,
          },
          'a user who may run no scripts': {
            begin: (admin) => admin.acl('SETUSER', 'default', '-@scripting'),
            end: (admin) => admin.acl('SETUSER', 'default', '+@scripting'),
            error: /NOPERM/,
          },
          'a script that does not end': {
            settings: ['--busy-reply-threshold', '1'],
            async begin(_admin, own, port) {
              own
                .admin(port)
                .eval('while true do end', 0)
                .catch(() => {})
              await sleep(50)
            },
            end: (admin) => admin.script('KILL'),
            error: /BUSY/,
          },
        }

        test.each(Object.entries(troubles))('%s', async (_name, { settings, begin, end, error }) => {
          const cleanUps: (() => unknown)[] = []
          const own = during({
            onTestFinished: (cleanUp: () => unknown) => cleanUps.push(cleanUp),
          } as unknown as TestContext)
          try {
            const server = await own.server(settings)
            const connected = own.client(library, server.port)
            await untilReady(connected)
            const admin = own.admin(server.port)
            const one = own.machine(connected.client, [limitOf(1_000)], { timeout: '1s' })
            await one.store.consume('k', 1)
            await begin(admin, own, server.port)
            const answers: Timed[] = []
            for (let i = 0; i < 30; i++) answers.push(await timed(one.store, 'k'))
            expectAllPassedInTime(answers)
            expect(answers.at(-1)!.standings[0]!.remaining, 'counted locally').toBeLessThan(980)
            expect(one.store.degraded).toBe(true)
            expect(String(one.changes[0]!.error)).toMatch(error)
            await end(admin)
            await untilRestored(one)
            expect(states(one)).toEqual(['degraded', 'restored'])
          } finally {
            for (const cleanUp of cleanUps.toReversed()) await cleanUp()
          }
        })
      },
    )

    test('N04: while Redis loads its data, requests are counted locally', async (context) => {
      const own = during(context)
      const server = await own.server(['--enable-debug-command', 'yes'])
      const filling = own.admin(server.port)
      await filling.call('DEBUG', 'POPULATE', '1000', 'filling', '100')
      await filling.save()
      filling.disconnect()
      await server.kill()
      // A millisecond for each key, and answers in between.
      await server.start(['--key-load-delay', '1000', '--loading-process-events-interval-bytes', '1024'])
      const { client } = own.client(library, server.port)
      // ioredis may wait for 10 s before it looks again.
      const one = own.machine(client, [limitOf(1_000_000)])
      const clients = traffic(one)
      await sleep(500)
      expect(one.store.degraded).toBe(true)
      await untilRestored(one)
      expectAllPassedInTime(await clients.end())
    })

    test('N04: a key of another type is decided locally; other keys are still counted in Redis', async (context) => {
      const own = during(context)
      const server = await own.server()
      const connected = own.client(library, server.port)
      await untilReady(connected)
      const admin = own.admin(server.port)
      await admin.lpush('bizerror:1:{list}', 'a')
      await admin.set('bizerror:1:{text}', 'hello')
      await admin.set('bizerror:1:{packed}', Buffer.from([0x93, 1, 2, 3]))
      const one = own.machine(connected.client, [limitOf(3)], { timeout: '10s' })
      for (const key of ['list', 'text', 'packed']) {
        const answers = [1, 2, 3, 4].map(() => timed(one.store, key))
        expect(
          (await Promise.all(answers)).map(({ allowed }) => allowed),
          key,
        ).toEqual([true, true, true, false])
      }
      await one.store.consume('k', 1)
      expect(await admin.exists('bizerror:1:{k}')).toBe(1)
      expect(await admin.get('bizerror:1:{text}'), 'what is not ours stays').toBe('hello')
      expect(states(one)).toEqual([])
      expect(one.logs.map(([message, error]) => [message, String(error)])).toEqual([
        [
          'Rate limits of a key are decided without their store',
          'KeyFailure: A value in Redis below "bizerror:" is not ours',
        ],
      ])
    })

    test.each([
      ['no password', undefined, /NOAUTH|not connected/],
      ['a wrong password', 'wrong', /NOAUTH|WRONGPASS|not connected/],
    ])('N04: with %s for Redis, requests are counted locally', async (_name, password, error) => {
      const server = await startRedis(['--requirepass', 'right'])
      onTestFinished(() => server.stop())
      const { client, end } = library.connect(server.port, password === undefined ? {} : { password })
      // Longer than a busy machine takes to say no.
      const one = machine(client, [limitOf(1_000)], { timeout: '1s' })
      const answers: Timed[] = []
      for (let i = 0; i < 20; i++) {
        answers.push(await timed(one.store, 'k'))
        await sleep(5)
      }
      expectAllPassedInTime(answers)
      expect(answers.at(-1)!.standings).toEqual([
        { remaining: 980, resetAfter: expect.any(Number) as number },
      ])
      expect(String(one.changes[0]!.error)).toMatch(error)
      expect(states(one)).toEqual(['degraded'])
      one.store.close()
      end()
    })

    test('N04: when Redis takes no more clients, requests are counted locally', async (context) => {
      const own = during(context)
      const server = await own.server()
      await own.admin(server.port).config('SET', 'maxclients', 1)
      const { client } = own.client(library, server.port)
      const one = own.machine(client, [limitOf(1_000)])
      const answers: Timed[] = []
      for (let i = 0; i < 20; i++) {
        answers.push(await timed(one.store, 'k'))
        await sleep(5)
      }
      expectAllPassedInTime(answers)
      expect(states(one)).toEqual(['degraded'])
    })

    test('N03: it hangs, and a process has one request and nothing else to do: that is answered in time', async (context) => {
      const server = await during(context).server()
      const child = fork(idleProcess, [library.name, String(server.port)])
      const next = async (): Promise<unknown> => ((await once(child, 'message')) as [unknown])[0]
      context.onTestFinished(() => void child.kill())
      expect(await next()).toBe('ready')
      server.pause()
      child.send('go')
      expect(await next()).toBeLessThan(LIMIT)
    })

    test('N05, N09: a client that nobody listens to ends no process while Redis is down, which exits within 1 s of close', async () => {
      const port = await freePort()
      const child = fork(closingProcess, [library.name, String(port)], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      const printed = Promise.all([text(child.stdout!), text(child.stderr!)])
      const [code] = (await once(child, 'exit')) as [number]
      const [stdout, stderr] = await printed
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout, 'milliseconds').toMatch(/^\d{1,3}$/)
    })

    test('N05: listeners on a client are one, however many limiters, and none after they are closed', async (context) => {
      const own = during(context)
      const server = await own.server()
      const { client } = own.client(library, server.port)
      const before = client.listenerCount('error')
      const machines = Array.from({ length: 20 }, () => machine(client, [limitOf(1)]))
      expect(client.listenerCount('error')).toBe(before + 1)
      client.on('error', ofTheApp)
      for (const { store } of machines) {
        store.close()
        store.close()
      }
      expect(client.listenerCount('error')).toBe(before + 1)
      client.off('error', ofTheApp)
    })
  })

  test('N07: with Redis down on 4 machines and a limit of 100, each grants the share it was told', async () => {
    const port = await freePort()
    const granted: Record<string, number> = {}
    for (const fallback of ['memory', 'allow', { share: 1 / 4 }, { share: 0.001 }] as const) {
      const clients = libraries.flatMap((library) => [library.connect(port), library.connect(port)])
      const machines = clients.map(({ client }) => machine(client, [limitOf(100)], { fallback }))
      const asked = await Promise.all(
        machines.flatMap(({ store }) => Array.from({ length: 150 }, () => timed(store, 'k'))),
      )
      granted[JSON.stringify(fallback)] = asked.filter(({ allowed }) => allowed).length
      for (const { store } of machines) store.close()
      for (const { end } of clients) end()
    }
    expect(granted).toEqual({ '"memory"': 400, '"allow"': 600, '{"share":0.25}': 100, '{"share":0.001}': 4 })
  })
})

// Alone: so many requests at once keep the process itself busy.
describe.skipIf(WHY_SKIPPED !== '')(`Redis away under a burst${WHY_SKIPPED}`, () => {
  describe.each(libraries)('with $name', (library) => {
    test('N03: it hangs under a burst: all are answered within one time limit', async (context) => {
      const own = during(context)
      const server = await own.server()
      const connected = own.client(library, server.port)
      await untilReady(connected)
      const one = own.machine(connected.client, [limitOf(100_000)])
      await one.store.consume('k', 1)
      server.pause()
      const before = connected.sent()
      const burst = await Promise.all(Array.from({ length: 12_000 }, () => timed(one.store, 'k')))
      server.resume()
      expect(burst.every(({ allowed }) => allowed)).toBe(true)
      expect(Math.max(...burst.map(({ ms }) => ms))).toBeLessThan(1_000)
      expect(connected.sent() - before, 'more are not sent at all').toBeLessThanOrEqual(10_000)
    })
  })
})
