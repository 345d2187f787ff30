import type { Server } from 'node:http'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Recognized } from '../../src/catalog/condition.ts'
import { FAMILIES, recognize } from '../../src/identify/recognize.ts'
import type { RecognitionFacts } from '../../src/identify/identify.ts'
import { readAnswer } from '../support/answers.ts'
import { lookAlikes as corpus } from './look-alikes/index.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { frameworks, listen } from '../support/frameworks.ts'
import { answerOf } from '../support/stacks.ts'

const secret = 'hunter2'

const throwing = (): never => {
  throw new Error('hostile')
}
const revoked = Proxy.revocable<unknown[]>([], {})
revoked.revoke()

/** Answers every question with another of its kind, and never ends. */
const endless: object = new Proxy(() => endless, {
  get: (_target, name) => (name === 'length' ? 1e9 : endless),
  ownKeys: () => ['a', 'b', 'prototype'],
})

const none = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }
const worst: RecognitionFacts = {
  encoded: true,
  contentType: 'multipart/form-data',
  authorization: undefined,
  clientGone: false,
}

// One app of each framework for all: what it throws is the next look-alike.
let next: unknown
const throwNext = (): never => {
  throw next
}
const served: { readonly name: string; readonly port: number; readonly server: Server }[] = []
beforeAll(async () => {
  const options = { catalog: conditionCatalog, logger: { error: () => {} } }
  for (const { name, listener } of frameworks) {
    served.push({ name, ...(await listen(listener({ options, routes: { '/': throwNext } }))) })
  }
})
afterAll(() => {
  for (const { server } of served) {
    server.close()
    server.closeAllConnections()
  }
})

let asked = 0

/** What it is has been found out before a framework is asked to answer: they take turns. */
async function expectGeneric(_what: string, thrown: unknown): Promise<void> {
  next = thrown
  const { name, port } = served[asked++ % served.length]!
  expect(await readAnswer(await fetch(`http://127.0.0.1:${port}/`)), name).toEqual(answerOf('unrecognized'))
}

describe('a look-alike gets the generic answer', () => {
  const user = { id: 7, name: secret, email: secret }
  const lookAlikes: readonly (readonly [what: string, thrown: unknown])[] = [
    ['a user whose code is that of a duplicate key', { ...user, code: '23505' }],
    ['an Error whose code is that of a duplicate key', Object.assign(new Error(secret), { code: '23505' })],
    ['the code of a duplicate key as a number', { code: 23505 }],
    ['the code of a duplicate key of MongoDB', { ...user, code: 11000 }],
    ['the code of a duplicate key of MySQL', { ...user, code: 'ER_DUP_ENTRY' }],
    ['the code of a duplicate key of Prisma', { ...user, code: 'P2002' }],
    ['the code of a system error on an object', { ...user, code: 'ECONNREFUSED' }],
    ['isBoom alone', { isBoom: true }],
    ['isBoom with a status alone', { isBoom: true, output: { statusCode: 403, payload: { secret } } }],
    ['the name of zod alone', { name: 'ZodError' }],
    ['the name of zod with issues that are none', { name: 'ZodError', issues: secret }],
    ['the name of zod with issues that are a revoked Proxy', { name: 'ZodError', issues: revoked.proxy }],
    ['isJoi alone', { isJoi: true }],
    ['the name of a validator alone', { name: 'ValidationError', message: secret }],
    ['the name of a token error, out of JSON', JSON.parse('{"name":"TokenExpiredError"}')],
    ['the type of a body-parser error alone', { type: 'entity.too.large', body: secret }],
    ['the code of multer alone', { code: 'LIMIT_FILE_SIZE' }],
    ['the code of formidable alone', { code: 1009 }],
    ['the time of a limiter alone', { msBeforeNext: 1000 }],
    ['a text', 'ECONNREFUSED'],
    ['a Proxy that throws', new Proxy({}, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing })],
    ['a revoked Proxy', revoked.proxy],
  ]
  test.each(lookAlikes)('%s', expectGeneric)
})

test('three at least are tried for each source that the guide names, and for no other', () => {
  const sources = [...new Set(FAMILIES.flatMap(({ rules }) => rules.map(({ from }) => from)))]
  const tried = corpus.flatMap((family) => Object.entries(family))
  expect([...new Set(tried.map(([source]) => source))].toSorted()).toEqual(sources.toSorted())
  expect(tried.filter(([, ofSource]) => Object.keys(ofSource).length < 3)).toEqual([])
})

describe('what a client sent is no Error, though it has a stack', () => {
  const bodies: readonly (readonly [what: string, body: object])[] = [
    ['of PostgreSQL', { code: '23505', severity: 'ERROR' }],
    ['of a directory', { name: 'InvalidCredentialsError', code: 49 }],
    ['of AWS', { name: 'NoSuchKey', $fault: 'client', $metadata: {} }],
    ['of Stripe', { type: 'StripeSignatureVerificationError', raw: {}, payload: secret }],
    [
      'of firebase-admin',
      {
        code: 'auth/id-token-expired',
        codePrefix: 'auth',
        errorInfo: { code: 'auth/id-token-expired' },
      },
    ],
    ['of google-gax', { code: 14, constructor: { name: 'GoogleError' } }],
    ['of routing-controllers', { httpCode: 404 }],
    ['of fastify', { name: 'FastifyError', code: 'FST_ERR_CTP_BODY_TOO_LARGE' }],
    ['of Node.js', { code: 'ECONNREFUSED', syscall: 'connect' }],
    ['of a wait', { name: 'TimeoutError' }],
    ['of an AbortController', { name: 'AbortError' }],
  ]
  test.each(bodies)('%s', async (what, body) => {
    const sent = JSON.stringify({ ...body, message: secret, stack: `Error: ${secret}\n    at x (x.js:1:1)` })
    await expectGeneric(what, JSON.parse(sent))
    // Of another realm, and of none.
    await expectGeneric(what, runInNewContext(`(${sent})`))
    await expectGeneric(what, Object.assign(Object.create(null) as object, JSON.parse(sent)))
  })
})

for (const [source, ofSource] of corpus.flatMap((family) => Object.entries(family))) {
  describe(`what nearly is an error of ${source} gets the generic answer`, () => {
    test.each(Object.entries(ofSource))('%s', expectGeneric)
  })
}

/** Every mark of every rule, with a value that it asks for. */
const marks = FAMILIES.flatMap(({ rules }) =>
  rules.flatMap(({ from, property = '0', values = [true], isArray = false }) =>
    values.map((value) => ({ from, property, value, isArray })),
  ),
)
type Mark = (typeof marks)[number]

const cyclic: Record<string, unknown> = {
  code: 'too_small',
  path: [secret],
  message: secret,
  keyword: 'type',
}
cyclic['errors'] = [cyclic]
cyclic['children'] = [cyclic]
cyclic['constraints'] = { [secret]: secret }
const many: readonly unknown[] = Array.from({ length: 100_000 }, () => cyclic)

let reads = 0

/** Counts what is read of a value. */
function counted<TValue extends object>(value: TValue): TValue {
  return new Proxy(value, {
    get(target, name) {
      reads++
      return Reflect.get(target, name) as unknown
    },
  })
}

/** What may stand beside a mark. */
const companions: Readonly<Record<string, () => unknown>> = {
  'whose other properties throw': throwing,
  'whose other properties never end': () => endless,
  'whose other properties are revoked': () => revoked.proxy,
  'whose other properties are texts': () => secret,
  'whose other properties are 100,000 of a kind': () => counted(many),
}

/** A value with a mark, and something else under every other name. */
function marked({ property, value, isArray }: Mark, other: () => unknown): object {
  return new Proxy(isArray ? [] : {}, {
    get(_target, name) {
      reads++
      return name === property ? value : other()
    },
  })
}

test('every kind of mark is looked at', () => {
  expect(marks.length).toBeGreaterThan(100)
  expect(marks.map(({ property }) => property)).toEqual(
    expect.arrayContaining(['type', 'name', 'code', 'isBoom', 'status', 'msBeforeNext']),
  )
  expect(marks.filter(({ isArray }) => isArray).map(({ from }) => from)).toEqual(
    expect.arrayContaining(['ajv, typebox', 'class-validator']),
  )
})

/** Whether an answer can be told, and cost little. */
function isBounded({ fields = [], condition, status }: Recognized): boolean {
  return (
    (condition !== undefined || status !== undefined) &&
    fields.length <= 100 &&
    fields.every(({ path, params }) => path.length <= 1024 && JSON.stringify(params ?? {}).length <= 2048)
  )
}

describe('a mark of each rule on a value', () => {
  // Half a million errors are thrown, whose frames nobody reads.
  const limit = Error.stackTraceLimit
  beforeAll(() => void (Error.stackTraceLimit = 0))
  afterAll(() => void (Error.stackTraceLimit = limit))

  for (const [what, other] of Object.entries(companions)) {
    test(`${what} is answered in a bounded way`, () => {
      const unbounded = marks.filter((mark) =>
        [none, worst].some((facts) => {
          reads = 0
          const recognized = recognize(marked(mark, other), facts)
          return reads > 2_000 || (recognized !== undefined && !isBounded(recognized))
        }),
      )
      expect(unbounded).toEqual([])
    })
  }
})

test('recognizing never throws, whatever stands beside a mark', () => {
  const any = fc.anything({
    withBigInt: true,
    withDate: true,
    withNullPrototype: true,
    withSparseArray: true,
  })
  const properties = [
    'code',
    'name',
    'type',
    'issues',
    'errors',
    'details',
    'inner',
    'status',
    'cause',
    'errno',
  ]
  const thrown = fc
    .tuple(fc.constantFrom(...marks), fc.dictionary(fc.constantFrom(...properties), any))
    .map(([{ property, value, isArray }, rest]) =>
      Object.assign(isArray ? [] : {}, rest, { [property]: value }),
    )
  fc.assert(
    fc.property(fc.oneof(thrown, any), (thrown) => {
      const recognized = recognize(thrown, worst)
      expect(recognized === undefined || typeof recognized === 'object').toBe(true)
    }),
    { numRuns: 300 },
  )
})
