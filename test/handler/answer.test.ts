import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { createAnswer, type Delivery } from '../../src/handler/answer.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { ErrorReport } from '../../src/report/report.ts'
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
  const answer = createAnswer(
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
  const { reply, report } = answer(thrown, facts, request)
  expect(reports).toEqual([])
  report(delivery)
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
      reports: [sampleReport({ code: 500, as: 1, status: 404, error })],
      levels: ['error'],
      warnings: [],
    })
  })

  test('to an unknown code is the internal error, and the log has the code that was asked for', () => {
    const error: unknown = Reflect.construct(shop.BizError, [999, { as: 1, status: 404 }])
    expect(answered(error)).toEqual({
      status: 500,
      body: '{"code":500,"message":"Internal"}',
      reports: [sampleReport({ unknownCode: '999', error })],
      levels: ['error'],
      warnings: [],
    })
  })

  test('with httpStatus 200 is reported with the status that was sent, and at the level of the true one', () => {
    const { status, reports, levels } = answered('boom', { httpStatus: 200 })
    expect([status, reports, levels]).toEqual([
      200,
      [sampleReport({ status: 200, error: 'boom' })],
      ['error'],
    ])
  })

  test('that was not sent is reported so', () => {
    const { reports, levels } = answered('boom', {}, { sent: false, clientGone: false, cut: false })
    expect([reports, levels]).toEqual([[sampleReport({ sent: false, error: 'boom' })], ['error']])
  })

  test('to a client that has left is no error for the log', () => {
    const { reports, levels } = answered('boom', {}, { sent: false, clientGone: true, cut: false })
    expect([reports, levels]).toEqual([
      [sampleReport({ sent: false, clientGone: true, error: 'boom' })],
      ['info'],
    ])
  })

  test('for which another response was cut off is an error for the log, whatever its status', () => {
    const error = new shop.BizError(1)
    const { reports, levels } = answered(error, {}, { sent: false, clientGone: false, cut: true })
    expect([reports, levels]).toEqual([
      [sampleReport({ code: 1, status: 404, sent: false, error })],
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

  test('has the language that the app chooses from its request', () => {
    const options = { locale: (request: unknown): string => (request as { lng: string }).lng }
    const { body, reports } = answered(new shop.BizError(1), options, sent, { lng: 'de-AT' })
    expect([body, reports.map((report) => report.locale)]).toEqual([
      '{"code":1,"message":"Nicht da"}',
      ['de'],
    ])
  })

  for (const [what, chosen] of [
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', { locale: 'de' }],
    ['a promise', Promise.resolve('de')],
    ['no tag', '../../de'],
  ] as const) {
    test(`has the client's language when the app chooses ${what}`, () => {
      const { body, warnings } = answered(new shop.BizError(1), { locale: () => chosen as string })
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
    const answer = createAnswer(
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
