import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * The code is the sentence, with its severity and category before the colon. Each answer is a 200 that has an array of
 * them, empty in a success. Some codes are told with an argument after a further colon.
 */
const kraken = defineCatalog({
  name: 'kraken',
  status: 200,
  // Foreign errors, too.
  httpStatus: 200,
  envelope: {
    body: ({ message, errors = [] }) => ({
      error: [message, ...errors.map((other) => other.message)],
      result: {},
    }),
    success: (data) => ({ error: [], result: data }),
    // `EGeneral:Invalid arguments:volume` is the code and its argument.
    read(body) {
      const { error } = body as { readonly error?: unknown }
      const first: unknown = Array.isArray(error) ? error[0] : undefined
      return typeof first === 'string' ? { code: first.split(':', 2).join(':') } : undefined
    },
  },
  errors: {
    INVALID_KEY: { code: 'EAPI:Invalid key', message: 'EAPI:Invalid key' },
    INVALID_SIGNATURE: { code: 'EAPI:Invalid signature', message: 'EAPI:Invalid signature' },
    INVALID_NONCE: { code: 'EAPI:Invalid nonce', message: 'EAPI:Invalid nonce' },
    RATE_LIMIT: {
      code: 'EAPI:Rate limit exceeded',
      message: 'EAPI:Rate limit exceeded',
      retryable: true,
    },
    INVALID_ARGUMENTS: {
      code: 'EGeneral:Invalid arguments',
      message: 'EGeneral:Invalid arguments:{{argument}}',
    },
    INTERNAL_ERROR: { code: 'EGeneral:Internal error', message: 'EGeneral:Internal error' },
    UNKNOWN_METHOD: { code: 'EGeneral:Unknown method', message: 'EGeneral:Unknown method' },
    UNKNOWN_ASSET_PAIR: { code: 'EQuery:Unknown asset pair', message: 'EQuery:Unknown asset pair' },
    INSUFFICIENT_FUNDS: { code: 'EOrder:Insufficient funds', message: 'EOrder:Insufficient funds' },
    CANCEL_ONLY: {
      code: 'EService:Market in cancel_only mode',
      message: 'EService:Market in cancel_only mode',
    },
    UNAVAILABLE: { code: 'EService:Unavailable', message: 'EService:Unavailable', retryable: true },
  },
  foreign: { byStatus: { 404: 'UNKNOWN_METHOD', 500: 'INTERNAL_ERROR' } },
})
const { errors } = kraken

export const system: System = {
  name: 'Kraken Spot REST',
  source: 'https://docs.kraken.com/exchange/guides/general/errors',
  options: { catalog: kraken },
  cases: [
    {
      title: 'a wrong key is a 200 with one code in an array',
      thrown: () => errors.INVALID_KEY(),
      status: 200,
      body: { error: ['EAPI:Invalid key'], result: {} },
    },
    {
      title: 'two faults of one order are two codes',
      thrown: () =>
        errors.UNKNOWN_ASSET_PAIR({ also: [errors.INVALID_ARGUMENTS({ params: { argument: 'volume' } })] }),
      status: 200,
      body: { error: ['EQuery:Unknown asset pair', 'EGeneral:Invalid arguments:volume'], result: {} },
    },
    {
      title: 'a code has its argument behind it',
      thrown: () => errors.INVALID_ARGUMENTS({ params: { argument: 'Index unavailable' } }),
      status: 200,
      body: { error: ['EGeneral:Invalid arguments:Index unavailable'], result: {} },
      // The argument is of the other server's words, which are not handed on.
      readAs: null,
    },
    {
      title: 'a code with blanks and an underscore is a code',
      thrown: () => errors.CANCEL_ONLY(),
      status: 200,
      body: { error: ['EService:Market in cancel_only mode'], result: {} },
    },
    {
      title: 'a path that nobody serves is an unknown method',
      request: { path: '/0/public/Nothing' },
      status: 200,
      body: { error: ['EGeneral:Unknown method'], result: {} },
      readAs: 'UNKNOWN_METHOD',
    },
    {
      title: 'a foreign error is an internal one',
      thrown: () => new TypeError('x is undefined'),
      status: 200,
      body: { error: ['EGeneral:Internal error'], result: {} },
      readAs: 'INTERNAL_ERROR',
    },
  ],
  successes: [
    {
      title: 'a success has an empty array of errors',
      data: { unixtime: 1_688_669_448 },
      body: { error: [], result: { unixtime: 1_688_669_448 } },
    },
  ],
}
