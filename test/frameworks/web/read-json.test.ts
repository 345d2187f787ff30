import { describe, expect, test } from 'vitest'
import { readJson, withErrors, type ReadJsonOptions } from '../../../src/adapters/web/index.ts'
import type { Condition } from '../../../src/catalog/condition.ts'
import { catalog } from '../../../src/catalogs/http.ts'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { recorder } from '../../support/served.ts'
import { answer, wholeOf } from './whole.ts'

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream | undefined

function post(body: Body, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
    duplex: 'half',
  })
}

/** A body in parts. An Error is what it fails with. */
function inParts(...parts: readonly (string | Uint8Array | Error)[]): ReadableStream {
  const rest = [...parts]
  return new ReadableStream({
    pull(controller) {
      const part = rest.shift()
      if (part === undefined) controller.close()
      else if (part instanceof Error) controller.error(part)
      else controller.enqueue(typeof part === 'string' ? new TextEncoder().encode(part) : part)
    },
  })
}

/** What becomes of a body that cannot be read. */
async function refused(
  request: Request,
  options?: ReadJsonOptions,
): Promise<readonly [number, Condition | undefined]> {
  const { options: listening, reports } = recorder()
  const fetch = withErrors(async (request) => Response.json(await readJson(request, options)), {
    catalog,
    ...listening,
  })
  const { status } = await fetch(request)
  return [status, reports[0]?.condition]
}

describe('readJson reads', () => {
  const read: readonly (readonly [string, Request, unknown])[] = [
    ['an object', post('{"a":[1,"ü"]}'), { a: [1, 'ü'] }],
    ['any other value', post(' null '), null],
    ['a text with a byte order mark', post('\uFEFF{"a":1}'), { a: 1 }],
    ['JSON by another name', post('7', { 'Content-Type': 'application/merge-patch+json; x=1' }), 7],
    ['what says that it is UTF-8', post('7', { 'Content-Type': 'application/json; charset="UTF-8"' }), 7],
    ['what says that it is not compressed', post('7', { 'Content-Encoding': 'identity' }), 7],
    [
      'a body that comes in parts',
      post(inParts('{"a":', '"', new Uint8Array([0xc3]), new Uint8Array([0xbc]), '"}')),
      { a: 'ü' },
    ],
  ]
  test.each(read)('%s', async (_what, request, value) => {
    expect(await readJson(request)).toEqual(value)
  })

  test('a body as long as the limit', async () => {
    expect(await readJson(post('"12"'), { limit: 4 })).toBe('12')
    expect(await readJson(post(`"${'x'.repeat(1_048_574)}"`))).toHaveLength(1_048_574)
  })

  test('__proto__ as a member like others', async () => {
    const value = await readJson(post('{"__proto__":{"admin":true}}'))
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect((value as { admin?: unknown }).admin).toBeUndefined()
  })
})

describe('readJson refuses', () => {
  const malformed = [400, 'malformed-body'] as const
  const unsupported = [415, 'unsupported-media-type'] as const
  const tooLarge = [413, 'body-too-large'] as const
  const wrong: readonly (readonly [string, Request, readonly [number, Condition], ReadJsonOptions?])[] = [
    ['no JSON', post('{"a"'), malformed],
    ['nothing', post(undefined), malformed],
    ['an empty body', post(''), malformed],
    ['bytes that are no UTF-8', post(new Uint8Array([0x22, 0xff, 0x22])), malformed],
    ['a character that is cut off', post(new Uint8Array([0x37, 0xc3])), malformed],
    ['a body that breaks off', post(inParts('{"a":', new Error('broken'))), malformed],
    ['a body without a type', post(inParts('7'), { 'Content-Type': '' }), unsupported],
    ['a form', post('a=1', { 'Content-Type': 'application/x-www-form-urlencoded' }), unsupported],
    ['a text, as fetch labels one', post('{}', { 'Content-Type': 'text/plain;charset=UTF-8' }), unsupported],
    ['what names JSON as a parameter', post('{}', { 'Content-Type': 'text/plain; a=/json' }), unsupported],
    ['another character set', post('7', { 'Content-Type': 'application/json; charset=latin1' }), unsupported],
    ['a compressed body', post('7', { 'Content-Encoding': 'gzip' }), unsupported],
    ['a body beyond the limit', post('"123"'), tooLarge, { limit: 4 }],
    ['a body that grows beyond the limit', post(inParts('"1', '23"')), tooLarge, { limit: 4 }],
    ['a body beyond 1 MiB', post(`"${'x'.repeat(1_048_575)}"`), tooLarge],
    ['a length beyond the limit', post(inParts('7'), { 'Content-Length': '5' }), tooLarge, { limit: 4 }],
    [
      'a length that is none, and a body beyond the limit',
      post(inParts('"123"'), { 'Content-Length': 'x' }),
      tooLarge,
      { limit: 4 },
    ],
  ]
  for (const [what, request, expected, options] of wrong) {
    test(what, async () => {
      expect(await refused(request, options)).toEqual(expected)
    })
  }

  test('an endless body: it stops at the limit, and lets the body go', async () => {
    let cancelled = false
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel() {
        cancelled = true
      },
    })
    expect(await refused(post(endless))).toEqual(tooLarge)
    expect(cancelled).toBe(true)
  })

  test('a body whose client has left, which is nobody’s fault', async () => {
    const controller = new AbortController()
    const body = new ReadableStream({
      pull(stream) {
        controller.abort()
        stream.error(new Error('gone'))
      },
    })
    const request = new Request(post(body), { signal: controller.signal })
    expect(await refused(request)).toEqual([499, 'client-gone'])
  })

  test('a body that was read before, which is a fault of the app', async () => {
    const request = post('7')
    await request.text()
    expect(await refused(request)).toEqual([500, undefined])
  })

  test('a body that somebody else reads, which is a fault of the app', async () => {
    const request = post('7')
    request.body?.getReader()
    expect(await refused(request)).toEqual([500, undefined])
  })

  test('without a word of it to the client', async () => {
    const fetch = withErrors(async (request) => Response.json(await readJson(request)), { catalog })
    const request = post('{"password":"s3cr3t"', { 'X-Request-ID': 'r-1' })
    expect(await wholeOf(await fetch(request))).toEqual(answer(400, { code: 400, message: 'Bad request' }))
  })

  const mistakes: readonly (readonly [unknown, string])[] = [
    [{ limit: '1mb' }, 'Option limit is "1mb". Give how many bytes a body may have, such as 65536.'],
    [{ limit: 0 }, 'Option limit is 0.'],
    [{ limt: 1 }, 'readJson has no "limt". Did you mean limit?'],
    [7, 'readJson was called with 7. Give { limit }, or nothing.'],
  ]
  test.each(mistakes)('options such as %j', async (options, message) => {
    const reading = readJson(post('7'), options as ReadJsonOptions)
    await expect(reading).rejects.toThrow(SetupError)
    await expect(reading).rejects.toThrow(message)
  })
})
