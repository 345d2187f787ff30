import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { createInstance, type i18n as I18n, type Resource } from 'i18next'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { pipeline } from '../support/apps.ts'
import { exchange, send } from '../support/raw.ts'
import { keepAlive } from '../support/converse.ts'
import { escaping, expressApps, koaApps, onThese, serve, type App } from '../support/served.ts'
import { standardAnswer } from '../support/standard-answer.ts'
import { startWatch } from '../support/stopwatch.ts'

const conflict = { code: 1006, message: 'Username already exists' }
const internal = { code: 500, message: 'Internal server error' }

const fail = (): never => {
  throw new BizError(1006)
}

type Options = HandlerOptions

const never = (): Promise<never> => new Promise(() => {})
const rejects = (): Promise<never> => Promise.reject(new Error('secret-7'))
const throws = (): never => {
  throw new Error('secret-7')
}
const rejectsLater = (): Promise<never> => sleep(10).then(rejects)
/** Resolves by calling what it is given; `then` of others may also throw. */
const thenable = (then: (resolve: unknown, reject: (reason: unknown) => void) => void): (() => object) => {
  // oxlint-disable-next-line unicorn/no-thenable -- what is tested
  return () => ({ then })
}

const faults: Readonly<Record<string, () => unknown>> = {
  throws,
  'throws null': () => {
    // oxlint-disable-next-line typescript/only-throw-error -- what is tested
    throw null
  },
  rejects,
  'rejects 10 ms later': rejectsLater,
  'never settles': never,
  'returns undefined': () => undefined,
  'returns null': () => null,
  'returns a Symbol': () => Symbol('secret-7'),
  'returns a function': () => throws,
  'returns a revoked Proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
  'returns a thenable that rejects': thenable((_resolve, reject) => reject(new Error('secret-7'))),
  'returns a thenable that throws': thenable(throws),
  'returns a thenable that never settles': thenable(() => {}),
}

/** Answers whatever the fault of one part is, and nothing of it reaches the process afterwards. */
function survives(
  title: string,
  options: Options,
  use: (answer: string) => void,
  request = keepAlive('/', ['X-Request-ID: probe-1', 'Connection: close']),
): void {
  test(title, async () => {
    const escaped = await escaping(async () => {
      await Promise.all(
        allApps(options).map((app) =>
          serve(...app, async ({ port }) => {
            const elapsed = startWatch()
            use(await exchange(port, request))
            expect(elapsed(), 'G2').toBeLessThan(500)
            await sleep(25)
          }),
        ),
      )
    })
    expect(escaped, 'G1').toEqual([])
  })
}

/** The four frameworks with a failing route, and options that go before those of the recorder. */
function allApps(own: Options, requestIdOptions: object = {}): App[] {
  return [
    ...expressApps((app, options) => {
      app.use(expressFace.requestId(requestIdOptions))
      app.get('/', fail)
      app.get('/foreign', throws)
      app.get('/ok', (_request, response) => void response.json({}))
      app.use(expressFace.notFound())
      app.use(expressFace.errorHandler({ ...options, ...own }))
    }),
    ...koaApps((app, options) => {
      app.use(koaFace.errorHandler({ ...options, ...own }))
      app.use(koaFace.requestId(requestIdOptions))
      app.use((context, next) => {
        if (context.path === '/') fail()
        if (context.path === '/foreign') throws()
        if (context.path === '/ok') context.body = {}
        else return next()
        return undefined
      })
    }),
  ]
}

const standard = standardAnswer(409, conflict)

const isStandard = (raw: string): void => expect(raw).toBe(standard)

async function translator(resources: Resource = {}): Promise<I18n> {
  const i18n = createInstance()
  await i18n.init({ lng: 'en', resources, fallbackLng: false })
  return i18n
}

const askInGerman = (port: number): Promise<string> =>
  send(port, { path: '/', headers: { 'Accept-Language': 'de' } })

const textsOf = (version: string): object => ({
  10001: { message: `${version} message`, title: `${version} title`, action: `${version} action` },
})

describe('P-F01: the translator', () => {
  const shop = defineCatalog({
    name: 'shop',
    errors: { 10001: { status: 404, message: 'Product not found' } },
  })

  const de = { de: { shop: { 10001: { message: 'Produkt nicht gefunden' } } } }
  for (const method of ['t', 'exists'] as const) {
    for (const [name, fault] of Object.entries<() => unknown>({
      ...faults,
      'returns an object': () => ({ message: 'secret-7' }),
      'returns an empty text': () => '',
      'returns blanks': () => '  ',
      'returns true': () => true,
    })) {
      test(`P-F01: the catalog's text is sent where i18next's ${method} ${name}`, async () => {
        const i18n = await translator(de)
        Object.assign(i18n, { [method]: fault })
        const escaped = await escaping(async () => {
          await Promise.all(
            allFailing({ catalog: shop, i18n }, () => new shop.BizError(10001)).map((app) =>
              serve(...app, async ({ port }) => {
                const raw = await send(port, { path: '/', headers: { 'Accept-Language': 'de' } })
                const [head, body] = raw.split('\r\n\r\n')
                expect(head).toContain('HTTP/1.1 404 Not Found')
                const translated = method === 'exists' && body!.includes('Produkt')
                expect(head).toContain(`Content-Language: ${translated ? 'de' : 'en'}`)
                expect(JSON.parse(body!)).toEqual({
                  code: 10001,
                  message: translated ? 'Produkt nicht gefunden' : 'Product not found',
                })
                await sleep(25)
              }),
            ),
          )
        })
        expect(escaped).toEqual([])
      })
    }
  }

  for (const [name, fault] of Object.entries<() => unknown>({
    ...faults,
    'returns an object': () => ({}),
    'returns an empty text': () => '',
    'returns no tag': () => '../../etc/passwd',
    'returns a language that is not held': () => 'tlh',
  })) {
    survives(
      `P-F01: Accept-Language counts where the locale function ${name}`,
      { locale: fault as NonNullable<Options['locale']> },
      isStandard,
    )
  }

  test('P-F05: a request that comes before the texts are loaded gets those of the catalog, without waiting', async () => {
    const i18n = createInstance()
    let loaded: ((error: unknown, texts: object) => void) | undefined
    i18n.use({
      type: 'backend',
      init: () => {},
      read: (_language: string, _namespace: string, done: NonNullable<typeof loaded>) => void (loaded = done),
    })
    const ready = i18n.init({ lng: 'de', ns: ['shop'], fallbackLng: false })
    const apps = allFailing({ catalog: shop, i18n }, () => new shop.BizError(10001))
    await Promise.all(
      apps.map((app) =>
        serve(...app, async ({ port }) => {
          const early = await askInGerman(port)
          expect(early).toContain('Content-Language: en')
          expect(early).toContain('"Product not found"')
          loaded?.(null, de.de.shop)
          await ready
          const late = await askInGerman(port)
          expect(late).toContain('Content-Language: de')
          expect(late).toContain('"Produkt nicht gefunden"')
        }),
      ),
    )
  })

  test('P-F06: a locale file that is replaced by a broken one changes nothing, since it was read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bizerror '))
    try {
      const file = join(folder, 'de', 'shop.json')
      mkdirSync(join(folder, 'de'))
      writeFileSync(file, JSON.stringify(de.de.shop))
      await Promise.all(
        allFailing({ catalog: shop, locales: folder }, () => new shop.BizError(10001)).map((app) =>
          serve(...app, async ({ port, log }) => {
            const ask = (): Promise<string> =>
              send(port, {
                path: '/',
                headers: { 'Accept-Language': 'de', 'X-Request-ID': 'probe-1' },
              })
            const before = await ask()
            expect(before).toContain('Produkt nicht gefunden')
            writeFileSync(file, '{"10001": {"mess')
            expect(await ask()).toBe(before)
            expect(log.map(([level]) => level)).toEqual(['info', 'info'])
            writeFileSync(file, JSON.stringify(de.de.shop))
          }),
        ),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('P-F09: each of 400 answers is wholly old or wholly new while the texts are replaced', async () => {
    const i18n = await translator({ en: { shop: textsOf('old') } } as Resource)
    let thrown = 0
    const apps = allFailing({ catalog: shop, i18n, envelope: 'problem' }, () => {
      if (thrown++ % 20 === 5) {
        i18n.addResourceBundle('en', 'shop', textsOf(thrown % 40 === 6 ? 'new' : 'old'), true, true)
      }
      return new shop.BizError(10001)
    })
    const requests = Array.from({ length: 25 }, () => ({ path: '/' }))
    await Promise.all(
      apps.map((app) =>
        serve(...app, async ({ port }) => {
          const connections = Array.from({ length: 4 }, () => pipeline(port, requests))
          const versions = (await Promise.all(connections)).flat().map((raw) => {
            const { detail, title, action } = JSON.parse(raw.split('\r\n\r\n')[1]!) as Record<string, string>
            const [version] = detail!.split(' ')
            expect([detail, title, action]).toEqual([
              `${version} message`,
              `${version} title`,
              `${version} action`,
            ])
            return version
          })
          expect(new Set(versions)).toEqual(new Set(['old', 'new']))
        }),
      ),
    )
  })
})

/** Asks in a thread of its own, which tells it in `arrived` once an answer is there. */
function askFromThread(port: number, arrived: Int32Array): Promise<void> {
  const worker = new Worker(
    `const { connect } = require('node:net')
    const { parentPort, workerData } = require('node:worker_threads')
    const socket = connect(workerData.port, '127.0.0.1', () => {
      socket.write('GET / HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n')
      socket.once('data', () => {
        Atomics.store(workerData.arrived, 0, 1)
        Atomics.notify(workerData.arrived, 0)
        parentPort.postMessage('arrived')
        socket.destroy()
      })
    })`,
    { eval: true, workerData: { port, arrived } },
  )
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
}

/** The four frameworks with one route, which throws. */
function allFailing(own: Options, make: () => unknown): App[] {
  return [
    ...expressApps((app, options) => {
      app.use(expressFace.requestId())
      app.get('/', () => {
        throw make()
      })
      app.use(expressFace.errorHandler({ ...options, ...own }))
    }),
    ...koaApps((app, options) => {
      app.use(koaFace.errorHandler({ ...options, ...own }))
      app.use(koaFace.requestId())
      app.use(() => {
        throw make()
      })
    }),
  ]
}

describe('F02 to F04: hooks', () => {
  for (const [name, fault] of Object.entries(faults)) {
    const ids = name.includes('settles')
      ? 'P-F02'
      : name.includes('undefined') || name.includes('null')
        ? 'P-F04'
        : 'P-F03'
    survives(
      `Q06: the answer is the same where onAnswer ${name}`,
      { onAnswer: fault as NonNullable<Options['onAnswer']> },
      isStandard,
    )
    survives(
      `${ids}: the answer is the same where onReport ${name}`,
      { onReport: fault as NonNullable<Options['onReport']> },
      isStandard,
    )
    survives(
      `${ids}: the answer is the same where every method of the logger ${name}`,
      { logger: { error: fault, warn: fault, info: fault } },
      isStandard,
    )
    survives(
      `${ids}: the next rule and then ours are asked where an identify rule ${name}`,
      { identify: [fault, fault] },
      (raw) => {
        expect(raw).toContain('HTTP/1.1 500 Internal Server Error')
        expect(raw).not.toContain('secret-7')
        expect(raw.split('\r\n\r\n')[1]).toBe(JSON.stringify(internal))
      },
      keepAlive('/foreign', ['X-Request-ID: probe-1', 'Connection: close']),
    )
    survives(
      `${ids}: the default envelope is sent where the envelope function ${name}`,
      { envelope: fault as Extract<Options['envelope'], (...args: never) => unknown> },
      isStandard,
    )
  }

  for (const [name, report] of Object.entries<Options>({
    'a logger with getters that throw': {
      logger: {
        error: () => {},
        get info(): never {
          throw new Error('secret-7')
        },
        get warn(): never {
          throw new Error('secret-7')
        },
      },
    },
    'a logger without info and warn': { logger: { error: () => {} } },
  })) {
    survives(`P-F03: the answer is the same with ${name}`, report, isStandard)
  }
})

describe('P-F07: the generator of request ids', () => {
  const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/
  for (const [name, fault] of Object.entries<() => unknown>({
    ...faults,
    'returns 1 MB': () => 'a'.repeat(1_000_000),
    'returns a line break': () => 'a\r\nb',
    'returns a line break at its end': () => 'abc\n',
    'returns an empty text': () => '',
    'returns a number': () => 7,
    'returns a String object': () => new String('abc'),
    'returns an array': () => ['abc'],
    'returns markup': () => '<script>',
  })) {
    test(`P-F07: a UUID takes the place of what the generator gives where it ${name}`, async () => {
      const escaped = await escaping(async () => {
        await Promise.all(
          allApps({}, { generate: fault }).map((app) =>
            serve(...app, async ({ port, reports }) => {
              for (const path of ['/', '/ok']) {
                const raw = await send(port, { path })
                const [, id] = /^X-Request-ID: (.*)\r$/m.exec(raw)!
                expect(id).toMatch(UUID)
                if (path === '/') expect(reports.map(({ requestId }) => requestId)).toEqual([id])
              }
              await sleep(25)
            }),
          ),
        )
      })
      expect(escaped).toEqual([])
    })
  }

  onThese(
    'P-F07: an id of the generator is taken',
    allApps({}, { generate: () => 'req-7' }),
    async (served) => {
      expect(await send(served.port, { path: '/' })).toContain('X-Request-ID: req-7\r\n')
    },
  )
})

describe('P-F08: a slow logger', () => {
  const arrived = new Int32Array(new SharedArrayBuffer(4))
  const seen: string[] = []
  /** Holds the whole process up until the client has its answer. */
  const block = (): void => void seen.push(Atomics.wait(arrived, 0, 0, 10_000))

  for (const [part, options] of Object.entries<Options>({
    logger: { logger: { error: block, warn: block, info: block } },
    hook: { onReport: block },
  })) {
    for (const app of allApps(options)) {
      test(`P-F08: a synchronous ${part} that blocks runs after the answer is out, on ${app[0]}`, () =>
        serve(...app, async ({ port }) => {
          arrived[0] = 0
          seen.length = 0
          await askFromThread(port, arrived)
          await expect.poll(() => seen.length, { interval: 5 }).toBe(1)
          expect(seen).not.toContain('timed-out')
        }))
    }
  }
})
