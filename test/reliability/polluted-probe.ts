// Run by polluted.test.ts, in a process of its own: prints what pollution changed, as one line of JSON.
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import createError from 'http-errors'
import { createInstance, type i18n as I18n } from 'i18next'
import { z } from 'zod'
import * as expressFace from '../../src/adapters/express/index.ts'
import { memoryStore } from '../../src/rate-limit/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { cooldown } from '../../src/rate-limit/cooldown.ts'
import { limitHandler } from '../../src/rate-limit/limit-handler.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { expresses, koaCallback, koas, type Route } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { POLLUTED_NAMES, POLLUTED_VALUES, pollute } from './polluted.ts'

const definition = {
  name: 'shop',
  modules: { stock: '10000-10999' },
  foreign: { byStatus: { 429: 10029 } },
  errors: {
    10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
    10003: { status: 409, message: 'Costs {{price, number}} on {{day, datetime}}' },
    10004: { status: 409, message: '{{count}} items are too many' },
    10005: { status: 401, message: 'Login failed' },
    10029: { status: 429, message: 'Too many orders' },
  },
  locales: {
    de: {
      shop: {
        10002: { message: 'Nur noch {{left}} von {{product}}' },
        10003: { message: 'Kostet {{price, number}} am {{day, datetime(timeZone: UTC)}}' },
        10004: { message_one: '{{count}} Stück', message_other: '{{count}} Stücke' },
      },
    },
  },
} as const

function catalogOf(): ReturnType<typeof defineCatalog<typeof definition.errors>> {
  return defineCatalog(definition)
}

class Missing extends Error {
  get status(): number {
    return 404
  }
}

const invalid = z.object({ name: z.string().min(3) }).safeParse({ name: 1 }).error!
const gone = createError(410, { headers: { 'Retry-After': '7' } })

/** What is thrown, made as an app makes it: while Object.prototype is polluted. */
function throwables(shop: ReturnType<typeof catalogOf>): Record<string, () => unknown> {
  return {
    '/empty': () => new shop.BizError(10005, {}),
    '/params': () => new shop.BizError(10002, { params: { left: 3, product: 'tea' } }),
    '/formats': () => new shop.BizError(10003, { params: { price: 1234.5, day: new Date(0) } }),
    '/plural': () => new shop.BizError(10004, { params: { count: 2 } }),
    '/details': () => new shop.BizError(10029, { details: { a: [1, { b: 'c' }], e: new Date(0) } }),
    '/fields': () =>
      new shop.BizError(10029, { fields: [{ path: ['a', 0], code: 'too_short', params: { min: 3 } }] }),
    '/also': () => new shop.BizError(10029, { also: [new shop.BizError(10004, { params: { count: 1 } })] }),
    '/aggregate': () => new AggregateError([new shop.BizError(10029), new shop.BizError(10005)]),
    '/headers': () => new shop.BizError(10029, { headers: { 'X-Own': '1' }, retryAfter: 3 }),
    '/error': () => new Error('secret'),
    '/status': () => Object.assign(new Error('secret'), { status: 403 }),
    '/class': () => new Missing('secret'),
    '/http-errors': () => gone,
    '/zod': () => invalid,
    '/postgres': () =>
      Object.assign(new Error('secret'), {
        name: 'error',
        code: '23505',
        severity: 'ERROR',
        detail: 'secret',
      }),
    '/reset': () => Object.assign(new Error('secret'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    '/object': () => ({ secret: 1 }),
    '/text': () => 'secret',
  }
}

const PATHS = [...Object.keys(throwables(catalogOf())), '/nowhere']

/** The middleware of one app, made while Object.prototype is polluted or not. */
interface Made {
  readonly listener: RequestListener
  readonly reports: ErrorReport[]
}

const logger = { error: () => {} }

interface Kind {
  readonly name: string
  readonly makes: (during: <T>(make: () => T) => T) => Made
  /** An app without us: what it does not survive, nobody's error handler can. */
  readonly bare: RequestListener
}

function routesOf(shop: ReturnType<typeof catalogOf>): Readonly<Record<string, Route>> {
  return Object.fromEntries(
    Object.entries(throwables(shop)).map(([path, make]) => [
      path,
      () => {
        throw make()
      },
    ]),
  )
}

const kinds: readonly Kind[] = [
  ...expresses.map(([name, create]): Kind => {
    const bare = create()
    bare.disable('x-powered-by')
    bare.use(create.json())
    bare.use(() => {
      throw new Error('bare')
    })
    bare.use((_error: unknown, _request: unknown, response: ServerResponse, _next: unknown) => {
      response.statusCode = 409
      response.end('bare')
    })
    return {
      name,
      bare,
      makes(during) {
        const reports: ErrorReport[] = []
        const { shop, ...ours } = during(() => {
          const shop = catalogOf()
          return {
            shop,
            id: expressFace.requestId({}),
            limit: expressFace.rateLimit({
              catalog: shop,
              logger,
              policies: [{ name: 'all', limit: 1e6, window: '1d' }],
              store: memoryStore({}),
            }),
            notFound: expressFace.notFound(),
            errors: expressFace.errorHandler({
              catalog: shop,
              logger,
              envelope: { 'application/json': 'flat', 'application/problem+json': 'problem' },
              onReport: (report) => reports.push(report),
            }),
          }
        })
        const app = create()
        app.disable('x-powered-by')
        app.use(ours.id)
        app.use(ours.limit)
        app.use(create.json())
        const routes = routesOf(shop)
        app.use((request, response, next) => {
          const route = Object.hasOwn(routes, request.path) ? routes[request.path] : undefined
          if (route) route(request, response)
          else next()
        })
        app.use(ours.notFound)
        app.use(ours.errors)
        return { listener: app, reports }
      },
    }
  }),
  ...koas.map(([name, Version]): Kind => {
    const bare = new Version()
    bare.use(async (context, next) => {
      try {
        await next()
      } catch {
        context.status = 409
        context.body = 'bare'
      }
    })
    bare.use(() => {
      throw new Error('bare')
    })
    return {
      name,
      bare: koaCallback(bare),
      makes(during) {
        const reports: ErrorReport[] = []
        const { shop, ...ours } = during(() => {
          const shop = catalogOf()
          return {
            shop,
            errors: koaFace.errorHandler({
              catalog: shop,
              logger,
              envelope: { 'application/json': 'flat', 'application/problem+json': 'problem' },
              onReport: (report) => reports.push(report),
            }),
            id: koaFace.requestId({}),
            limit: koaFace.rateLimit({
              catalog: shop,
              logger,
              policies: [{ name: 'all', limit: 1e6, window: '1d' }],
              store: memoryStore({}),
            }),
          }
        })
        const app = new Version()
        app.use(ours.errors)
        app.use(ours.id)
        app.use(ours.limit)
        const routes = routesOf(shop)
        app.use((context, next) => {
          const route = Object.hasOwn(routes, context.path) ? routes[context.path] : undefined
          return route ? (route(context.req, context.res) as Promise<unknown>) : next()
        })
        return { listener: koaCallback(app), reports }
      },
    }
  }),
]

// One server, whose listener is exchanged. A request is polluted from the moment at which it reaches the app.
let listener: RequestListener
let during: () => () => void = () => () => {}
let isPolluted = false
const server: Server = createServer((request, response) => {
  const restore = during()
  response.once('finish', restore)
  response.once('close', restore)
  try {
    listener(request, response)
  } catch {
    restore()
    request.socket.destroy()
  }
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo

/** What a framework does not survive ends here; anything else is a mistake of this probe. */
function escaped(error: unknown): void {
  if (isPolluted) return
  console.error(error)
  process.exit(1)
}
process.on('unhandledRejection', escaped)
process.on('uncaughtException', escaped)

async function ask(path: string, locale: string): Promise<string> {
  const answer = send(port, {
    path,
    headers: {
      'Accept-Language': locale,
      'X-Request-ID': 'probe-1',
      Accept: locale === 'de' ? 'application/problem+json' : '*/*',
    },
  }).catch((error: unknown) => `failed: ${String(error)}`)
  // What hangs is ended, and its client is told so.
  const late = setTimeout(() => server.closeAllConnections(), 3_000)
  const answered = await answer
  clearTimeout(late)
  return answered.replace(/^X-RateLimit-.*\r\n/gm, '')
}

function factsOf({ error: _thrown, ...facts }: ErrorReport): string {
  return JSON.stringify(facts)
}

/** All answers of an app, and what it reported of them. */
async function answersOf(made: Made, paths: readonly string[]): Promise<Record<string, string>> {
  const answers: Record<string, string> = {}
  listener = made.listener
  for (const path of paths) {
    made.reports.length = 0
    const answer = await ask(path, PATHS.indexOf(path) % 2 === 0 ? 'de' : 'en')
    answers[path] = `${answer}\n${made.reports.map(factsOf).join('\n')}`
  }
  return answers
}

export interface Difference {
  readonly where: string
  readonly path: string
  readonly expected: string
  readonly found: string
}

const differences: Difference[] = []
const compared: Record<string, number> = {}
const unsurvived: string[] = []

function compare(where: string, expected: Record<string, string>, found: Record<string, string>): void {
  for (const [path, answer] of Object.entries(found)) {
    if (answer !== expected[path]) differences.push({ where, path, expected: expected[path]!, found: answer })
  }
}

const clean = <T>(make: () => T): T => make()

/** Runs something while Object.prototype is polluted. */
function under<T>(polluting: () => () => void, run: () => T): T | undefined {
  const restore = polluting()
  try {
    return run()
  } catch {
    return undefined
  } finally {
    restore()
  }
}

function i18nextOf(): I18n {
  const i18n = createInstance()
  void i18n.init({
    initAsync: false,
    lng: 'de',
    resources: { de: { translation: { a: '{{b, number}}', c_other: '{{count}}' } } },
  })
  return i18n
}

/** What of i18next and Intl is in the paths with formats and plural forms. */
function formatted(i18n: I18n): string {
  return `${i18n.t('a', { b: 1234.5 })} ${i18n.t('c', { count: 2 })} ${new Intl.DateTimeFormat('de', { timeZone: 'UTC' }).format(0)}`
}

const FORMATTED = formatted(i18nextOf())

/** The paths whose libraries survive: http-errors, which makes the 404, and i18next. */
function pathsUnder(polluting: () => () => void): readonly string[] {
  const i18n = i18nextOf()
  const hasNotFound = under(polluting, () => createError(404).status) === 404
  const hasFormats = under(polluting, () => formatted(i18n)) === FORMATTED
  return PATHS.filter(
    (path) =>
      (hasNotFound || path !== '/nowhere') && (hasFormats || (path !== '/formats' && path !== '/plural')),
  )
}

/** Polluted before set-up, and no more. */
async function comparedAtSetUp(kind: Kind, where: string, polluting: () => () => void): Promise<void> {
  if (under(polluting, i18nextOf) === undefined) return
  try {
    const made = kind.makes((make) => {
      const restore = polluting()
      try {
        return make()
      } finally {
        restore()
      }
    })
    compare(`${where}, at set-up`, expected, await answersOf(made, PATHS.slice(0, 2)))
    compared['set-up'] = (compared['set-up'] ?? 0) + 1
  } catch (error) {
    const found = String((error as Error).stack)
    differences.push({ where: `${where}, at set-up`, path: '', expected: '', found })
  }
}

/** Polluted during requests to an app that has answered none before. False where the framework does not survive it. */
async function comparedInRequests(kind: Kind, where: string, polluting: () => () => void): Promise<boolean> {
  during = polluting
  isPolluted = true
  listener = kind.bare
  const survived = (await ask('/bare', 'en')).endsWith('\r\n\r\nbare')
  if (survived) {
    const paths = pathsUnder(polluting)
    compare(`${where}, in requests`, expected, await answersOf(kind.makes(clean), paths))
  }
  during = () => () => {}
  isPolluted = false
  return survived
}

async function comparePolluted(kind: Kind, names: readonly string[], what: string): Promise<void> {
  const where = `${kind.name}, ${names.join(' ')}: ${what}`
  const polluting = (): (() => void) => pollute(names, POLLUTED_VALUES[what])
  const survived = await comparedInRequests(kind, where, polluting)
  if (!survived && names.length > 1) {
    for (const name of names) await comparePolluted(kind, [name], what)
    return
  }
  await comparedAtSetUp(kind, where, polluting)
  if (survived) compared[kind.name] = (compared[kind.name] ?? 0) + names.length
  else unsurvived.push(where)
}

// Each name with each value takes many minutes: `--each`.
const each = process.argv.includes('--each')
const size = each ? 1 : 16
const values = Object.keys(POLLUTED_VALUES)
const groups = Array.from({ length: Math.ceil(POLLUTED_NAMES.length / size) }, (_, index) => ({
  names: POLLUTED_NAMES.slice(index * size, (index + 1) * size),
  tried: each ? values : [values[index % values.length]!, values[(index + 2) % values.length]!],
}))

let expected: Record<string, string> = {}
for (const [index, kind] of kinds.entries()) {
  const clear = kind.makes(clean)
  expected = await answersOf(clear, PATHS)
  // A second time: from what was remembered.
  compare(`${kind.name}, clean`, expected, await answersOf(clear, PATHS))
  for (const { names, tried } of groups) {
    // The two versions of a framework have one adapter: each takes one of two values.
    const own = each ? tried : [tried[index % 2]!]
    for (const what of own) await comparePolluted(kind, names, what)
  }
}

// What has no framework.
const shop = catalogOf()
const described = JSON.stringify(describeError(new shop.BizError(10005), { locale: 'de' }))
for (const name of POLLUTED_NAMES) {
  for (const [what, value] of Object.entries(POLLUTED_VALUES)) {
    const restore = pollute([name], value)
    let found: string
    try {
      const description = describeError(new shop.BizError(10005, {}), {})
      cooldown({ window: '10m' }).close()
      limitHandler({})
      restore()
      found = JSON.stringify(description)
    } catch (error) {
      restore()
      found = String((error as Error).stack)
    }
    if (found !== described)
      differences.push({ where: `describeError, ${name}: ${what}`, path: '', expected: described, found })
  }
}

server.close()
process.stdout.write(JSON.stringify({ differences, compared, unsurvived }))
process.exit()
