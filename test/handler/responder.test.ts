import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { BizError as Root } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { createResponder, type Delivery } from '../../src/handler/responder.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { RequestFacts } from '../../src/answer/facts.ts'
import type { ErrorAnswer, ErrorReport } from '../../src/report/report.ts'
import { sampleFacts as facts, sampleOrigin } from '../support/sample-facts.ts'
import { sampleReport } from '../support/sample-report.ts'

const shop = defineCatalog({
  name: 'shop',
  locales: { de: { shop: { 1: { message: 'Nicht da' } } } },
  errors: {
    1: { status: 404, message: 'Not here' },
    2: { status: 403, message: 'Locked' },
    500: { status: 500, message: 'Internal' },
  },
})

const sent: Delivery = { sent: true, clientGone: false, cut: false }

interface Outcome {
  readonly status: number
  readonly body: string
  readonly reports: readonly ErrorReport[]
  readonly levels: readonly string[]
  readonly warnings: readonly string[]
}

function reject(): Promise<never> {
  return Promise.reject(new Error('late'))
}

/** Answers one thrown value and delivers the answer. */
function answered(
  thrown: unknown,
  options: HandlerOptions = {},
  delivery: Delivery = sent,
  request: unknown = {},
): Outcome {
  const reports: ErrorReport[] = []
  const levels: string[] = []
  const warnings: string[] = []
  const answer = createResponder(
    {
      catalog: shop,
      onReport: (report) => reports.push(report),
      logger: {
        error: () => levels.push('error'),
        info: () => levels.push('info'),
        warn: (_record, message) => warnings.push(message),
      },
      ...options,
    },
    sampleOrigin,
  )
  const reply = answer(thrown, facts, request)
  expect(reports).toEqual([])
  reply.report(delivery)
  return { status: reply.status, body: reply.body, reports, levels, warnings }
}

describe('an answer', () => {
  test('is reported once it is delivered, with the facts and what was thrown', () => {
    const error = new shop.BizError(1, { details: { a: 1 } })
    expect(answered(error)).toEqual({
      status: 404,
      body: '{"code":1,"message":"Not here","details":{"a":1}}',
      reports: [sampleReport({ code: 1, status: 404, error })],
      levels: ['info'],
      warnings: [],
    })
  })

  test('to a foreign error is reported with the error itself', () => {
    const error = Object.freeze(new Error('secret'))
    expect(answered(error)).toEqual({
      status: 500,
      body: '{"code":500,"message":"Internal"}',
      reports: [sampleReport({ error })],
      levels: ['error'],
      warnings: [],
    })
  })

  test('that is concealed is reported with the true code, and at the level of the true status', () => {
    const error = new shop.BizError(500, { as: 1 })
    expect(answered(error)).toEqual({
      status: 404,
      body: '{"code":1,"message":"Not here"}',
      reports: [sampleReport({ code: 500, as: 1, status: 404, serverFault: true, error })],
      levels: ['error'],
      warnings: [],
    })
  })

  test('to an unknown code is the internal error, and the log has the code that was asked for', () => {
    const error: unknown = Reflect.construct(shop.BizError, [999, { as: 1, status: 404 }])
    expect(answered(error)).toEqual({
      status: 500,
      body: '{"code":500,"message":"Internal"}',
      reports: [sampleReport({ unknownKey: '999', error })],
      levels: ['error'],
      warnings: [],
    })
  })

  test('with httpStatus 200 is reported with the status that was sent, and at the level of the true one', () => {
    const { status, reports, levels } = answered('boom', { httpStatus: 200 })
    expect([status, reports, levels]).toEqual([
      200,
      [sampleReport({ status: 200, serverFault: true, error: 'boom' })],
      ['error'],
    ])
  })

  test("that is a 200, to a fault of the server's, is an error for the log", () => {
    const chat = defineCatalog({
      name: 'chat',
      status: 200,
      success: { code: 0, message: 'OK' },
      errors: { 1: { message: 'Try again' }, 2: { message: 'Check that' } },
      foreign: { byCondition: { unavailable: 1, 'validation-failed': 2 } },
    })
    const levels = (['unavailable', 'validation-failed'] as const).map((condition) => {
      const identify = { when: () => true, condition }
      const { status, levels } = answered('boom', { catalog: chat, identify })
      return [status, levels]
    })
    expect(levels).toEqual([
      [200, ['error']],
      [200, ['info']],
    ])
  })

  test('that was not sent is reported so', () => {
    const { reports, levels } = answered('boom', {}, { sent: false, clientGone: false, cut: false })
    expect([reports, levels]).toEqual([[sampleReport({ sent: false, error: 'boom' })], ['error']])
  })

  test('to a client that has left is no error for the log', () => {
    const { reports, levels } = answered('boom', {}, { sent: false, clientGone: true, cut: false })
    expect([reports, levels]).toEqual([
      [sampleReport({ serverFault: false, sent: false, clientGone: true, error: 'boom' })],
      ['info'],
    ])
  })

  test('for which another response was cut off is an error for the log, whatever its status', () => {
    const error = new shop.BizError(1)
    const { reports, levels } = answered(error, {}, { sent: false, clientGone: false, cut: true })
    expect([reports, levels]).toEqual([
      [sampleReport({ code: 1, status: 404, serverFault: true, sent: false, error })],
      ['error'],
    ])
  })

  test('is reported with what the throw gave and could not be used', () => {
    const error = new shop.BizError(1, { headers: { 'X-A': '日本', 'X-B': 'b' }, retryAfter: -5 })
    expect(answered(error).reports).toEqual([
      sampleReport({ code: 1, status: 404, unusable: ['retryAfter', 'headers.X-A'], error }),
    ])
  })

  test('is reported in a form that the hook cannot change', () => {
    const frozen: boolean[] = []
    answered('boom', { onReport: (report) => frozen.push(Object.isFrozen(report)) })
    expect(frozen).toEqual([true])
  })

  test('facts that an adapter reads when they are asked for are read of the request itself, whatever language is chosen', () => {
    const { clientGone: _, ...others } = facts
    const prototype = {
      get clientGone(): boolean {
        return true
      },
    }
    const lazy = Object.assign(Object.create(prototype) as typeof prototype, others)
    const respond = createResponder(
      { catalog: shop, locale: () => 'de', logger: { error() {} } },
      sampleOrigin,
    )
    const left = Object.assign(new Error('aborted'), { name: 'AbortError' })
    expect(respond(left, lazy, {}).status).toBe(respond(left, { ...facts, clientGone: true }, {}).status)
    expect(respond(left, lazy, {}).status).not.toBe(respond(left, facts, {}).status)
  })

  test('has the language that the app chooses from its request', () => {
    const options = { locale: (request: unknown): string => (request as { lng: string }).lng }
    const { body, reports } = answered(new shop.BizError(1), options, sent, { lng: 'de-AT' })
    expect([body, reports.map((report) => report.locale)]).toEqual([
      '{"code":1,"message":"Nicht da"}',
      ['de'],
    ])
  })

  for (const chosen of [undefined, null, false, '', [], 'vi', ['vi', '*']] as const) {
    test(`has the client's language when the app chooses ${JSON.stringify(chosen)}`, () => {
      const { body, warnings } = answered(new shop.BizError(1), { locale: () => chosen })
      expect([body, warnings]).toEqual(['{"code":1,"message":"Not here"}', []])
    })
  }

  test("has the client's language when the app's choice throws, and warns", () => {
    const { body, warnings } = answered(new shop.BizError(1), {
      locale: () => {
        throw new Error('no session')
      },
    })
    expect([body, warnings]).toEqual([
      '{"code":1,"message":"Not here"}',
      ['The locale function failed; Accept-Language was used'],
    ])
  })

  test('outlives functions of the app that reject, and promises that are thrown', async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    const { status } = answered(reject(), { locale: reject as () => never, identify: reject })
    await setImmediate()
    process.off('unhandledRejection', onUnhandled)
    expect([status, unhandled]).toEqual([500, []])
  })

  test('to a foreign error that was recognized is reported with its condition', () => {
    const error = Object.assign(new Error('hunter2'), { type: 'request.aborted', status: 400 })
    expect(answered(error)).toEqual({
      status: 400,
      body: '{"code":400,"message":"Bad request"}',
      reports: [sampleReport({ code: 400, condition: 'malformed-body', status: 400, error })],
      levels: ['info'],
      warnings: [],
    })
  })

  test('to a client that has left while its body was read is reported so, and is no error for the log', () => {
    const reports: ErrorReport[] = []
    const levels: string[] = []
    const answer = createResponder(
      {
        catalog: shop,
        onReport: (report) => reports.push(report),
        logger: { error: () => levels.push('error'), info: () => levels.push('info') },
      },
      sampleOrigin,
    )
    const error = Object.assign(new Error('hunter2'), { type: 'request.aborted', status: 400 })
    const { report } = answer(error, { ...facts, clientGone: true }, {})
    report({ sent: false, clientGone: true, cut: false })
    expect([reports, levels]).toEqual([
      [
        sampleReport({
          code: 400,
          condition: 'client-gone',
          status: 499,
          sent: false,
          clientGone: true,
          error,
        }),
      ],
      ['info'],
    ])
  })

  test('is what the first rule of the app makes of a foreign error', () => {
    const rules = [() => undefined, () => new shop.BizError(2), () => new shop.BizError(1)]
    expect([
      answered('x', { identify: rules }).status,
      answered('x', { identify: rules[1]! }).status,
    ]).toEqual([403, 403])
  })
})

/** A logger that keeps its warnings. */
function warned(): { readonly warnings: string[]; readonly error: () => void; readonly warn: unknown } {
  const warnings: string[] = []
  return {
    warnings,
    error: () => {},
    warn: (_record: object, message: string) => void warnings.push(message),
  }
}

/** Facts of a request that cannot be read. */
const unreadable: RequestFacts = Object.defineProperty({ ...facts, requestId: 't-9' }, 'retryAfter', {
  get() {
    throw new Error('hostile')
  },
})

const GENERIC = 'The answer could not be made; the generic one was sent'

describe('an answer that cannot be made', () => {
  for (const [httpStatus, status] of [
    [undefined, 500],
    [200, 200],
  ] as const) {
    test(`is the generic one with the status ${status} and the id of the request, and warns`, () => {
      const { warnings, ...logger } = warned()
      const given = { catalog: shop, httpStatus, logger } as HandlerOptions
      const reply = createResponder(given, sampleOrigin)(new shop.BizError(1), unreadable, {})
      expect([reply.status, reply.headers['X-Request-ID'], reply.body, warnings]).toEqual([
        status,
        't-9',
        '{"code":500,"message":"Internal"}',
        [GENERIC],
      ])
    })
  }

  test('for want of a request has an id of its own, warns, and is reported with what was thrown', () => {
    const { warnings, ...logger } = warned()
    const reports: ErrorReport[] = []
    const onReport = (report: ErrorReport): void => void reports.push(report)
    const answer = createResponder({ catalog: shop, logger, onReport } as HandlerOptions, sampleOrigin)
    const reply = answer.last('boom', new Error('no response'), {})
    expect(reply.report(sent)).toBe(true)
    const requestId = reply.headers['X-Request-ID']
    expect(requestId).toMatch(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect([reply.status, reply.headers['Vary'], reply.body]).toEqual([
      500,
      'Accept-Language',
      '{"code":500,"message":"Internal"}',
    ])
    expect([reports, warnings]).toEqual([[sampleReport({ requestId: requestId as string })], [GENERIC]])
  })
})

describe('a warning', () => {
  const options = {
    catalog: shop,
    logger: (request: unknown) => (request as { log: ReturnType<typeof warned> }).log,
    locale: () => {
      throw new Error('no session')
    },
  } as HandlerOptions

  test('goes to the logger of the request that is answered', () => {
    const logs = [warned(), warned()]
    const answer = createResponder(options, sampleOrigin)
    for (const log of logs) answer(new shop.BizError(1), facts, { log })
    const told = ['The locale function failed; Accept-Language was used']
    expect(logs.map(({ warnings }) => warnings)).toEqual([told, told])
  })

  for (const [what, given] of [
    ['was answered', facts],
    ['could not be answered', unreadable],
  ] as const) {
    test(`goes to no request that ${what} before`, () => {
      const log = warned()
      const answer = createResponder(options, sampleOrigin)
      answer(new shop.BizError(1), given, { log })
      const before = log.warnings.length
      const say = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      try {
        answer.last('boom', new Error('no response'), {})
        expect(say.mock.calls.map(([line]) => String(line))).toEqual([expect.stringContaining(GENERIC)])
      } finally {
        say.mockRestore()
      }
      expect(log.warnings).toHaveLength(before)
    })
  }

  test('is given of an error of bizerror in the app of another catalog, and of no other', () => {
    const { warnings } = answered(new Root(1003), { catalog: shop })
    expect(warnings).toEqual([
      expect.stringMatching(/^Error 1003 of catalog cloud-waf was thrown in an app of/),
    ])
    expect(answered(new shop.BizError(1)).warnings).toEqual([])
  })
})

function error(): void {}

describe('of an answer', () => {
  test('onAnswer hears before it is written, and the report says the same of it', () => {
    const answers: ErrorAnswer[] = []
    const reports: ErrorReport[] = []
    const requests: unknown[] = []
    const request = {}
    const answer = createResponder(
      {
        catalog: shop,
        logger: { error: () => {} },
        onAnswer: (told, of) => requests.push(of) && answers.push(told),
        onReport: (report) => reports.push(report),
      },
      sampleOrigin,
    )
    const { report } = answer('boom', facts, request)
    const { sent: _sent, clientGone: _clientGone, ...told } = sampleReport()
    expect([answers, reports, Object.isFrozen(answers[0])]).toEqual([[told], [], true])
    report(sent)
    expect([answers.length, reports]).toEqual([1, [sampleReport()]])
    expect(requests[0]).toBe(request)
  })

  for (const [what, options, ofClients, ofServers] of [
    ['a logger of errors alone', { logger: { error } }, false, true],
    ['a logger that is told of all', { logger: { error, info: error } }, true, true],
    ['a logger by request', { logger: () => ({ error }) }, true, true],
    ['onReport', { logger: { error }, onReport: error }, true, true],
  ] as const) {
    test(`${what} wants to know as far as it is told, and nobody is asked where it went for others`, () => {
      let asked = 0
      const answer = createResponder({ catalog: shop, ...options }, () => {
        asked++
        return sampleOrigin()
      })
      const wanted = [new shop.BizError(1), new shop.BizError(500)].map((thrown) => {
        const { isWanted, report } = answer(thrown, facts, {})
        report(sent)
        return isWanted
      })
      expect([wanted, asked]).toEqual([[ofClients, ofServers], Number(ofClients) + Number(ofServers)])
    })
  }

  for (const [what, code, delivery, isFault] of [
    ['a 404 is no fault', 1, sent, false],
    ['a 500 is one', 500, sent, true],
    ['a 500 to a client that has left is none', 500, { ...sent, sent: false, clientGone: true }, false],
    ['a 404 for which another response was cut off is one', 1, { ...sent, sent: false, cut: true }, true],
  ] as const) {
    test(`the server knows that ${what}`, () => {
      const answer = createResponder({ catalog: shop, logger: { error } }, sampleOrigin)
      expect(answer(new shop.BizError(code), facts, {}).report(delivery)).toBe(isFault)
    })
  }
})
