import type { RequestListener } from 'node:http'
import axios from 'axios'
import * as fc from 'fast-check'
import got from 'got'
import ky from 'ky'
import superagent from 'superagent'
import { Agent, interceptors, request as undiciRequest } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { ENVELOPES, type EnvelopeName } from '../../src/catalog/envelope.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import { relayed } from '../../src/identify/relayed.ts'
import { express5, listen } from '../support/frameworks.ts'
import { answersTo, errorHeaders, everywhere, type Answer } from '../support/answers.ts'

/** The catalog of another server. Its own words may be newer than ours. */
function billingIn(envelope: EnvelopeName, words: (ours: string) => string = (ours) => ours) {
  return defineCatalog({
    name: 'billing',
    envelope,
    challenge: 'Bearer',
    success: { code: 200, message: 'OK' },
    errors: {
      200: { status: 200, message: 'OK' },
      4000: { status: 400, message: words('Refused') },
      4001: { status: 409, parent: 4000, message: words('Invoice is paid') },
      4002: { status: 409, parent: 4000, message: 'Only {{left}} left' },
      4010: { status: 401, message: words('Log in to billing') },
      4290: { status: 503, message: words('Closed for the night') },
      5000: { status: 409, message: 'Owner is {{owner}}' },
      invoice_missing: { status: 404, parent: 4000, message: words('No such invoice') },
    },
  })
}

const names = Object.keys(ENVELOPES) as readonly EnvelopeName[]
const billing = Object.fromEntries(names.map((name) => [name, billingIn(name)])) as Record<
  EnvelopeName,
  ReturnType<typeof billingIn>
>

const servers: { readonly close: () => unknown }[] = []

async function serve(listener: RequestListener): Promise<string> {
  const { port, server } = await listen(listener)
  servers.push(server)
  return `http://127.0.0.1:${port}`
}

/** Where billing answers in each envelope, as another process would. */
const addresses = new Map<EnvelopeName, string>()
/** Where anything is answered: what `raw` holds. */
let anything: string
let raw: {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

const failing =
  (make: () => Error): (() => never) =>
  () => {
    throw make()
  }

beforeAll(async () => {
  for (const name of names) {
    const upstream = billingIn(name, (ours) => `s3cr3t ${ours}`)
    const listener = express5.listener({
      options: {
        catalog: upstream,
        envelope: { 'application/json': name, 'application/problem+json': 'problem' },
        logger: { error: () => {} },
      },
      routes: {
        '/common': failing(() => new upstream.BizError(4000)),
        '/paid': failing(() => new upstream.BizError(4001, { details: { iban: 's3cr3t' } })),
        '/few': failing(() => new upstream.BizError(4002, { params: { left: 3 } })),
        '/login': failing(() => new upstream.BizError(4010)),
        '/closed': failing(() => new upstream.BizError(4290, { retryAfter: 7 })),
        '/owner': failing(() => new upstream.BizError(5000, { params: { owner: 's3cr3t' } })),
        '/missing': failing(() => new upstream.BizError('invoice_missing')),
      },
    })
    addresses.set(name, await serve(listener))
  }
  anything = await serve((_request, response) =>
    response.writeHead(raw.status ?? 409, raw.headers).end(raw.body),
  )
})

afterAll(() => {
  for (const server of servers) server.close()
})

type Headers = Readonly<Record<string, string>>

/** How an app asks billing, and what it throws. */
const clients: Readonly<Record<string, (url: string, headers: Headers) => PromiseLike<unknown>>> = {
  axios: (url, headers) => axios.get(url, { headers }),
  'axios for text': (url, headers) => axios.get(url, { headers, responseType: 'text' }),
  'axios with fetch': (url, headers) => axios.get(url, { headers, adapter: 'fetch' }),
  got: (url, headers) => got(url, { headers, retry: { limit: 0 } }),
  'got for JSON': (url, headers) => got(url, { headers, retry: { limit: 0 } }).json(),
  superagent: (url, headers) => superagent.get(url).set(headers),
  'undici that throws': (url, headers) =>
    undiciRequest(url, { headers, dispatcher: new Agent().compose(interceptors.responseError()) }),
  'fetch, its body thrown as cause': async (url, headers) => {
    const { status, headers: answered, ...response } = await fetchJson(url, headers)
    throw new Error('no invoice', { cause: { status, headers: answered, body: response.body } })
  },
  'fetch, its body thrown as text': async (url, headers) => {
    const { status, headers: answered, body } = await fetchJson(url, headers)
    throw Object.assign(new Error('no invoice'), {
      upstream: status,
      headers: Object.fromEntries(answered),
      body: JSON.stringify(body),
    })
  },
  'ky, its body read by a hook': (url, headers) =>
    ky(url, {
      headers,
      retry: 0,
      hooks: {
        beforeError: [async (error) => Object.assign(error, { data: await error.response.json<object>() })],
      },
    }),
  'an error that the app wraps': async (url, headers) => {
    try {
      await axios.get(url, { headers })
    } catch (cause) {
      throw new Error('no invoice', { cause })
    }
  },
}

/** One that gives a body parsed, and one that gives its text. */
const readers = { axios: clients['axios']!, got: clients['got']! }

async function fetchJson(
  url: string,
  headers: Headers,
): Promise<{ status: number; headers: globalThis.Headers; body: unknown }> {
  const response = await fetch(url, { headers })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const ID = { 'X-Request-ID': 'r-1' }

const PAID: Readonly<Record<EnvelopeName, object>> = {
  flat: { code: 4001, message: 'Invoice is paid' },
  nested: { error: { code: 4001, message: 'Invoice is paid', request_id: 'r-1' } },
  composite: { code: 4000, message: '(4001) Invoice is paid' },
  'two-level': { code: 4000, sub_code: 4001, message: 'Invoice is paid', data: null },
  problem: {
    type: 'about:blank',
    title: 'Invoice is paid',
    status: 409,
    detail: 'Invoice is paid',
    code: 4001,
    request_id: 'r-1',
  },
}

const typeOf = (name: EnvelopeName): Headers =>
  name === 'problem' ? { 'content-type': 'application/problem+json' } : {}

const FAILED: Answer = {
  status: 502,
  headers: errorHeaders(),
  body: { code: 500, message: 'Bad gateway' },
}

describe('relayed', () => {
  for (const name of names) {
    for (const [client, ask] of Object.entries(name === 'flat' ? clients : readers)) {
      test(`answers with the code of a server that speaks ${name}, asked with ${client}`, async () => {
        const answers = await answersTo(
          async () => void (await ask(`${addresses.get(name)}/paid`, {})),
          { identify: relayed(billing[name]) },
          { headers: ID },
        )
        expect(answers).toEqual(
          everywhere({ status: 409, headers: errorHeaders('en', typeOf(name)), body: PAID[name] }),
        )
      })
    }

    test(`understands a problem document of a server that speaks ${name}`, async () => {
      const answers = await answersTo(
        () => clients['axios']!(`${addresses.get(name)}/paid`, { Accept: 'application/problem+json' }),
        { identify: relayed(billing[name]) },
        { headers: ID },
      )
      expect(answers).toEqual(
        everywhere({ status: 409, headers: errorHeaders('en', typeOf(name)), body: PAID[name] }),
      )
    })

    test.each([
      ['/common', 4000],
      ['/missing', 'invoice_missing'],
    ])(`keeps a common code and a code that is a word in ${name}: %s`, async (path, code) => {
      const error: unknown = await got(addresses.get(name) + path, { retry: { limit: 0 } }).then(
        undefined,
        (error) => error,
      )
      expect(relayed(billing[name])(error)?.code).toBe(code)
    })
  }

  for (const [client, ask] of Object.entries(clients)) {
    test(`keeps Retry-After, asked with ${client}`, async () => {
      const answers = await answersTo(async () => void (await ask(`${addresses.get('flat')}/closed`, {})), {
        identify: relayed(billing.flat),
      })
      expect(answers).toEqual(
        everywhere({
          status: 503,
          headers: errorHeaders('en', { 'retry-after': '7' }),
          body: { code: 4290, message: 'Closed for the night' },
        }),
      )
    })
  }

  test('answers a 401 with the challenge of the other catalog', async () => {
    const answers = await answersTo(() => axios.get(`${addresses.get('flat')}/login`), {
      identify: relayed(billing.flat),
    })
    expect(answers).toEqual(
      everywhere({
        status: 401,
        headers: errorHeaders('en', { 'www-authenticate': 'Bearer' }),
        body: { code: 4010, message: 'Log in to billing' },
      }),
    )
  })

  test('takes the envelope of the handler, if that has one', async () => {
    const answers = await answersTo(
      () => axios.get(`${addresses.get('two-level')}/paid`),
      { identify: relayed(billing['two-level']), envelope: 'nested' },
      { headers: ID },
    )
    expect(answers).toEqual(everywhere({ status: 409, headers: errorHeaders(), body: PAID.nested }))
  })

  test('is one rule among others, and the first that knows the code', async () => {
    const stock = defineCatalog({ name: 'stock', errors: { 7001: { status: 404, message: 'Sold out' } } })
    const identify = [relayed(stock), relayed(billing.flat)]
    const answers = await answersTo(() => axios.get(`${addresses.get('flat')}/paid`), { identify })
    expect(answers).toEqual(everywhere({ status: 409, headers: errorHeaders(), body: PAID.flat }))
  })

  test('has the error as its cause, for the log', async () => {
    const error: unknown = await axios.get(`${addresses.get('flat')}/paid`).then(undefined, (error) => error)
    const passedOn = relayed(billing.flat)(error)
    expect(passedOn).toBeInstanceOf(billing.flat.BizError)
    expect(billing.flat.is(passedOn, 4001)).toBe(true)
    expect(passedOn?.cause).toBe(error)
  })

  test.each(names.filter((name) => name !== 'problem'))(
    'makes of a code that needs params, in %s, the common code',
    async (name) => {
      const error: unknown = await axios.get(`${addresses.get(name)}/few`).then(undefined, (error) => error)
      expect(relayed(billing[name])(error)?.code).toBe(4000)
    },
  )

  test.each(names)('makes of a code of several levels, in %s, the nearest that needs no params', (name) => {
    const levels = defineCatalog({
      name: 'levels',
      envelope: name,
      status: 409,
      errors: {
        ROOT: { code: 'A0001', message: 'Refused' },
        SIGN_UP: { code: 'A0100', parent: 'ROOT', message: 'Sign-up refused' },
        NAME: { code: 'A0110', parent: 'SIGN_UP', message: 'Name {{name}} refused' },
        TAKEN: { code: 'A0111', parent: 'NAME', message: 'Name {{name}} taken' },
      },
    })
    const thrown = levels.errors.TAKEN({ params: { name: 'bob' } })
    const data = ENVELOPES[name].error(describeError(thrown, { catalog: levels }))
    expect(relayed(levels)(Object.assign(new Error(), { response: { data } }))?.code).toBe('A0100')
  })

  test('is not asked for: what a server answered is that it failed', async () => {
    const answers = await answersTo(() => axios.get(`${addresses.get('flat')}/paid`))
    expect(answers).toEqual(everywhere(FAILED))
  })

  test('leaves a fetch or ky error alone whose body nobody has read', async () => {
    const answers = await answersTo(() => ky(`${addresses.get('flat')}/paid`, { retry: 0 }), {
      identify: relayed(billing.flat),
    })
    expect(answers).toEqual(everywhere(FAILED))
  })
})

describe('relayed, of a code that several errors have', () => {
  const errors = {
    DENIED: { code: 42, status: 403, message: 'No access to {{table}}' },
    LOGIN: { code: 42, status: 401, message: 'Log in' },
    CLOSED: { code: 42, status: 409, message: 'Closed' },
    LOCKED: { code: 42, status: 409, message: 'Locked' },
    OPEN: { code: 43, status: 409, message: 'Open' },
  } as const
  const shared = defineCatalog({ name: 'shared', errors })
  const telling = defineCatalog({
    name: 'telling',
    errors,
    envelope: {
      body: ({ code, key, message }) => ({ code, key, message }),
      read: (body) => body as { code: unknown; key: unknown },
    },
  })

  const asked = ['axios', 'got', 'undici that throws', 'fetch, its body thrown as cause'] as const
  for (const client of asked) {
    test.each<readonly [number, string | undefined]>([
      [401, 'LOGIN'],
      [409, 'CLOSED'],
      // None of them has it: the first that can be answered.
      [418, 'LOGIN'],
      // The one that has it needs params: no 403 becomes another error's 401.
      [403, undefined],
    ])(`is that of the status: ${client}, %s`, async (status, key) => {
      raw = {
        status,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ code: 42, message: 's3cr3t' }),
      }
      const error: unknown = await Promise.resolve(clients[client]!(anything, {})).then(
        undefined,
        (error) => error,
      )
      const thrown = client.startsWith('fetch') ? (error as Error).cause : error
      expect(relayed(shared)(thrown)?.key).toBe(key)
    })
  }

  test.each<readonly [string, object, string | undefined]>([
    ['the key that the envelope reads', { code: 42, key: 'LOCKED' }, 'LOCKED'],
    ['the one of the code, for a key that the catalog lacks', { code: 43, key: 'GONE' }, 'OPEN'],
    ['the one of the code, for a key that is no text', { code: 43, key: {} }, 'OPEN'],
    ['none, for a key whose text needs params', { code: 42, key: 'DENIED' }, undefined],
  ])('is %s', (_what, body, key) => {
    expect(relayed(telling)({ response: { status: 409, data: body } })?.key).toBe(key)
  })
})

describe('relayed, of an answer that is none of ours', () => {
  const bodies: Readonly<Record<string, unknown>> = {
    'a code that needs params': { code: 5000, message: 'Owner is s3cr3t' },
    'a code that is not in the catalog': { code: 4004, message: 's3cr3t' },
    'the code of a success': { code: 200, message: 'OK' },
    'a number as text': { code: '4001', message: 's3cr3t' },
    'a code that is an array': { code: [4001], message: 's3cr3t' },
    'a code that is an object': { code: { valueOf: 4001 }, message: 's3cr3t' },
    'a code that is null': { code: null, message: 's3cr3t' },
    'the code __proto__': { code: '__proto__', message: 's3cr3t' },
    'the code constructor': { code: 'constructor', message: 's3cr3t' },
    'a prototype of its own': '{"__proto__":{"code":4001,"message":"s3cr3t"}}',
    'no message': { code: 4001 },
    'a message that is no text': { code: 4001, message: { text: 's3cr3t' } },
    'another envelope': { error: { code: 4001, message: 's3cr3t' } },
    'an array': [{ code: 4001, message: 's3cr3t' }],
    null: 'null',
    nothing: '',
    'a page': '<html>4001 s3cr3t</html>',
    'JSON that ends early': '{"code":4001,"message":"s3cr',
    'a code very deep inside': `${'['.repeat(50_000)}{"code":4001,"message":"s3cr3t"}${']'.repeat(50_000)}`,
  }
  const ask = { axios: () => axios.get(anything), got: () => got(anything, { retry: { limit: 0 } }) }
  for (const [what, body] of Object.entries(bodies)) {
    for (const [client, get] of Object.entries(ask)) {
      test(`is an upstream that failed: ${what}, asked with ${client}`, async () => {
        raw = {
          headers: { 'Content-Type': 'application/json', 'Retry-After': '7' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }
        const answers = await answersTo(async () => void (await get()), { identify: relayed(billing.flat) })
        expect(answers).toEqual(
          everywhere({ ...FAILED, headers: errorHeaders('en', { 'retry-after': '7' }) }),
        )
      })
    }
  }

  test.each(['007', 7, -42, 'EAPI:Invalid key', 'zu spät'])(
    'finds a code of any kind beside its common code: %s',
    (code) => {
      const exchange = defineCatalog({
        name: 'exchange',
        envelope: 'composite',
        status: 400,
        errors: {
          COMMON: { code: -1, message: 'Refused' },
          NUMBER: { code: 7, parent: 'COMMON', message: 'Seven' },
          FINE: { code, parent: 'COMMON', message: 'Refused for a reason' },
        },
      })
      const data = { code: -1, message: `(${code}) Refused for a reason` }
      const thrown = Object.assign(new Error('Bad request'), { response: { status: 400, data } })
      expect(relayed(exchange)(thrown)?.code).toBe(code)
    },
  )

  test('is an upstream that failed: a text longer than any answer of ours', async () => {
    raw = {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...PAID.flat, data: 'x'.repeat(70_000) }),
    }
    const answers = await answersTo(async () => void (await ask.got()), { identify: relayed(billing.flat) })
    expect(answers).toEqual(everywhere(FAILED))
  })

  test.each<readonly [EnvelopeName, string, object, unknown]>([
    ['composite', 'a newer code', { code: 4000, message: '(4999) s3cr3t' }, 4000],
    ['composite', 'a code of another common code', { code: 4010, message: '(4001) s3cr3t' }, 4010],
    ['composite', 'an unknown common code', { code: 1, message: '(4001) s3cr3t' }, undefined],
    ['composite', 'a success inside', { code: 4000, message: '(200) s3cr3t' }, 4000],
    ['composite', 'a long text in parentheses', { code: 4000, message: `(${'4'.repeat(100_000)})` }, 4000],
    ['two-level', 'a newer code', { code: 4000, sub_code: 4999, message: 's3cr3t' }, 4000],
    ['two-level', 'a code of another common code', { code: 4010, sub_code: 4001, message: 's3cr3t' }, 4010],
    ['two-level', 'an unknown common code', { code: 1, sub_code: 4001, message: 's3cr3t' }, undefined],
    ['two-level', 'a sub code that is an object', { code: 4000, sub_code: {}, message: 's3cr3t' }, 4000],
  ])('is its common code at most: %s with %s', (name, _what, body, code) => {
    expect(relayed(billing[name])({ body })?.code).toBe(code)
  })

  test.each<readonly [string, Headers, string | undefined]>([
    ['seconds', { 'Retry-After': '120' }, '120'],
    ['a date that is past', { 'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT' }, '1'],
    ['more than a year', { 'Retry-After': '99999999999' }, '31536000'],
    ['a fraction', { 'Retry-After': '1.5' }, undefined],
    ['a negative number', { 'Retry-After': '-1' }, undefined],
    ['text', { 'Retry-After': 'tomorrow' }, undefined],
    ['a date that is none', { 'Retry-After': 'Sun, 99 Foo 1994 08:49:37 GMT' }, undefined],
    ['a year alone', { 'Retry-After': '2030-01-01' }, undefined],
  ])('takes a Retry-After that can be understood: %s', async (_what, headers, retryAfter) => {
    raw = {
      status: 409,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(PAID.flat),
    }
    for (const get of Object.values(ask)) {
      const answers = await answersTo(async () => void (await get()), { identify: relayed(billing.flat) })
      expect(answers).toEqual(
        everywhere({
          status: 409,
          headers: errorHeaders('en', retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
          body: PAID.flat,
        }),
      )
    }
  })

  const circular: Record<string, unknown> = { code: 4001, message: 'x' }
  circular['data'] = circular
  circular['response'] = circular
  circular['headers'] = circular

  test.each<readonly [string, unknown, unknown]>([
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['a text', '{"code":4001,"message":"x"}', undefined],
    ['a response that is itself', circular, 4001],
    ['a Proxy that throws', new Proxy({}, { get: throwing }), undefined],
    ['a revoked Proxy', revoked(), undefined],
    ['a body that is a revoked Proxy', { response: { data: revoked() } }, undefined],
    ['headers that throw', { headers: { get: throwing }, body: PAID.flat }, 4001],
    ['headers that are a revoked Proxy', { headers: revoked(), body: PAID.flat }, 4001],
    ['a body of bytes', { body: Buffer.from(JSON.stringify(PAID.flat)) }, undefined],
    ['an array of 100,000 items', { body: Array<object>(100_000).fill(PAID.flat) }, undefined],
  ])('reads with care: %s', (_what, thrown, code) => {
    expect(relayed(billing.flat)(thrown)?.code).toBe(code)
  })

  test("leaves alone what our own client sent, which stands on a body parser's error", () => {
    const body = '{"code":4001,"message":"Invoice is paid"}'
    const error = Object.assign(new SyntaxError('x'), { status: 400, type: 'entity.parse.failed', body })
    expect(relayed(billing.flat)(error)).toBeUndefined()
    expect(relayed(billing.flat)({ status: 409, body })).toBeDefined()
  })

  test('reads flat bodies for a catalog with an envelope of another version', () => {
    const newer = Object.assign({}, billing.flat, { envelope: 'newer' as EnvelopeName })
    expect(relayed(newer)({ body: PAID.flat })?.code).toBe(4001)
    expect(relayed(newer)({ body: PAID.nested })).toBeUndefined()
  })

  test('never throws, whatever stands where an answer could be', () => {
    const rules = names
      .map((name) => relayed(billing[name]))
      .concat(relayed(secrets), relayed(gateway), relayed(cdn))
    const body = fc.oneof(
      fc.anything(),
      fc.record({ code: fc.anything(), message: fc.string(), sub_code: fc.anything(), error: fc.anything() }),
      fc.string(),
    )
    fc.assert(
      fc.property(
        fc.record({ data: body, body, response: fc.oneof(fc.anything(), fc.record({ data: body, body })) }),
        (thrown) => {
          for (const rule of rules) expect([undefined, true]).toContain(rule(thrown) && true)
        },
      ),
      { numRuns: 100 },
    )
  })
})

const body = (): object => ({})
const readCode = (told: unknown): { code: unknown; parent?: unknown } => {
  if (typeof told === 'string') return { code: Number(/<Code>(\d+)</.exec(told)?.[1]) }
  const { errcode, group } = told as { errcode?: unknown; group?: unknown }
  return { code: errcode, parent: group }
}

describe('relayed reads an envelope of its own', () => {
  const errors = {
    4000: { status: 400, message: 'Refused' },
    4001: { status: 409, parent: 4000, message: 'Invoice is paid' },
  } as const
  const rule = relayed(defineCatalog({ name: 'billing', errors, envelope: { body, read: readCode } }))

  test.each<readonly [what: string, thrown: unknown, code: number | undefined]>([
    ['parsed', { response: { data: { errcode: 4001 } } }, 4001],
    ['as a text', { response: { body: '{"errcode":4001}' } }, 4001],
    ['as XML', { response: { body: '<Error><Code>4001</Code></Error>' } }, 4001],
    ['of a code beside its common one', { data: { errcode: 4001, group: 4000 } }, 4001],
    ['of a code that is newer, as its common one', { data: { errcode: 4999, group: 4000 } }, 4000],
    ['of a code of another group, as that', { data: { errcode: 4001, group: 5 } }, undefined],
    ['of a problem document', { data: { detail: 'x', code: 4001 } }, 4001],
    ['that holds no code', { data: {} }, undefined],
    ['that is none', { data: null, response: {} }, undefined],
    ['that is too long', { data: `{"errcode":4001,"x":"${'x'.repeat(65_536)}"}` }, undefined],
  ])('%s', (_what, thrown, code) => {
    expect(rule(thrown)?.code).toBe(code)
  })

  test('whose reader fails, or returns a promise, without an unhandled rejection', async () => {
    const failing = relayed(defineCatalog({ name: 'billing', errors, envelope: { body, read: throwing } }))
    expect(() => failing({ data: {} })).toThrow('hostile')
    const waiting = relayed(defineCatalog({ name: 'billing', errors, envelope: { body, read: tooLate } }))
    expect(waiting({ data: {} })).toBeUndefined()
    await new Promise(setImmediate)
  })

  test('and says so where that cannot be read', () => {
    const unread = defineCatalog({ name: 'billing', errors, envelope: { body } })
    expect(() => relayed(unread)).toThrow(
      new SetupError(
        'relayed was called with catalog billing, whose envelope has no read. Give it one: (body) => ({ code }).',
      ),
    )
  })
})

describe('relayed is set up', () => {
  test.each<readonly [string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['"billing"', 'billing'],
    ['a function', relayed],
    ['an object', { name: 'billing' }],
    ['an object', Object.assign({}, billing.flat, { BizError: undefined })],
    ['an object', revoked()],
  ])('with a catalog, not with %s', (what, catalog) => {
    const create = (): unknown => relayed(catalog as Parameters<typeof relayed>[0])
    expect(create).toThrow(SetupError)
    expect(create).toThrow(`relayed was called with ${what}. Give what defineCatalog returned.`)
  })
})

function tooLate(): never {
  return Promise.reject(new Error('late')) as never
}

function throwing(): never {
  throw new Error('hostile')
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
