import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import {
  array,
  assert,
  constantFrom,
  dictionary,
  json,
  letrec,
  nat,
  oneof,
  property,
  string,
} from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type * as ApiErrors from '../../src/client/api-error.ts'
import { ApiError, createClient, createReader, pathSegments } from '../../src/client/index.ts'
import { fieldPath } from '../../src/catalog/field-path.ts'
import { answering, serving, type Answered } from './answering.ts'

const api = createReader()
const JSON_TYPE = { 'content-type': 'application/json' }

async function errorOf(answer: Answered, reader = api): Promise<ApiError> {
  const { url } = await answering(answer)
  return (await reader.read(await fetch(url)))!
}

describe('an answer that tells no error of ours', () => {
  test.each<[string, Answered, string?]>([
    [
      'a page of a proxy',
      { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad Gateway</h1>' },
    ],
    [
      'JSON under the type of a page',
      { status: 502, headers: { 'Content-Type': 'text/html' }, body: { code: 1, message: 'x' } },
    ],
    ['an empty body', { status: 502 }],
    ['truncated JSON', { status: 502, body: '{"code": 1, "messa' }, 'SyntaxError'],
    ['a page under the type of JSON', { status: 502, body: '<h1>Bad Gateway</h1>' }, 'SyntaxError'],
    ['null', { status: 502, body: 'null' }],
    ['an array', { status: 502, body: [] }],
    ['a text', { status: 502, body: '"code"' }],
    ['a code that is none', { status: 502, body: { code: { $gt: 0 }, message: 'x', title: 'x' } }],
    ['an error that is a text', { status: 502, body: { error: 'bad_gateway' } }],
  ])('P-O05: is an error without a code: %s', async (_name, answer, cause) => {
    const error = await errorOf(answer)
    expect(error).toBeInstanceOf(ApiError)
    expect({
      code: error.code,
      status: error.status,
      cause: (error.cause as Error | undefined)?.name,
    }).toEqual({
      code: undefined,
      status: 502,
      cause,
    })
    expect(error.message).toMatch(/^HTTP 502$|^x$/)
  })

  test('P-O06: codes that nobody knows are codes, and __proto__ changes nothing', async () => {
    const body =
      '{"code":"__proto__","message":"x","__proto__":{"status":1},"details":{"__proto__":{"polluted":1}}}'
    const error = await errorOf({ status: 400, body })
    expect([error.code, error.status]).toEqual(['__proto__', 400])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect((await errorOf({ status: 400, body: { message: 'no code' } })).code).toBeUndefined()
  })

  test('P-O09: of a body of any length, packed or not, no more is read than an error has', async () => {
    const long = JSON.stringify({ code: 1, message: 'x'.repeat(10_000_000) })
    const packed = gzipSync(long)
    for (const answer of [
      { status: 500, body: long },
      (response: ServerResponse) => {
        response.writeHead(500, { ...JSON_TYPE, 'Content-Encoding': 'gzip' })
        response.end(packed)
      },
    ]) {
      const { url } = await answering(answer)
      const response = await fetch(url)
      expect(await api.read(response)).toMatchObject({ code: undefined, message: 'HTTP 500' })
      expect(response.bodyUsed).toBe(true)
    }
    expect(api.parse({ status: 500, body: long })).toMatchObject({
      code: undefined,
      cause: expect.any(SyntaxError) as object,
    })
  })

  test('a body that was parsed may have a member of any name', () => {
    const body = { code: 1, message: 'Too long', length: 1e9 }
    expect(api.parse({ status: 422, body })!.code).toBe(1)
  })

  test('P-O09: a body that never ends is read until its time is over', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        if (pulled < 4) controller.enqueue(new TextEncoder().encode('{"code":'))
        return pulled < 4 ? undefined : new Promise(() => {})
      },
    })
    const { setTimeout: later } = globalThis
    try {
      globalThis.setTimeout = ((run: () => void, time: number) => later(run, time / 500)) as typeof setTimeout
      const error = await api.read(new Response(body, { status: 504, headers: JSON_TYPE }))
      expect(error).toMatchObject({
        status: 504,
        message: 'HTTP 504',
        cause: expect.any(SyntaxError) as object,
      })
    } finally {
      globalThis.setTimeout = later
    }
  })

  test('a body that breaks off, or was read already, is the cause', async () => {
    const { url } = await answering((response) => {
      response.writeHead(500, { ...JSON_TYPE, 'Content-Length': '1000' })
      response.write('{"code":1')
      setTimeout(() => response.destroy(), 5)
    })
    expect(await api.read(await fetch(url))).toMatchObject({
      status: 500,
      cause: expect.any(TypeError) as object,
    })
    const read = new Response('{}', { status: 500 })
    await read.text()
    expect(await api.read(read)).toMatchObject({ status: 500, cause: expect.any(TypeError) as object })
  })
})

describe('a success', () => {
  test('P-O12: 200, 204, 304 and 3xx are none of errors, and their bodies are left', async () => {
    for (const status of [200, 201, 204, 304, 302]) {
      const { url } = await answering({
        status,
        ...(status < 204 ? { body: { code: 1, message: 'x' } } : {}),
      })
      const response = await fetch(url, { redirect: 'manual' })
      expect(await api.read(response)).toBeUndefined()
      expect(response.bodyUsed).toBe(false)
    }
  })

  test('P-O12: a 200 is read where the code of a success is known, and is an error with another one', async () => {
    const always = createReader({ catalog: { success: 0 } })
    const bodies = [
      [{ code: 0, message: 'OK', data: {} }, undefined],
      [{ id: 7 }, undefined],
      ['not JSON', undefined],
      [{ code: 1006, message: 'Exists' }, 1006],
    ] as const
    for (const [body, code] of bodies) expect((await errorOf({ body }, always))?.code).toBe(code)
  })
})

test('where a 200 may be an error, one of another type, such as a stream of events, is not waited for', async () => {
  const url = await serving((request, response) => {
    response.writeHead(200, { 'Content-Type': request.url!.slice(1) })
    response.write('data: 1\n\n')
  })
  const always = createReader({ catalog: { success: 0 }, read: () => ({ code: 5 }) })
  for (const type of ['text/event-stream', 'application/octet-stream', 'application/x-ndjson', 'video/mp4']) {
    const response = await fetch(`${url}/${type}`)
    expect(await always.read(response)).toBeUndefined()
    expect(new TextDecoder().decode((await response.body!.getReader().read()).value)).toBe('data: 1\n\n')
  }
})

describe('where a host has no streams', () => {
  const body = JSON.stringify({ code: 1006, message: 'Exists' })

  test.each([
    ['no body', undefined],
    ['one of Node.js', Readable.from([body])],
  ])('a response with %s is read as a text', async (_name, stream) => {
    const response = { status: 409, headers: new Headers(JSON_TYPE), body: stream, text: async () => body }
    expect(await api.read(response as unknown as Response)).toMatchObject({ status: 409, code: 1006 })
  })

  test('one that breaks off is the cause', async () => {
    const text = vi.fn().mockRejectedValue(new TypeError('Network request failed'))
    const response = { status: 502, headers: new Headers(), text }
    expect(await api.read(response as unknown as Response)).toMatchObject({
      status: 502,
      cause: new TypeError('Network request failed'),
    })
  })
})

describe('what another library has', () => {
  test.each([
    ['Headers', new Headers({ 'Retry-After': '7', 'X-Request-ID': 'r' })],
    ['a record in any case', { 'retry-AFTER': '7', 'X-Request-ID': ['r'] }],
    ['a record of numbers', { 'Retry-After': 7, 'x-request-id': 'r' }],
    [
      'a Map',
      new Map([
        ['retry-after', '7'],
        ['x-request-id', 'r'],
      ]),
    ],
  ])('is read with headers of the form of %s', (_name, headers) => {
    expect(api.parse({ status: 503, headers, body: { code: 5, message: 'x' } })).toMatchObject({
      code: 5,
      retryAfter: 7,
      requestId: 'r',
    })
  })

  test('is read where its body is parsed, and where not, and without headers', () => {
    const body = { code: 5, message: 'x' }
    for (const given of [body, JSON.stringify(body)]) {
      expect(api.parse({ status: 503, headers: JSON_TYPE, body: given })!.code).toBe(5)
      expect(api.parse({ status: 503, body: given })!.code).toBe(5)
      expect(
        api.parse({ status: 503, headers: { 'content-type': 'text/html' }, body: given })!.code,
      ).toBeUndefined()
    }
    expect(api.parse({ status: 204, body })).toBeUndefined()
  })
})

describe('is', () => {
  const error = api.parse({ status: 409, body: { code: 10002, message: 'x' } })

  test('tells an ApiError, and its code', () => {
    expect([api.is(error), api.is(error, 10002), api.is(error, 1, 10002), api.is(error, '10002')]).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  test('is false for anything else that was thrown', () => {
    const lookAlike = Object.assign(new Error('x'), { name: 'ApiError', code: 10002, status: 409 })
    for (const thrown of [undefined, null, 0, 'x', Symbol('x'), {}, lookAlike, new Error('x')]) {
      expect(api.is(thrown)).toBe(false)
    }
  })

  test('is true for an error of another copy of this package', async () => {
    const copy = '../../src/client/api-error.ts?copy'
    const { isApiError } = (await import(/* @vite-ignore */ copy)) as typeof ApiErrors
    expect(isApiError(error)).toBe(true)
  })

  test('works taken out of its reader, as do the others', async () => {
    const { is, read, parse } = createClient()
    expect(is(parse({ status: 500 }))).toBe(true)
    expect(is(await read(new Response('', { status: 500 })))).toBe(true)
  })
})

describe('the path of a field', () => {
  test.each([
    ['', []],
    ['email', ['email']],
    ['items[0].name', ['items', 0, 'name']],
    ['["a.b"].c', ['a.b', 'c']],
    ['a["x\\"y"][12]', ['a', 'x"y', 12]],
  ])('%s has the steps %j', (path, segments) => {
    expect(pathSegments(path)).toEqual(segments)
  })

  test('has the steps that a server wrote', () => {
    const name = string({ maxLength: 12, unit: constantFrom(...Array.from('aZ_$9.["]\\ é中')) })
    const step = oneof(nat(99), name)
    assert(
      property(array(step, { maxLength: 8 }), (steps) => {
        // What a server cannot write is none of ours: names of nothing.
        const written = steps.filter((each) => each !== '')
        expect(pathSegments(fieldPath(written))).toEqual(written)
      }),
    )
  })

  test('is taken apart in no time, whatever it is', () => {
    for (const hostile of [
      '["'.repeat(50_000),
      '["\\'.repeat(50_000),
      '['.repeat(100_000),
      '.'.repeat(100_000),
    ]) {
      const begin = performance.now()
      pathSegments(hostile)
      expect(performance.now() - begin).toBeLessThan(2000)
    }
  })
})

test('no body and no headers of whatever form make a reader throw', () => {
  const readers = [
    api,
    createReader({ catalog: { envelope: 'composite', success: 0 } }),
    createReader({ read: (body) => body as never }),
  ]
  const key = constantFrom(
    'code',
    'message',
    'title',
    'error',
    'sub_code',
    'details',
    'fields',
    'errors',
    'params',
    'path',
    'data',
    '__proto__',
    'violated-policies',
    'request_id',
  )
  const { tree } = letrec<{ tree: unknown }>((tie) => ({
    tree: oneof(
      { maxDepth: 4 },
      constantFrom(null, 0, -1, 1.5, 10002, '', '(2130) x', '(a) x', 'x', true),
      array(tie('tree'), { maxLength: 3 }),
      dictionary(key, tie('tree'), { maxKeys: 6 }),
    ),
  }))
  const header = constantFrom(
    'retry-after',
    'ratelimit',
    'ratelimit-policy',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
    'age',
    'date',
    'content-type',
    'content-language',
  )
  const headers = dictionary(
    header,
    oneof(
      string(),
      constantFrom('1', '-1', '1e309', 'x;r=1', 'Fri, 31 Dec 9999 23:59:59 GMT', 'application/json'),
    ),
  )
  assert(
    property(
      oneof(tree, string(), json()),
      headers,
      constantFrom(200, 400, 429, 503),
      (body, given, status) => {
        for (const reader of readers) {
          const error = reader.parse({ status, headers: given, body })
          if (error === undefined) continue
          expect(typeof error.message).toBe('string')
          expect(['number', 'string', 'undefined']).toContain(typeof error.code)
          expect(error.retryAfter ?? 0).toBeGreaterThanOrEqual(0)
          for (const { path, message } of error.fields)
            expect([typeof path, typeof message]).toEqual(['string', 'string'])
        }
        expect(({} as { r?: unknown }).r).toBeUndefined()
      },
    ),
  )
})

test('JSON of an error holds its name and its message, and no stack', async () => {
  const error = await errorOf({ status: 409, body: { code: 10002, message: 'Sold out' } })
  expect(JSON.parse(JSON.stringify({ error }))).toEqual({
    error: {
      name: 'ApiError',
      message: 'Sold out',
      code: 10002,
      status: 409,
      fields: [],
      errors: [],
      quotas: [],
      violated: [],
    },
  })
})

test.each([
  ['none', null, undefined],
  ['a Map with a number', new Map([['retry-after', 60]]), 60],
  ['a Map with a number that is no time', new Map([['retry-after', -1]]), undefined],
  ['a record in any case', { 'Retry-AFTER': ['60'] }, 60],
])('headers that are %s are read', (_what, headers, retryAfter) => {
  const answer = { status: 503, headers: headers as Record<string, unknown> }
  expect(api.parse(answer)).toMatchObject({ status: 503, message: 'HTTP 503', retryAfter })
})

describe('the options of a reader', () => {
  test.each([
    [
      { catalog: { success: { code: 0, message: 'OK' } } },
      'Give { catalog, read }, not {"catalog":{"success":{"code":0,"message":"OK"}}}',
    ],
    [{ reed: 1 }, 'Give { catalog, read }, not {"reed":1}'],
  ])('that are wrong are refused: %j', (options, message) => {
    expect(() => createReader(options as object)).toThrow(new TypeError(message))
  })
})
