import { describe, expect, test } from 'vitest'
import type { RequestFacts } from '../../src/answer/facts.ts'
import { headersOf } from '../../src/answer/headers.ts'
import { createShapes } from '../../src/answer/shape.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { thrownState } from '../../src/error/state.ts'
import { sampleFacts } from '../support/sample-facts.ts'
import { standardHeaders } from '../support/standard-answer.ts'

const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  errors: {
    1: { status: 404, message: 'Not here' },
    2: { status: 401, message: 'Not signed in' },
    3: { status: 405, message: 'Not so' },
    4: { status: 503, message: 'Later', retryAfter: 30 },
    5: {
      status: 410,
      message: 'Gone',
      headers: { 'Cache-Control': 'public, max-age=60', 'X-Reason': 'sold', link: '</shop>; rel="up"' },
    },
    6: { status: 401, message: 'Expired', challenge: 'Bearer error="invalid_token"' },
    7: { status: 403, message: 'More scope', challenge: 'Bearer error="insufficient_scope"' },
  },
})

const body = { contentType: 'text/x', policy: undefined, text: 'ä', bytes: 2 }
const texts = { locale: 'de', message: 'x', title: undefined, description: undefined, action: undefined }

interface Sent {
  readonly code?: number
  readonly headers?: Readonly<Record<string, string>>
  /** What the throw gives besides headers. */
  readonly thrown?: object
  /** The status that is sent. */
  readonly status?: number
  readonly docs?: string
  readonly facts?: Partial<RequestFacts>
  readonly exposeHeaders?: boolean
}

function sent({ code = 1, headers, thrown, status, docs, facts, exposeHeaders = false }: Sent = {}): object {
  const state = thrownState(shop, code, { headers, ...thrown })
  const subject = {
    state,
    texts,
    status: status ?? state.status,
    docs,
    errors: undefined,
    description: undefined,
  }
  const settings = { shapes: createShapes(undefined), exposeHeaders }
  return headersOf(subject, body, { ...sampleFacts, ...facts }, settings)
}

const plain = {
  ...standardHeaders(body.text, 'de'),
  'Content-Type': 'text/x',
  'X-Request-ID': 't-1',
}
const EXPOSE = 'Access-Control-Expose-Headers'

const table: readonly (readonly [what: string, given: Sent, headers: object])[] = [
  ['those of every answer', {}, plain],
  ['those of the throw', { headers: { 'X-A': 'a', 'x-b': 'b' } }, { ...plain, 'X-A': 'a', 'x-b': 'b' }],
  [
    'the id under the name that the app chose',
    { facts: { requestIdHeader: 'X-Trace' } },
    { ...plain, 'X-Request-ID': undefined, 'X-Trace': 't-1' },
  ],
  [
    'one id, where the throw has another',
    { facts: { requestIdHeader: 'X-Trace' }, headers: { 'x-trace': 'forged' } },
    { ...plain, 'X-Request-ID': undefined, 'X-Trace': 't-1' },
  ],
  [
    'no id, where the response has it, whatever the throw has',
    { facts: { requestIdHeader: 'X-Trace', hasRequestId: true }, headers: { 'X-Trace': 'forged' } },
    { ...plain, 'X-Request-ID': undefined },
  ],
  ['the challenge of a 401', { code: 2 }, { ...plain, 'WWW-Authenticate': 'Bearer' }],
  [
    'the challenge of an error, before that of the catalog',
    { code: 6 },
    { ...plain, 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  ],
  [
    'the challenge of an error that is no 401',
    { code: 7 },
    { ...plain, 'WWW-Authenticate': 'Bearer error="insufficient_scope"' },
  ],
  [
    'the challenge of the throw before that of an error that is no 401, written in any case',
    { code: 7, headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="write"' } },
    { ...plain, 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="write"' },
  ],
  ['no challenge of an error that has another status', { code: 7, thrown: { status: 404 } }, plain],
  [
    'the constants of an error, its Cache-Control among them',
    { code: 5 },
    { ...plain, 'Cache-Control': 'public, max-age=60', 'X-Reason': 'sold', link: '</shop>; rel="up"' },
  ],
  [
    'those of the throw before the constants, whatever their case',
    { code: 5, headers: { 'x-reason': 'mine', Link: '</other>' } },
    { ...plain, 'Cache-Control': 'public, max-age=60', 'x-reason': 'mine', Link: '</other>' },
  ],
  [
    'the link to the documentation behind a constant one',
    { code: 5, docs: '/e/5' },
    {
      ...plain,
      'Cache-Control': 'public, max-age=60',
      'X-Reason': 'sold',
      Link: '</shop>; rel="up", </e/5>; rel="help"',
    },
  ],
  [
    'no Cache-Control of an error beside a status that is not its own',
    { code: 5, status: 200 },
    { ...plain, 'X-Reason': 'sold', link: '</shop>; rel="up"' },
  ],
  ['no constants of an error that has another status', { code: 5, thrown: { status: 404 } }, plain],
  ['when to try again', { code: 4 }, { ...plain, 'Retry-After': '30' }],
  ['the field of the status', { code: 3, headers: { allow: 'GET' } }, { ...plain, Allow: 'GET' }],
  ['no field of a status that is not sent', { code: 3, headers: { Allow: 'GET' }, status: 200 }, plain],
  [
    'all others beside a status that is not sent',
    { code: 1, headers: { 'X-A': 'a' }, status: 200 },
    { ...plain, 'X-A': 'a' },
  ],
  ['a link to the documentation', { docs: '/e/1' }, { ...plain, Link: '</e/1>; rel="help"' }],
  [
    'the link after that of the response',
    { docs: '/e/1', facts: { link: '</a>; rel="next"' } },
    { ...plain, Link: '</a>; rel="next", </e/1>; rel="help"' },
  ],
  [
    'the link after that of the throw, which replaces that of the response',
    { docs: '/e/1', facts: { link: '</a>' }, headers: { link: '</b>' } },
    { ...plain, Link: '</b>, </e/1>; rel="help"' },
  ],
  ['the link of the throw', { headers: { Link: '</b>' } }, { ...plain, Link: '</b>' }],
  [
    'what scripts may read',
    { exposeHeaders: true },
    { ...plain, [EXPOSE]: 'Retry-After, X-Request-ID, Link' },
  ],
  [
    'what scripts may read, after that of the response',
    { exposeHeaders: true, facts: { exposed: 'ETag', requestIdHeader: 'X-Trace', hasRequestId: true } },
    { ...plain, 'X-Request-ID': undefined, [EXPOSE]: 'ETag, Retry-After, X-Trace, Link' },
  ],
  [
    'what scripts may read, after that of the throw',
    { exposeHeaders: true, facts: { exposed: 'ETag' }, headers: { [EXPOSE.toLowerCase()]: 'X-A' } },
    { ...plain, [EXPOSE]: 'X-A, Retry-After, X-Request-ID, Link' },
  ],
]

describe('the headers of an answer are', () => {
  for (const [what, given, headers] of table) {
    test(what, () => {
      expect(sent(given)).toEqual(headers)
    })
  }

  test('the same for a second answer, and the state keeps its own', () => {
    const headers = { 'X-A': 'a' }
    const state = thrownState(shop, 1, { headers })
    const subject = { state, texts, status: 404, docs: '/e/1', errors: undefined, description: undefined }
    const settings = { shapes: createShapes(undefined), exposeHeaders: true }
    const made = [1, 2].map(() => headersOf(subject, body, sampleFacts, settings))
    expect(made[0]).toEqual(made[1])
    expect(state.headers).toEqual(headers)
  })
})
