import { Writable } from 'node:stream'
import * as fc from 'fast-check'
import pino from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { Logger } from '../../src/report/logger.ts'
import { createReporter } from '../../src/report/report.ts'
import { sampleReport } from '../support/sample-report.ts'
import { frameworks, listen, type Framework } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { anyText } from '../support/any-text.ts'
import { throws } from '../support/guarantees.ts'

type Options = HandlerOptions
type Line = Readonly<Record<string, unknown>> & { readonly err: Readonly<Record<string, unknown>> }

/** Pino as it comes, with its own serializer for `err`, and what it wrote. */
function pinoLog(): { readonly lines: string[]; readonly logger: Logger } {
  const lines: string[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString())
      done()
    },
  })
  return { lines, logger: pino({ base: null, timestamp: false }, stream) }
}

/** The one line that pino writes of a thrown value. */
async function pinoLineOf(framework: Framework, thrown: unknown, options: Options = {}): Promise<string> {
  const { lines, logger } = pinoLog()
  const { port, server } = await listen(
    framework.listener({ options: { logger, ...options }, routes: { '/': throws(thrown) } }),
  )
  try {
    await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } })
    await expect.poll(() => lines.length, { interval: 5 }).toBe(1)
    return lines[0]!
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** What a logger that writes plain text writes: the message, and of the error what people look at. */
function plainText(): { readonly lines: string[]; readonly logger: Logger } {
  const lines: string[] = []
  interface Err {
    readonly type: string
    readonly message: string
    readonly stack?: string
    readonly code?: string
    readonly cause?: Err
    readonly aggregateErrors?: readonly Err[]
  }
  const textOf = ({ type, message, stack, code, cause, aggregateErrors = [] }: Err): readonly string[] => [
    `${type}: ${message} (${code})`,
    ...(stack?.split('\n') ?? []),
    ...aggregateErrors.flatMap(textOf),
    ...(cause ? textOf(cause) : []),
  ]
  const write = (record: object, message: string): void => {
    const { err, unusable, unknownKey } = record as { err: Err; unusable?: string[]; unknownKey?: string }
    lines.push(
      message,
      ...textOf(err),
      ...(unusable ?? []),
      ...(unknownKey === undefined ? [] : [unknownKey]),
    )
  }
  return { lines, logger: { error: write, info: write, warn: write } }
}

/** All that is logged of a thrown value, by a logger of plain text and as data. */
function logOf(
  thrown: unknown,
  serverFault = true,
): { readonly plain: readonly string[]; readonly data: string } {
  const { lines, logger } = plainText()
  const records: unknown[] = []
  const keep = (...line: unknown[]): unknown => records.push(line)
  for (const to of [logger, { error: keep, info: keep, warn: keep }]) {
    const reporter = createReporter({ logger: to })
    reporter.report(sampleReport({ error: thrown, serverFault }), {})
    reporter.warn('A function of the app failed', thrown)
  }
  return { plain: lines, data: JSON.stringify(records) }
}

class PaymentError extends Error {}

describe('the type of an error', () => {
  const single: readonly (readonly [type: string, thrown: unknown])[] = [
    ['TypeError', new TypeError('x')],
    ['BizError', new BizError(1006)],
    ['ZodError', z.string().safeParse(7).error],
    ['PaymentError', new PaymentError('x')],
    ['CardError', Object.assign(new PaymentError('x'), { name: 'CardError' })],
    ['Error', new Error('x')],
    ['string', 'x'],
    ['object', { message: 'x' }],
  ]
  for (const [type, thrown] of single) {
    test(`S04: is ${type} in the log of pino, with its own serializer`, async () => {
      const lines = await Promise.all(frameworks.map((framework) => pinoLineOf(framework, thrown)))
      for (const line of lines) expect((JSON.parse(line) as Line).err).toMatchObject({ type })
    })
  }

  const chain = new BizError(500, {
    cause: new TypeError('outer', { cause: Object.assign(new PaymentError('inner'), { code: 'E_CARD' }) }),
  })
  test("S04: is told of each cause in pino's log, each message once, beside the frames", async () => {
    for (const framework of frameworks) {
      const { err, msg } = JSON.parse(await pinoLineOf(framework, chain)) as Line
      expect(msg).toBe('Internal server error')
      expect(err).toEqual({
        type: 'BizError',
        message: 'Internal server error: outer: inner',
        stack: expect.stringMatching(
          /^BizError: Internal server error\n(?: {4}at .+\n)+caused by: TypeError: outer\n(?: {4}at .+\n)+caused by: PaymentError: inner\n {4}at [^]+$/,
        ),
        code: 500,
      })
    }
  })

  test("S04: is told of each of an AggregateError's errors in pino's log, once", async () => {
    const errors = [new PaymentError('one'), Object.assign(new TypeError('two'), { code: 'E2' }), 'three']
    for (const framework of frameworks) {
      const line = await pinoLineOf(framework, new AggregateError(errors, 'all failed'))
      expect((JSON.parse(line) as Line).err).toEqual({
        type: 'AggregateError',
        message: 'all failed',
        stack: expect.stringContaining('AggregateError: all failed\n    at '),
        aggregateErrors: [
          { type: 'PaymentError', message: 'one', stack: expect.stringContaining('PaymentError: one\n') },
          {
            type: 'TypeError',
            message: 'two',
            stack: expect.stringContaining('TypeError: two\n'),
            code: 'E2',
          },
          { type: 'string', message: 'three' },
        ],
      })
      expect(line.split('"one"')).toHaveLength(2)
    }
  })
})

const SECRET = 'QZXJVKW'
// An engine may quote the end of it alone.
const PART = /QZX|ZXJ|XJV|JVK|VKW/

/** Texts that are no JSON, with a secret wherever an engine may quote them. */
const malformed: readonly string[] = [
  SECRET,
  `{${SECRET}}`,
  `{"password":${SECRET}}`,
  `{"password":"${SECRET}",}`,
  `{"password":"${SECRET}"`,
  `{"password":"${SECRET}" "a"}`,
  `{"password":"${SECRET}"}${SECRET}`,
  `{"password": tru "${SECRET}"}`,
  `{"a":"${'x'.repeat(100)}","password":${SECRET}${'y'.repeat(100)}}`,
  `{"a" is not valid JSON ${SECRET} is not valid JSON`,
  `x" is not valid JSON\n    at ${SECRET} (file:1:1)\n`,
  `x\n    at ${SECRET} (file:1:1)\n    at ${SECRET}`,
  `"${SECRET}\u0000"`,
  `Unexpected token ${SECRET}`,
]

function thrownBy(call: () => unknown): Error {
  try {
    call()
  } catch (error) {
    return error as Error
  }
  throw new Error('Nothing was thrown.')
}

function parseError(text: string): Error {
  return thrownBy(() => JSON.parse(text) as unknown)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** As Nest's BadRequestException: a class of its own with the parser's words. */
class BadRequestException extends Error {
  readonly status = 400
}

/** How the error of a parser comes to a handler. */
const ways: Readonly<Record<string, (text: string) => unknown>> = {
  "the app's own JSON.parse": parseError,
  "Fastify's parser": (text) => Object.assign(parseError(text), { statusCode: 400 }),
  "a body parser's": (text) => Object.assign(parseError(text), { body: text, status: 400 }),
  "Nest's exception": (text) => new BadRequestException(parseError(text).message),
  'an Error around its message': (text) => new Error(`Bad payload "x": ${parseError(text).message} (from y)`),
  'a text around its message': (text) => `Bad payload: ${parseError(text).message}`,
  'an Error that is caused by it': (text) => new Error('outer', { cause: parseError(text) }),
  'a BizError that is caused by it': (text) => new BizError(1006, { cause: parseError(text) }),
  'an AggregateError of it': (text) => new AggregateError([parseError(text)], 'all failed'),
  'an Error that took its stack': (text) => Object.assign(new Error('x'), { stack: parseError(text).stack }),
  'one whose message was changed': (text) => Object.assign(parseError(text), { message: 'Bad request' }),
  "JavaScriptCore's": () => new SyntaxError(`JSON Parse error: Unexpected identifier "${SECRET}"`),
  "JavaScriptCore's as a cause": () =>
    new Error('outer', { cause: new SyntaxError(`JSON Parse error: Unexpected identifier "${SECRET}"`) }),
}

describe('what an engine quotes of JSON that it could not parse', () => {
  for (const [way, make] of Object.entries(ways)) {
    test(`S04: stays out of the log by ${way}`, () => {
      for (const text of malformed) {
        const { plain, data } = logOf(make(text))
        expect([text, plain.join('\n'), data].slice(1).filter((log) => PART.test(log))).toEqual([])
      }
    })
  }

  test('S04: stays out of the log where request.json() failed', async () => {
    for (const text of malformed) {
      const error: unknown = await new Response(text).json().catch((reason: unknown) => reason)
      expect(logOf(error).data).not.toMatch(PART)
    }
  })

  test('S04: stays out of the log, whatever the JSON is', () => {
    fc.assert(
      fc.property(anyText(), fc.json(), fc.nat(40), (before, json, at) => {
        const text = `${before}${json.slice(0, at)}${SECRET}${json.slice(at)}`
        fc.pre(!isJson(text))
        for (const make of Object.values(ways)) expect(logOf(make(text)).data).not.toMatch(PART)
      }),
      { numRuns: 80 },
    )
  })

  test('S04: leaves what helps: the type, the frames, and the place in the text', () => {
    const records: [object, string][] = []
    const reporter = createReporter({ logger: { error: (...line) => records.push(line) } })
    reporter.report(sampleReport({ error: parseError(`{"a":${SECRET}}`) }), {})
    reporter.report(sampleReport({ error: parseError('{"a" 1}') }), {})
    const frames = /^SyntaxError: .+\n {4}at JSON\.parse \(<anonymous>\)\n[^]*at parseError \(/
    expect(records.map(([record]) => (record as Line).err)).toEqual([
      { type: 'SyntaxError', message: 'Malformed JSON', stack: expect.stringMatching(frames) },
      {
        type: 'SyntaxError',
        message: expect.stringMatching(/^Expected ':' after property name in JSON at position 5/),
        stack: expect.stringMatching(frames),
      },
    ])
    expect(records[0]![1]).toBe('Malformed JSON')
  })

  test('S04: leaves other texts that speak of JSON as they are', () => {
    for (const text of ['Body is not valid JSON but content-type is', 'No JSON "here"', 'JSON Parse']) {
      expect(logOf(new Error(text)).plain[0]).toBe(text)
    }
  })
})

/** All that may not stand in a line of text: controls (but for the line's end), separators, marks of direction. */
const controls = [
  ...Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter((char) =>
    /\p{Cc}/u.test(char),
  ),
  ...[0x2028, 0x2029, 0x61c, 0x200e, 0x200f].map((code) => String.fromCharCode(code)),
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e].map((code) => String.fromCharCode(code)),
  ...[0x2066, 0x2067, 0x2068, 0x2069].map((code) => String.fromCharCode(code)),
]
const CONTROL = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

describe('control characters', () => {
  const forged = `a${controls.join('b')}\u001B[31mred\u001B[0m\u009B1m\u001B]0;title\u0007z`
  const hostile = (): Error =>
    Object.assign(new Error(forged), {
      name: `Name${forged}`,
      code: `CODE${forged}`,
      stack: `Error: ${forged}\n    at f${forged.replaceAll('\n', '')} (file:1:1)\n    at g (file:2:2)`,
    })
  const cases: Readonly<Record<string, () => unknown>> = {
    'an error': hostile,
    'a cause': () => new Error('outer', { cause: hostile() }),
    'an error of an AggregateError': () => new AggregateError([hostile()], 'all failed'),
    'a text': () => forged,
    'a Symbol': () => Symbol(forged),
    'a class name': () => {
      const error = new PaymentError('x')
      Object.defineProperty(error, 'constructor', { value: { name: forged } })
      return error
    },
    'an error whose stack is not that of its message': () =>
      Object.assign(hostile(), { message: 'x', stack: `Error: ${forged}\nINFO forged\n    at g (file:2:2)` }),
  }
  for (const [what, make] of Object.entries(cases)) {
    test(`S04: stay out of what is logged of ${what}, in each line of a log that is plain text`, () => {
      const { plain, data } = logOf(make())
      expect(plain.filter((line) => CONTROL.test(line))).toEqual([])
      expect(plain.join('\n')).not.toMatch(/^INFO/m)
      expect(data).not.toMatch(CONTROL)
      // As JSON has them.
      expect(data).not.toMatch(/\\u00[0189]|\\[rbfv]|\\u20[26]/i)
    })
  }

  test('S04: stay out of what the log names of a throw: its code and its headers', () => {
    const { lines, logger } = plainText()
    const reporter = createReporter({ logger })
    const hostileReport = sampleReport({ unknownKey: forged, unusable: [`headers.${forged}`] })
    reporter.report(hostileReport, {})
    expect(lines.filter((line) => CONTROL.test(line))).toEqual([])
    expect(lines.filter((line) => line.endsWith('z'))).toHaveLength(2)
  })

  test('S04: leave the frames of a stack, one to a line', () => {
    const error = Object.assign(new Error('first\nsecond'), {
      stack: 'Error: first\nsecond\n    at f (file:1:1)\n    at async g (file:2:2)',
    })
    expect(logOf(error).plain.slice(1, 5)).toEqual([
      'Error: first second (undefined)',
      'Error: first second',
      '    at f (file:1:1)',
      '    at async g (file:2:2)',
    ])
  })
})

const Order = z.object({ name: z.string(), count: z.number(), tags: z.array(z.string()) })
const zodError = thrownBy(() => Order.parse({ count: '1', tags: [1, 2] }))
const WORDS = 'Invalid input: expected string, received undefined'

describe('a log', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('S04: says once what a validator found, in less than 2 KB, and without frames in production', async () => {
    const development = await Promise.all(frameworks.map((framework) => pinoLineOf(framework, zodError)))
    vi.stubEnv('NODE_ENV', 'production')
    const production = await Promise.all(frameworks.map((framework) => pinoLineOf(framework, zodError)))
    for (const line of [...development, ...production]) expect(line.split(WORDS)).toHaveLength(2)
    for (const line of development) {
      expect((JSON.parse(line) as Line).err).toMatchObject({
        stack: expect.stringMatching(/^ZodError\n {4}at /),
      })
    }
    for (const line of production) {
      expect(line.length).toBeLessThan(1_000)
      expect(JSON.parse(line)).toMatchObject({ msg: 'Request failed', err: { type: 'ZodError', stack: '' } })
    }
  })

  test('S04: has the start of a long message beside the whole', () => {
    const text = 'x'.repeat(5_000)
    const { plain, data } = logOf(new Error(text))
    expect(plain[0]).toBe(`${'x'.repeat(200)}…`)
    expect(plain[2]).toBe(`Error: ${'x'.repeat(200)}…`)
    expect(data.length).toBeLessThan(2 * 5_000 + 6_000)
  })

  test("S04: keeps the frames of the server's fault in production", async () => {
    vi.stubEnv('NODE_ENV', 'production')
    for (const framework of frameworks) {
      const { err } = JSON.parse(await pinoLineOf(framework, new TypeError('x'))) as Line
      expect(err).toMatchObject({ stack: expect.stringMatching(/^TypeError: x\n {4}at /) })
    }
  })

  test('S04: leaves the frames of a BizError to its catalog, in production too', async () => {
    const catalog = defineCatalog({
      name: 'shop',
      stack: 'always',
      errors: { 1: { status: 409, message: 'Sold out' } },
    })
    vi.stubEnv('NODE_ENV', 'production')
    const error = new catalog.BizError(1, { cause: new Error('inner') })
    for (const framework of frameworks) {
      const { err } = JSON.parse(await pinoLineOf(framework, error, { catalog })) as Line
      expect(err).toMatchObject({
        message: 'Sold out: inner',
        stack: expect.stringMatching(/^BizError: Sold out\n(?: {4}at .+\n)+caused by: Error: inner$/),
      })
    }
  })
})

function responseOf(request: unknown): object {
  return (request as { readonly res: object }).res
}

describe('a logger by request', () => {
  /** By response. */
  const logs = new WeakMap<object, Logger>()

  for (const framework of frameworks) {
    test(`S04: is asked for each request on ${framework.name}, for what is logged and warned of it`, async () => {
      const log: string[] = []
      const loggerFor = (id: string): Logger => ({
        error: (_record, message) => log.push(`${id} error ${message}`),
        info: (_record, message) => log.push(`${id} info ${message}`),
        warn: (_record, message) => log.push(`${id} warn ${message}`),
      })
      const { port, server } = await listen(
        framework.listener({
          options: {
            logger: (request) => logs.get(responseOf(request)),
            locale: () => {
              throw new Error('x')
            },
          },
          routes: {
            '/': (request, response) => {
              logs.set(response, loggerFor(String(request.headers['x-request-id'])))
              throw request.headers['x-request-id'] === '1' ? new BizError(1006) : new Error('boom')
            },
          },
        }),
      )
      for (const id of ['1', '2']) await send(port, { path: '/', headers: { 'X-Request-ID': id } })
      await expect.poll(() => log.length, { interval: 5 }).toBe(4)
      server.close()
      const warning = 'warn The locale function failed; Accept-Language was used'
      expect(log).toEqual([`1 ${warning}`, '1 info Username already exists', `2 ${warning}`, '2 error boom'])
    })
  }

  const broken: Readonly<Record<string, [logger: () => unknown, warning: string]>> = {
    'returns nothing': [() => undefined, 'returned no logger'],
    'returns null': [() => null, 'returned no logger'],
    'returns no logger': [() => ({ info: () => {} }), 'returned no logger'],
    'returns a promise that rejects': [() => Promise.reject(new Error('x')), 'returned no logger'],
    throws: [
      () => {
        throw new Error('x')
      },
      'failed',
    ],
  }
  for (const [what, [logger, problem]] of Object.entries(broken)) {
    test(`S04: gives way to the default one where it ${what}, which is told once`, () => {
      const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      const reporter = createReporter<object>({ logger: logger as () => undefined })
      for (const error of ['one', 'two']) reporter.report(sampleReport({ error }), {})
      reporter.report(sampleReport({ error: 'expected', serverFault: false }), {})
      const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)) as Line)
      write.mockRestore()
      expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
        ['warn', `The logger function ${problem}; the default logger was used`],
        ['error', 'one'],
        ['error', 'two'],
      ])
    })
  }
})
