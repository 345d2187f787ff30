import { describe } from 'vitest'
import { blames } from '../support/whose-fault.ts'

const PAST = 'Sun, 06 Nov 1994 08:49:37 GMT'

const throwing = (): never => {
  throw new Error('hostile')
}

/** Where clients keep the headers of an answer, beside its status. */
const PLACES: Readonly<Record<string, (headers: unknown) => object>> = {
  'the response of HTTP clients': (headers) => ({ request: {}, config: {}, raw: {}, response: { headers } }),
  'the error of Stripe, OpenAI and undici': (headers) => ({ raw: {}, headers }),
  'the responseHeaders of the Vercel AI SDK': (responseHeaders) => ({ url: 'x', responseHeaders }),
  'the $response of AWS SDK 3': (headers) => ({ $metadata: { httpStatusCode: 503 }, $response: { headers } }),
  'the meta of Elasticsearch': (headers) => ({ meta: { statusCode: 503, headers } }),
}

const fails = (properties: object) => (): never => {
  throw Object.assign(new Error('s3cr3t'), { status: 503 }, properties)
}

describe('R14: a Retry-After that an upstream told goes on', () => {
  for (const [place, keep] of Object.entries(PLACES)) {
    for (const [what, headers] of Object.entries({
      'a record': { 'retry-after': '7' },
      'Headers of fetch': new Headers({ 'Retry-After': '7' }),
      'a record of lines': { 'retry-after': ['7', '8'] },
      'a record as it was sent': { 'Retry-After': '7' },
    })) {
      blames(`R14: from ${what} in ${place}`, fails(keep(headers)), 'unavailable', {}, { 'retry-after': '7' })
    }
  }

  for (const [what, given, told] of [
    ['now as a second', '0', '1'],
    ['a date that is past as a second', PAST, '1'],
    ['more than a year as a year', '99999999999', '31536000'],
  ] as const) {
    const error = fails({ raw: {}, headers: { 'retry-after': given } })
    blames(`R14: ${what}`, error, 'unavailable', {}, { 'retry-after': told })
  }

  for (const [what, headers] of Object.entries({
    'a text that says no time': { 'retry-after': 'tomorrow' },
    'a fraction': { 'retry-after': '1.5' },
    'a number below 0': { 'retry-after': '-1' },
    'two headers in one': { 'retry-after': '1\r\nX-Evil: 1' },
    'a text of 1 MB': { 'retry-after': '1'.repeat(1_000_000) },
    'an object': { 'retry-after': { toString: throwing } },
    'a promise that is rejected': { get: () => Promise.reject(new Error('hostile')) },
    'a get that throws': { get: throwing },
    'a Proxy that throws': new Proxy({}, { get: throwing, has: throwing }),
  })) {
    blames(`R14: not ${what}`, fails({ raw: {}, headers }), 'upstream-failed')
  }
})

describe('R14: an error that a library says to try again is unavailable', () => {
  for (const [library, properties] of Object.entries({
    'the Vercel AI SDK': {
      status: undefined,
      statusCode: 500,
      url: 'x',
      responseHeaders: {},
      isRetryable: true,
    },
    'AWS SDK 3': {
      status: undefined,
      $fault: 'server',
      $metadata: { httpStatusCode: 500 },
      $retryable: { throttling: false },
    },
    'a client with `retriable`': { status: 500, request: {}, retriable: true },
  })) {
    blames(`R14: of ${library}`, fails(properties), 'unavailable')
    const told = Object.fromEntries(
      Object.entries({ ...properties, isRetryable: false, retriable: false, $retryable: undefined }),
    )
    blames(`R14: and not of ${library} where it does not say so`, fails(told), 'upstream-failed')
  }
  blames(
    'R14: and a timeout stays one',
    fails({ status: 504, responseHeaders: {}, isRetryable: true }),
    'upstream-timeout',
  )
  blames(
    'R14: but not one of the app, which has nothing of another server',
    fails({ status: 404, isRetryable: true, retriable: true }),
    'not-found',
  )
})
