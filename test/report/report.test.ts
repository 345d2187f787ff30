import { spawnSync } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Logger } from '../../src/report/logger.ts'
import { createReporter, type ErrorReport } from '../../src/report/report.ts'
import { describeThrown, type ThrownDescription } from '../../src/report/thrown.ts'
import { sampleReport } from '../support/sample-report.ts'

const throwing = (): never => {
  throw new Error('hostile')
}
const hostileProxy: unknown = new Proxy(new Error('x'), {
  get: throwing,
  has: throwing,
  getPrototypeOf: throwing,
})
const revoked = Proxy.revocable({}, {})
revoked.revoke()

const rejectedThenable: unknown = new Proxy(
  {},
  {
    get: (_target, name) =>
      name === 'then'
        ? (_: unknown, reject: (reason: Error) => void) => reject(new Error('late'))
        : undefined,
  },
)

/** A logger that keeps what it is told. */
function recorder(): { readonly logger: Logger; readonly lines: unknown[] } {
  const lines: unknown[] = []
  return {
    lines,
    logger: {
      error: (...line) => lines.push(['error', ...line]),
      warn: (...line) => lines.push(['warn', ...line]),
      info: (...line) => lines.push(['info', ...line]),
    },
  }
}

const { error: _error, serverFault: _serverFault, ...facts } = sampleReport()
const expected = sampleReport({ serverFault: false })
const request = { url: '/users/7' }

describe('a report', () => {
  test("reaches the logger as error when it is the server's fault, and as info otherwise", () => {
    const { logger, lines } = recorder()
    const reporter = createReporter({ logger })
    reporter.report(sampleReport(), request)
    reporter.report(expected, request)
    const record = { ...facts, err: { type: 'string', message: 'boom' } }
    expect(lines).toEqual([
      ['error', record, 'boom'],
      ['info', record, 'boom'],
    ])
  })

  test('has all its facts in the log', () => {
    const { logger, lines } = recorder()
    const changed = { as: 404, unknownKey: '999', unusable: ['headers.X-A'], sent: false, clientGone: true }
    createReporter({ logger }).report(sampleReport({ ...changed, serverFault: false }), request)
    expect(lines).toEqual([
      ['info', { ...facts, ...changed, err: { type: 'string', message: 'boom' } }, 'boom'],
    ])
  })

  test('has a message when what was thrown has none', () => {
    const { logger, lines } = recorder()
    createReporter({ logger }).report(sampleReport({ error: {} }), request)
    expect(lines).toEqual([['error', { ...facts, err: { type: 'object', message: '' } }, 'Request failed']])
  })

  test('reaches onReport as it is, before the logger', () => {
    const { logger, lines } = recorder()
    const given = sampleReport()
    createReporter({ logger, onReport: (...received) => lines.push(received) }).report(given, request)
    expect(lines[0]).toEqual([given, request])
    expect(lines).toHaveLength(2)
  })

  test('goes nowhere, when the logger has no such level', () => {
    const lines: unknown[] = []
    const reporter = createReporter({ logger: { error: (...line) => lines.push(line) } })
    reporter.report(expected, request)
    reporter.warn('something')
    expect(lines).toEqual([])
  })

  test('keeps the logger as `this`, as classes of loggers need', () => {
    class Lines {
      readonly #lines: string[] = []
      error(_record: object, message: string): void {
        this.#lines.push(message)
      }
      get lines(): readonly string[] {
        return this.#lines
      }
    }
    const logger = new Lines()
    createReporter({ logger: logger as Logger }).report(sampleReport(), request)
    expect(logger.lines).toEqual(['boom'])
  })

  test('goes to every observer, each as its own `this`, after the hook of the app', () => {
    const told: unknown[] = []
    class Tool {
      readonly #name: string
      constructor(name: string) {
        this.#name = name
      }
      onReport({ key }: ErrorReport, of: unknown): void {
        told.push([this.#name, key, of])
      }
    }
    const reporter = createReporter({
      logger: { error: () => {} },
      onReport: ({ key }, of) => told.push(['app', key, of]),
      observe: [new Tool('a'), { onAnswer: () => told.push('answer') }, new Tool('b')],
    })
    const report = sampleReport()
    reporter.report(report, request)
    reporter.answer(report, request)
    expect(told).toEqual([
      ['app', report.key, request],
      ['a', report.key, request],
      ['b', report.key, request],
      'answer',
    ])
    expect(reporter.isAnswerWanted()).toBe(true)
  })

  test('is wanted by an observer of reports, and its answer only by one of answers', () => {
    const { isAnswerWanted, isWanted } = createReporter({
      logger: { error: () => {} },
      observe: { onReport() {} },
    })
    expect([isAnswerWanted(), isWanted(false)]).toEqual([false, true])
  })

  const broken: readonly (readonly [what: string, call: () => unknown])[] = [
    ['throws', throwing],
    ['rejects', () => Promise.reject(new Error('late'))],
    ['rejects without being a Promise', () => rejectedThenable],
    ['returns what throws when it is looked at', () => hostileProxy],
    ['never settles', () => new Promise(() => {})],
  ]
  for (const [what, call] of broken) {
    test(`is nobody's problem when the logger, onReport or an observer ${what}`, async () => {
      const calls: string[] = []
      const onUnhandled = (): void => void calls.push('unhandled')
      const called = (name: string) => (): unknown => {
        calls.push(name)
        return call()
      }
      process.on('unhandledRejection', onUnhandled)
      const logger = { error: called('error'), warn: called('warn'), info: called('info') }
      const reporter = createReporter({
        logger,
        onReport: called('onReport'),
        observe: { onReport: called('observer') },
      })
      reporter.report(sampleReport(), request)
      reporter.report(expected, request)
      reporter.warn('something', new Error('x'))
      await setImmediate()
      process.off('unhandledRejection', onUnhandled)
      expect(calls).toEqual(['onReport', 'observer', 'error', 'onReport', 'observer', 'info', 'warn'])
    })
  }

  test('of a default that took the place of something goes to warn', () => {
    const { logger, lines } = recorder()
    const reporter = createReporter({ logger })
    reporter.warn('The locale function failed', 'x')
    reporter.warn('A text is missing')
    expect(lines).toEqual([
      ['warn', { err: { type: 'string', message: 'x' } }, 'The locale function failed'],
      ['warn', {}, 'A text is missing'],
    ])
  })
})

function stackless(error: Error): Error {
  return Object.assign(error, { stack: undefined })
}

/** The messages of a description and its causes. */
function messages(description: ThrownDescription | undefined): readonly string[] {
  return description === undefined ? [] : [description.message, ...messages(description.cause)]
}

const NOT_CALLED = 'A function was thrown, which is no error. Call it, or make an error of the class with new'

describe('describeThrown', () => {
  const table: readonly (readonly [what: string, thrown: unknown, description: ThrownDescription])[] = [
    ['a string', 'boom', { type: 'string', message: 'boom' }],
    ['an empty string', '', { type: 'string', message: '' }],
    ['a number', 404, { type: 'number', message: '404' }],
    ['a BigInt', 10n, { type: 'bigint', message: '10' }],
    ['a BigInt of more than 100 digits', -(10n ** 100n) - 1n, { type: 'bigint', message: 'A long BigInt' }],
    ['a Symbol', Symbol('s'), { type: 'symbol', message: 'Symbol(s)' }],
    ['false', false, { type: 'boolean', message: 'false' }],
    ['null', null, { type: 'null', message: 'null' }],
    ['undefined', undefined, { type: 'undefined', message: 'undefined' }],
    ['a function', throwing, { type: 'throwing', message: NOT_CALLED }],
    ['a class', TypeError, { type: 'TypeError', message: NOT_CALLED }],
    [
      'a function with a message',
      Object.assign(() => {}, { message: 'x' }),
      { type: 'function', message: 'x' },
    ],
    ['an object', { status: 404, sql: 'x' }, { type: 'object', message: 'status 404' }],
    ['an object that says nothing', { sql: 'x', data: 7 }, { type: 'object', message: '' }],
    [
      'R11: an object of words and numbers, and not what is no word',
      { kind: 'not_found', type: 'a text of a person', status: 404, errno: Number.NaN, password: 'x' },
      { type: 'object', message: 'kind not_found, status 404' },
    ],
    [
      'R11: an object with a code',
      { error: 'invalid_grant', statusCode: 400, code: 'E_GRANT', secret: 'x' },
      { type: 'object', message: 'error invalid_grant, code E_GRANT, statusCode 400', code: 'E_GRANT' },
    ],
    [
      'R11: an object whose words are long, inherited or throw',
      Object.defineProperty(
        Object.assign(Object.create({ kind: 'x' }) as object, { type: 'x'.repeat(1e6) }),
        'code',
        {
          get: throwing,
          enumerable: true,
        },
      ),
      { type: 'object', message: '' },
    ],
    [
      'an Error without a message',
      stackless(Object.assign(new Error(''), { kind: 'x' })),
      { type: 'Error', message: '' },
    ],
    ['an object without prototype', Object.create(null), { type: 'object', message: '' }],
    ['an array', ['x'], { type: 'object', message: '' }],
    [
      'an Error',
      Object.assign(new TypeError('boom'), { stack: 'TypeError: boom\n    at x' }),
      { type: 'TypeError', message: 'boom', stack: 'TypeError: boom\n    at x' },
    ],
    [
      'an Error with a code',
      stackless(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })),
      { type: 'Error', message: 'x', code: 'ECONNREFUSED' },
    ],
    [
      'an Error with a code that is none',
      stackless(Object.assign(new Error('x'), { code: { a: 1 } })),
      { type: 'Error', message: 'x' },
    ],
    [
      'an Error with facts of a driver, which stay out',
      stackless(
        Object.assign(new Error('x'), {
          sql: 'SELECT 1',
          config: { headers: { Authorization: 'Bearer s3' } },
          body: 'hunter2',
        }),
      ),
      { type: 'Error', message: 'x' },
    ],
    [
      'the error of a JSON parser, without the body that its message quotes',
      Object.assign(new SyntaxError('Unexpected token h, "{hunter2}"'), {
        body: '{hunter2}',
        stack: 'SyntaxError: Unexpected token h, "{hunter2}"\n    at JSON.parse (<anonymous>)\n    at x',
      }),
      {
        type: 'SyntaxError',
        message: 'Malformed body',
        stack: 'SyntaxError: Malformed body\n    at JSON.parse (<anonymous>)\n    at x',
      },
    ],
    [
      'the error of a JSON parser whose stack has no frames',
      Object.assign(new SyntaxError('hunter2'), { body: '', stack: 'SyntaxError: hunter2' }),
      { type: 'SyntaxError', message: 'Malformed body' },
    ],
    [
      'an Error whose properties are of other types',
      Object.assign(new Error('x'), { name: Symbol('n'), message: 7, stack: {} }),
      { type: 'object', message: '' },
    ],
    [
      'an Error whose toString throws',
      stackless(Object.assign(new Error('x'), { toString: throwing, toJSON: throwing })),
      { type: 'Error', message: 'x' },
    ],
    ['a Proxy that throws', hostileProxy, { type: 'object', message: '' }],
    ['a revoked Proxy', revoked.proxy, { type: 'object', message: '' }],
    ['a text of 1 MB', 'x'.repeat(1_000_000), { type: 'string', message: `${'x'.repeat(8192)}…` }],
    ['a lone surrogate', 'a\uD800', { type: 'string', message: 'a\uFFFD' }],
    [
      'an Error with causes',
      stackless(new Error('a', { cause: stackless(new Error('b', { cause: 'c' })) })),
      {
        type: 'Error',
        message: 'a',
        cause: { type: 'Error', message: 'b', cause: { type: 'string', message: 'c' } },
      },
    ],
    [
      'an Error with a cause that is null',
      stackless(new Error('a', { cause: null })),
      { type: 'Error', message: 'a', cause: { type: 'null', message: 'null' } },
    ],
  ]
  for (const [what, thrown, description] of table) {
    test(`describes ${what}`, () => {
      expect(describeThrown(thrown)).toEqual(description)
    })
  }

  test('describes at most ten causes of a chain', () => {
    let error = new Error('20000')
    for (let depth = 19_999; depth > 0; depth--) error = new Error(String(depth), { cause: error })
    expect(messages(describeThrown(error))).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
  })

  test('describes each cause of a cycle once', () => {
    const [a, b, self] = [new Error('a'), new Error('b'), new Error('self')]
    a.cause = b
    b.cause = a
    self.cause = self
    expect([messages(describeThrown(a)), messages(describeThrown(self))]).toEqual([['a', 'b'], ['self']])
  })

  test('describes the errors of an AggregateError, without their causes', () => {
    const inner = Object.assign(new Error('taken', { cause: new Error('why') }), { code: '23505' })
    const described = describeThrown(new AggregateError([inner, 'late'], 'all failed'))
    expect(described.aggregateErrors).toEqual([
      { type: 'Error', message: 'taken', stack: inner.stack, code: '23505' },
      { type: 'string', message: 'late' },
    ])
  })

  test('describes an AggregateError that contains itself', () => {
    const error = new AggregateError([], 'all failed')
    error.errors.push(error, new Error('secret'))
    expect(messages(describeThrown(error))).toEqual(['all failed'])
  })
})

describe('the default logger', () => {
  // A process of its own: what counts is what reaches its stderr.
  const script = `
    import { createServer } from 'node:http'
    import express from 'express'
    import { catalog } from './src/catalogs/cloud-waf.ts'
    import { BizError, errorHandler, notFound, requestId } from './src/index.ts'

    const app = express()
    app.use(requestId())
    app.use(express.json())
    app.post('/fail/:id', () => {
      throw Object.assign(new Error('first\\nsecond\\u2028third\\u2029', { cause: 7n }), { stack: undefined, sql: 'SELECT hunter2' })
    })
    app.post('/conflict', () => { throw new BizError(1006) })
    app.post('/unknown', () => { throw new BizError(999999) })
    app.use(notFound())
    app.use(errorHandler({ catalog }))

    const server = createServer(app).listen(0, '127.0.0.1', async () => {
      for (const path of ['/conflict', '/nowhere', '/fail/secret-id?token=secret-token', '/unknown']) {
        await fetch('http://127.0.0.1:' + server.address().port + path, {
          method: 'POST',
          headers: { 'X-Request-ID': 't-1', 'Content-Type': 'application/json', Authorization: 'Bearer secret', Cookie: 'sid=secret' },
          body: '{"password":"secret"}',
        })
      }
      server.close()
      server.closeAllConnections()
    })
  `

  test('writes one line of JSON to stderr for each 5xx, nothing for 4xx, and nothing of the request', () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { encoding: 'utf8' },
    )
    const lines = stderr.split(/[\n\u2028\u2029]/)
    const common = {
      level: 'error',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      catalog: 'cloud-waf',
      key: 500,
      code: 500,
      status: 500,
      sent: true,
      clientGone: false,
      locale: 'en',
      requestId: 't-1',
      method: 'POST',
    }
    expect([stdout, status, lines.pop(), lines.map((line) => JSON.parse(line) as unknown)]).toEqual([
      '',
      0,
      '',
      [
        {
          ...common,
          msg: 'first second third',
          route: '/fail/:id',
          err: {
            type: 'Error',
            message: 'first second third',
            cause: { type: 'bigint', message: '7' },
          },
        },
        {
          ...common,
          msg: 'Internal server error',
          unknownKey: '999999',
          route: '/unknown',
          err: {
            type: 'BizError',
            message: 'Internal server error',
            code: 500,
            stack: expect.stringContaining('BizError: Internal server error') as unknown,
          },
        },
      ],
    ])
    expect(stderr).not.toMatch(/secret|hunter2/)
  })
})
