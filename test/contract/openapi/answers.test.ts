import createError from 'http-errors'
import express from 'express'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createDump } from '../../../src/contract/dump/create.ts'
import { openapi } from '../../../src/contract/openapi/openapi.ts'
import { errorHandler, notFound, rateLimit, requestId } from '../../../src/adapters/express/index.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import type { Code } from '../../../src/catalog/code.ts'
import { catalog as cdn } from '../../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { listen } from '../../support/frameworks.ts'
import { recorder } from '../../support/served.ts'
import { closed, schemasOf, VERSIONS } from './validators.ts'

/** A catalog with what the reference catalogs do not have: words, shared codes, templates, codes beyond 32 bits. */
const words = defineCatalog({
  name: 'my-shop',
  errors: {
    SOLD_OUT: {
      status: 409,
      message: 'Only {{left}} of {{product}} left',
      examples: [{ left: 3, product: 'tea' }],
    },
    GONE: { code: 'gone', status: 410, message: 'Gone', action: 'Look elsewhere' },
    GONE_FOR_GOOD: { code: 'gone', status: 404, message: 'Gone for good', deprecated: { use: 'GONE' } },
    LARGE: { code: 9_000_000_001, status: 429, message: 'Large', retryable: true, retryAfter: '1m' },
    SMALL: { code: -1003, status: 400, message: 'Small', parent: 'LARGE', headers: { 'X-Why': 'small' } },
    WRONG_PASSWORD: { status: 401, message: 'Wrong password' },
    LOCKED: { status: 403, message: 'Locked' },
    DONE: { status: 200, message: 'Done before' },
  },
  success: { code: 0, message: 'OK' },
  challenge: 'Bearer',
  foreign: { byStatus: { 429: 'LARGE', 404: 'GONE' }, byCondition: { 'validation-failed': 'SMALL' } },
  locales: { de: { 'my-shop': { SOLD_OUT: { message: 'Nur noch {{left}} {{product}}' } } } },
})

const catalogs: readonly Catalog[] = [cloudWaf, cdn, gateway, secrets, words]

const MAP: HandlerOptions['envelope'] = {
  'application/json': 'two-level',
  'application/problem+json': 'problem',
}
const settings: readonly HandlerOptions[] = [
  { envelope: 'flat' },
  { envelope: 'nested', reveal: { params: true, values: true } },
  { envelope: 'composite' },
  { envelope: 'two-level', docsUrl: '/errors/', httpStatus: 200 },
  { envelope: 'problem', docsUrl: 'https://docs.test/errors/', reveal: { params: true } },
  { envelope: MAP },
]

interface Sent {
  readonly what: string
  readonly status: number
  readonly headers: Headers
  readonly type: string
  readonly body: unknown
}

/** Throws what an app may throw, and returns the answers. */
async function answersOf(catalog: Catalog, handler: HandlerOptions): Promise<readonly Sent[]> {
  const { options, reports } = recorder()
  const app = express()
  const throwing: Record<string, () => unknown> = throwsOf(catalog, settings.indexOf(handler))
  app.use(requestId())
  app.use(
    '/limited',
    rateLimit({ catalog, policies: [{ name: 'burst', window: '1h', limit: 1 }], key: () => 'all' }),
  )
  app.post('/parsed', express.json())
  app.use((request, _response, next) => {
    const route = throwing[decodeURIComponent(request.path.slice(1))]
    if (route === undefined) return next()
    throw route()
  })
  app.use(notFound())
  app.use(errorHandler({ ...options, ...handler, catalog } as object))
  const { port, server } = await listen(app)
  const languages = ['en', 'de', 'zh-CN', 'ja', 'ru']
  const types = handler.envelope === MAP ? Object.keys(MAP as object) : ['*/*']
  try {
    const paths = [...Object.keys(throwing), 'nowhere', 'limited', 'limited', 'parsed']
    const sent: Sent[] = []
    for (const [index, path] of paths.entries()) {
      const response = await fetch(`http://127.0.0.1:${port}/${encodeURIComponent(path)}`, {
        method: path === 'parsed' ? 'POST' : 'GET',
        headers: {
          'Accept-Language': languages[index % languages.length]!,
          Accept: types[index % types.length]!,
          ...(path === 'parsed' ? { 'Content-Type': 'application/json' } : {}),
        },
        ...(path === 'parsed' ? { body: '{' } : {}),
      })
      const { status, headers } = response
      const type = headers.get('content-type')!.split(';', 1)[0]!
      sent.push({ what: path, status, headers, type, body: await response.json() })
    }
    expect(reports.every(({ sent: isSent }) => isSent)).toBe(true)
    return sent
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/**
 * Each error of a catalog, plain and with all that a throw may add; and errors that are none of it. A setting does the same
 * with each code of a large catalog: all are thrown in the first one, and a share in each of the others.
 */
function throwsOf(catalog: Catalog, setting: number): Record<string, () => unknown> {
  const { BizError } = catalog as unknown as {
    readonly BizError: new (key: Code, options?: object) => Error
  }
  const entries = [...catalog].filter(({ isSuccess }) => !isSuccess)
  const share = entries.filter((_, index) => setting === 0 || catalog.size < 20 || index % 12 === setting)
  const thrown: [string, () => unknown][] = share.map(({ key, params }) => [
    `error ${key}`,
    () => new BizError(key, { params: Object.fromEntries(params.map((name) => [name, 7])) }),
  ])
  for (const { key } of entries.slice(0, 9)) {
    thrown.push([
      `all of ${key}`,
      () =>
        new BizError(key, {
          details: { a: [1, null], b: 'text', deep: { er: { still: true } } },
          fields: [
            { path: 'name', code: 'required' },
            { path: '', code: 'too_short', params: { min: 3 } },
          ],
          also: [new BizError(entries.at(-1)!.key, { details: ['list'] }), new BizError(entries[0]!.key)],
        }),
    ])
    thrown.push([`status of ${key}`, () => new BizError(key, { status: 422, retryAfter: 5 })])
  }
  const foreign = [400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 422, 429, 500, 501, 502, 503, 504]
  for (const status of foreign) thrown.push([`foreign ${status}`, () => createError(status)])
  thrown.push(['null', () => null])
  thrown.push(['of another catalog', () => createError(400, 'x', { expose: true })])
  thrown.push([
    'validation',
    () => z.object({ name: z.string().min(3), n: z.number() }).safeParse({ name: 'a' }).error,
  ])
  thrown.push([
    'long details',
    () => new BizError(entries[0]!.key, { details: Array.from({ length: 999 }, () => 'x'.repeat(99)) }),
  ])
  thrown.push([
    'long fields',
    () =>
      new BizError(entries[0]!.key, {
        fields: Array.from({ length: 50 }, (_, index) => ({
          path: `${'deep.'.repeat(60)}${index}`,
          code: 'invalid',
          message: 'wrong '.repeat(100),
        })),
      }),
  ])
  return Object.fromEntries(thrown)
}

/** The code that a body tells, in whichever envelope. */
function codeIn(body: unknown): unknown {
  const { code, sub_code, error, message } = body as Record<string, unknown>
  const composite = /^\((-?[\w-]+)\)/.exec(String(message))
  if (composite !== null) return composite[1]
  return sub_code ?? code ?? (error as { readonly code: unknown }).code
}

describe('real answers', () => {
  test.each(
    catalogs.flatMap((catalog) =>
      settings.map((handler) => [catalog.name, JSON.stringify(handler), catalog, handler] as const),
    ),
  )('of %s with %s are what its components say', async (_name, _handler, catalog, handler) => {
    const sent = await answersOf(catalog, handler)
    expect(sent.length).toBeGreaterThan(40)
    const { shapes } = { shapes: typeof handler.envelope === 'object' ? 2 : 1 }
    for (const version of catalog === words ? VERSIONS : [VERSIONS[catalog.size % 2]!]) {
      const options = { version, examples: 'none', handler: { ...handler, catalog } as never } as const
      const byCode = openapi(catalog, options)
      const byStatus = openapi(catalog, { ...options, detail: 'status' })
      const codes = schemasOf(closed(byCode.components), version)
      const statuses = schemasOf(closed(byStatus.components), version)
      const name = pascal(catalog.name)
      const any = byCode.components.responses[`${name}Error`]!
      const faults: unknown[] = []
      let ofCodes = 0
      for (const { what, status, headers, type, body } of sent) {
        const content = any['content'] as Record<string, { readonly schema: { readonly $ref: string } }>
        expect(Object.keys(content)).toHaveLength(shapes)
        const generic = content[type]!.schema.$ref.split('/').at(-1)!
        const told = `${generic}${String(codeIn(body))}`
        const isKnown = told in byCode.components.schemas
        for (const schema of isKnown ? [generic, told] : [generic]) {
          const validate = codes(schema)
          if (!validate(body)) faults.push({ what, schema, body, errors: validate.errors })
        }
        const ofStatus = generic.replace(/Error$/, `Status${status}`)
        if (ofStatus in byStatus.components.schemas && !what.startsWith('status of')) {
          const validate = statuses(ofStatus)
          if (!validate(body)) faults.push({ what, schema: ofStatus, body, errors: validate.errors })
        }
        if (!isKnown) continue
        ofCodes++
        const response = byCode.components.responses[`${name}Error${String(codeIn(body))}`]!
        const described = Object.keys(response['headers'] as object).map((header) => header.toLowerCase())
        for (const header of ['content-language', 'retry-after', 'www-authenticate', 'link', 'x-why']) {
          // A throw may say how long to wait.
          if (what.startsWith('status of') || what.startsWith('foreign')) continue
          if (headers.has(header)) expect(described, `${what}: ${header}`).toContain(header)
        }
      }
      expect(faults).toEqual([])
      expect(ofCodes).toBeGreaterThanOrEqual(sent.filter(({ what }) => what.startsWith('error ')).length)
    }
  })

  test('are many', () => {
    const entries = catalogs.reduce((sum, catalog) => sum + createDump(catalog).entries.length, 0)
    expect(entries).toBeGreaterThan(200)
  })
})

function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}
