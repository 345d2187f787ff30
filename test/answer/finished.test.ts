// What is composed once for a code stays that of its code, status and envelope, and what a throw adds is never lost.
import { describe, expect, test, vi } from 'vitest'
import { createCompose, type ComposeSettings } from '../../src/answer/compose.ts'
import { orOwnTexts } from '../../src/answer/own-texts.ts'
import { createShapes } from '../../src/answer/shape.ts'
import { createConceal } from '../../src/answer/conceal.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { conditionState, NO_PARAMS, thrownState, type BizErrorState } from '../../src/error/state.ts'
import { sampleFacts as facts } from '../support/sample-facts.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    1: { status: 409, message: 'Taken' },
    2: { status: 410, message: 'Gone' },
    3: { status: 401, message: 'Log in' },
    4: { status: 409, message: 'Only {{left}} left' },
    5: { status: 405, message: 'Not so' },
    6: { status: 503, message: 'Later', retryAfter: 30 },
  },
})
const texts = { locale: 'en', message: 'Text', title: undefined, description: undefined, action: undefined }

function settings(changed: Partial<ComposeSettings> = {}): ComposeSettings {
  return {
    conceal: createConceal(shop),
    // One object for all codes, as a text without params is one.
    localize: () => texts,
    shapes: createShapes(undefined),
    httpStatus: undefined,
    docsUrl: undefined,
    exposeHeaders: false,
    revealValues: false,
    revealParams: false,
    warn: () => {},
    ...changed,
  }
}

/** The envelope, or the document for those who ask for it. */
const both = {
  shapes: createShapes({ 'application/json': 'flat', 'application/problem+json': 'problem' }),
}
const DOCUMENT = { ...facts, accept: 'application/problem+json' }

/** The reply to a code after others have been answered by the same handler. */
function replyOf(
  code: number,
  options?: object,
  changed?: Partial<ComposeSettings>,
  request = facts,
): { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown } {
  const compose = createCompose(settings(changed))
  for (const accept of [undefined, 'application/problem+json']) {
    compose(thrownState(shop, 1, undefined), { ...facts, accept })
  }
  const { status, headers, body } = compose(thrownState(shop, code, options), request).reply
  return { status, headers: { ...headers }, body: JSON.parse(body) as unknown }
}

test('two answers to one code differ in their request id alone', () => {
  const compose = createCompose(settings())
  const [first, second] = ['a', 'b'].map((requestId) =>
    compose(thrownState(shop, 1, undefined), { ...facts, requestId }),
  )
  expect(second!.reply.body).toBe(first!.reply.body)
  expect(second!.reply.headers).toEqual({ ...first!.reply.headers, 'X-Request-ID': 'b' })
})

test('a problem document and the envelope of the catalog do not stand in for each other', () => {
  expect(replyOf(1, undefined, both).body).toEqual({ code: 1, message: 'Text' })
  expect(replyOf(1, undefined, both, DOCUMENT).body).toMatchObject({ status: 409, code: 1 })
})

test('a document has the status of its own answer', () => {
  expect(replyOf(2, undefined, both, DOCUMENT).body).toMatchObject({ status: 410 })
})

test('details are in the body, though the code was answered without them before', () => {
  expect(replyOf(1, { details: { seat: 7 } }).body).toEqual({
    code: 1,
    message: 'Text',
    details: { seat: 7 },
  })
})

test('violated policies are in the document, though the code was answered without them before', () => {
  const { body } = replyOf(1, { violatedPolicies: ['day'] }, both, DOCUMENT)
  expect(JSON.stringify(body)).toContain('"day"')
})

test('fields are in the body, though the code was answered without them before', () => {
  const compose = createCompose(settings(both))
  const [without, fields] = [undefined, [{ path: 'seat', code: 'required' as const }]].map((fields) => {
    const { body } = compose(conditionState(shop, { condition: 'conflict', fields }), DOCUMENT).reply
    return JSON.parse(body) as object
  })
  const seat = { path: 'seat', code: 'required', message: 'Text' }
  expect(fields).toEqual({ ...without, details: { fields: [seat] } })
})

test('what a throw adds is in no later answer', () => {
  const compose = createCompose(settings())
  compose(thrownState(shop, 1, { details: { seat: 7 } }), facts)
  expect(compose(thrownState(shop, 1, undefined), facts).reply.body).toBe('{"code":1,"message":"Text"}')
})

test('a text with params is found anew for each throw', () => {
  const compose = createCompose(
    settings({ localize: (_catalog, _entry, params) => ({ ...texts, message: JSON.stringify(params) }) }),
  )
  const bodies = [1, 2].map((left) => {
    const { body } = compose(thrownState(shop, 4, { params: { left } }), facts).reply
    return (JSON.parse(body) as { message: string }).message
  })
  expect(bodies).toEqual(['{"left":1}', '{"left":2}'])
})

test('the id of the request is set once: not where it stands on the response, nor as the throw says', () => {
  expect(replyOf(1, undefined, {}, { ...facts, hasRequestId: true }).headers).not.toHaveProperty(
    'X-Request-ID',
  )
  const given = replyOf(1, { headers: { 'x-REQUEST-id': 'forged' } }).headers
  expect(Object.entries(given).filter(([name]) => name.toLowerCase() === 'x-request-id')).toEqual([
    ['X-Request-ID', 't-1'],
  ])
})

test('a 401 of a catalog without a challenge has none', () => {
  expect(replyOf(3).headers).not.toHaveProperty('WWW-Authenticate')
})

test('headers of the throw are sent, beside ours', () => {
  expect(replyOf(1, { headers: { 'X-Own': '1' } }).headers).toMatchObject({
    'X-Own': '1',
    'Cache-Control': 'no-store',
  })
})

test('Allow goes with a 405 alone', () => {
  const options = { headers: { Allow: 'GET' } }
  expect(replyOf(5, options).headers).toMatchObject({ Allow: 'GET' })
  expect(replyOf(5, options, { httpStatus: 200 }).headers).not.toHaveProperty('Allow')
})

for (const [where, options, request] of [
  ['of the throw, in any case', { headers: { LINK: '</a>; rel="next"' } }, facts],
  ['of the response', undefined, { ...facts, link: '</a>; rel="next"' }],
] as const) {
  test(`the documentation is linked beside a Link ${where}`, () => {
    const { headers } = replyOf(1, options, { docsUrl: 'https://docs/' }, request)
    expect(Object.entries(headers).filter(([name]) => name.toLowerCase() === 'link')).toEqual([
      ['Link', '</a>; rel="next", <https://docs/1>; rel="help"'],
    ])
  })
}

for (const [where, options, request] of [
  ['of the throw, in any case', { headers: { 'access-control-EXPOSE-headers': 'X-Own' } }, facts],
  ['of the response', undefined, { ...facts, exposed: 'X-Own' }],
] as const) {
  test(`what a browser may read is said once, beside what is exposed ${where}`, () => {
    const { headers } = replyOf(1, options, { exposeHeaders: true }, request)
    const exposed = Object.entries(headers).filter(([name]) => /^access-control-expose/i.test(name))
    expect(exposed).toEqual([['Access-Control-Expose-Headers', 'X-Own, Retry-After, X-Request-ID, Link']])
  })
}

test('nothing is said of what a browser may read unless it is asked for', () => {
  expect(replyOf(1).headers).not.toHaveProperty('Access-Control-Expose-Headers')
})

test('the time that a limiter has set stands, and that of the entry else', () => {
  expect(replyOf(6, undefined, {}, { ...facts, retryAfter: '7' }).headers).toMatchObject({
    'Retry-After': '7',
  })
  expect(replyOf(6).headers).toMatchObject({ 'Retry-After': '30' })
  expect(replyOf(6, { retryAfter: 3 }, {}, { ...facts, retryAfter: '7' }).headers).toMatchObject({
    'Retry-After': '3',
  })
})

test("where no translation can be looked up, the catalog's own text is sent and the failure told", () => {
  const told: unknown[] = []
  const failure = new Error('no texts')
  const localize = orOwnTexts(
    () => {
      throw failure
    },
    (message, error) => told.push([message, error]),
  )
  const { body } = replyOf(4, { params: { left: 3 } }, { localize })
  expect(body).toMatchObject({ code: 4, message: 'Only 3 left' })
  expect(told.at(-1)).toEqual(["No translation could be looked up; the catalog's own text was sent", failure])
})

/** How often a body is written for two answers to one state. */
function writes(state: BizErrorState): number {
  const compose = createCompose(settings())
  const stringify = vi.spyOn(JSON, 'stringify')
  try {
    compose(state, facts)
    compose(state, facts)
    return stringify.mock.calls.length
  } finally {
    stringify.mockRestore()
  }
}
describe('a body is written', () => {
  const same = thrownState(shop, 1, undefined)

  test('once, where it holds nothing of its occurrence', () => {
    expect(writes(same)).toBe(1)
    expect(writes(thrownState(shop, 1, { headers: { 'X-A': 'a' }, retryAfter: 3 }))).toBe(1)
  })

  const occurrences: readonly (readonly [what: string, state: BizErrorState])[] = [
    ['params', thrownState(shop, 4, { params: { left: 1 } })],
    ['a placeholder without params', { ...thrownState(shop, 4, undefined), params: NO_PARAMS }],
    ['params without a placeholder', { ...same, params: { left: 1 } }],
    ['details', thrownState(shop, 1, { details: 1 })],
    ['fields', { ...same, fields: [] }],
    ['policies', thrownState(shop, 1, { violatedPolicies: ['daily'] })],
  ]
  test.each(occurrences)('each time, where it holds %s', (_what, state) => {
    expect(writes(state)).toBe(2)
  })
})

test('a finished body has the length of its id as well', () => {
  const compose = createCompose(settings({ shapes: createShapes('nested') }))
  const lengths = ['a', 'a-longer-id'].map((requestId) => {
    const { body, headers } = compose(thrownState(shop, 1, undefined), { ...facts, requestId }).reply
    return [Buffer.byteLength(body), headers['Content-Length']]
  })
  expect(lengths).toEqual(lengths.map(([bytes]) => [bytes, String(bytes)]))
})

test('a body of 64 KiB is sent whole, and nothing larger', () => {
  // Details have a bound of their own, in characters: these are written as six.
  const controls = '\0'.repeat(10_000)
  const room = 65_536 - JSON.stringify({ code: 1, message: 'Text', details: controls }).length
  // As long as ours, and not the same.
  const own = createShapes(({ code, message, details }) => ({ code, MESSAGE: message, details }))
  const lengths = [room, room + 1].map((length) => {
    const options = { details: controls + 'x'.repeat(length) }
    return [replyOf(1, options), replyOf(1, options, { shapes: own })].map(({ headers, body }) => [
      headers['Content-Length'],
      Object.keys(body as object)[1],
    ])
  })
  const cut = String('{"code":1,"message":"Text","details":"[Truncated]"}'.length)
  expect(lengths).toEqual([
    [
      ['65536', 'message'],
      ['65536', 'MESSAGE'],
    ],
    [
      [cut, 'message'],
      [cut, 'message'],
    ],
  ])
})
