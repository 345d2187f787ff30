import { describe, expect, test } from 'vitest'
import type { CatalogDefinition } from '../../src/catalog/catalog.ts'
import type { EnvelopeObject } from '../../src/catalog/envelope.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

const body = (): object => ({})

function catalogIn(envelope: unknown): ReturnType<typeof defineCatalog> {
  const errors = { 1: { status: 404, message: 'Not here' } }
  return defineCatalog({ name: 'shop', errors, envelope } as CatalogDefinition)
}

const where = 'Catalog shop, envelope'

describe('the envelope of a catalog is refused', () => {
  const mistakes: readonly (readonly [what: string, envelope: unknown, message: string])[] = [
    [
      'as a function',
      body,
      'Catalog shop has a function as envelope. Give an object: { body: (error) => ({ … }) }.',
    ],
    [
      'as an array',
      [],
      'Catalog shop has envelope an array. Known are: flat, nested, composite, two-level, problem.',
    ],
    [
      'as a page',
      'page',
      'Catalog shop has envelope "page". Known are: flat, nested, composite, two-level, problem.',
    ],
    ['without body', {}, `${where} has no body. Give a function of the error that returns what is sent.`],
    [
      'with a body that is none',
      { body: {} },
      `${where} has body an object. Give a function of the error that returns what is sent.`,
    ],
    [
      'with a typing mistake',
      { body, contenttype: 'a/b' },
      `${where} has no "contenttype". Did you mean contentType?`,
    ],
    [
      'with what there is not',
      { body, handlers: 1 },
      `${where} has no "handlers". Known are: body, success, read, contentType, schema.`,
    ],
    [
      'with a success that is neither function nor constants',
      { body, success: 'ok' },
      `${where} has success "ok". Give a function of the data, or the constants that stand beside it.`,
    ],
    [
      'with a success in an array',
      { body, success: [] },
      `${where} has success an array. Give a function of the data, or the constants that stand beside it.`,
    ],
    [
      'with a Map of constants',
      { body, success: new Map() },
      `${where}, success was given a Map, or what can be iterated as well. Give a plain object.`,
    ],
    [
      'with a read that is no function',
      { body, read: 'code' },
      `${where} has read "code". Give a function of the body that returns { code }.`,
    ],
    ...['json', 'text/plain\r\nSet-Cookie: a=b', 'text/plain; charset=latin1', 7, null].map(
      (contentType) =>
        [
          `with contentType ${JSON.stringify(contentType)}`,
          { body, contentType },
          `${where} has contentType ${JSON.stringify(contentType)}. Give a media type such as 'application/vnd.shop+json'; bodies are UTF-8.`,
        ] as const,
    ),
    [
      'with a schema that is a text',
      { body, schema: '{}' },
      `${where}, schema was given "{}". Give a plain object.`,
    ],
    [
      'as an instance whose class has the body',
      new (class {
        body = undefined
        read(): undefined {
          return undefined
        }
      })(),
      `${where} inherits read. Give it as a member of the object itself.`,
    ],
    [
      'as a promise',
      Promise.resolve({ body }),
      `${where} was given a promise. Wait for it, and give what it resolves to.`,
    ],
    [
      'as a Map',
      new Map([['body', body]]),
      `${where} was given a Map, or what can be iterated as well. Give a plain object.`,
    ],
  ]
  for (const [what, envelope, message] of mistakes) {
    test(what, () => {
      expect(() => catalogIn(envelope)).toThrow(new SetupError(message))
    })
  }
})

test('a catalog keeps its envelope as it was defined, whatever becomes of the object', () => {
  const success = { ok: true }
  const given = { body, success, contentType: 'application/vnd.shop+json', schema: { type: 'object' } }
  const { envelope } = catalogIn(given)
  given.contentType = 'text/html'
  success.ok = false
  expect(envelope).toStrictEqual({
    body,
    success: { ok: true },
    read: undefined,
    contentType: 'application/vnd.shop+json',
    schema: { type: 'object' },
  })
})

describe('a success in an envelope of its own', () => {
  const data = { id: 7 }
  const withJson = { secret: 1, toJSON: () => ({ id: 7 }) }
  const table: readonly (readonly [string, EnvelopeObject['success'], data: unknown, sent: unknown])[] = [
    ['is made by a function of the data', (given) => ({ ok: true, given }), data, { ok: true, given: data }],
    ['is the data itself', undefined, data, data],
    ['is the data itself, an array too', undefined, [data], [data]],
    ['is an empty object where there is no data', undefined, undefined, {}],
    ['is constants and the members of the data', { errcode: 0 }, data, { errcode: 0, id: 7 }],
    ['is the constants where there is no data', { errcode: 0 }, undefined, { errcode: 0 }],
    ['is constants and what the data says of itself', { errcode: 0 }, withJson, { errcode: 0, id: 7 }],
    ['is constants and a list', { errcode: 0 }, [1], { errcode: 0, data: [1] }],
    ['is constants and a value', { errcode: 0 }, 'x', { errcode: 0, data: 'x' }],
    ['is constants and nothing', { errcode: 0 }, null, { errcode: 0, data: null }],
    ['is no failure, whatever the data holds', { errcode: 0 }, { errcode: 5, a: 1 }, { errcode: 0, a: 1 }],
  ]
  for (const [what, success, given, sent] of table) {
    test(what, () => {
      expect(catalogIn({ body, success }).ok(given)).toStrictEqual(sent)
    })
  }

  test('may be made of the request as well', () => {
    const rpc = catalogIn({ body, success: (data: unknown, request: unknown) => ({ data, request }) })
    expect(rpc.ok(1, { id: 7 })).toEqual({ data: 1, request: { id: 7 } })
  })

  test('has its constants first', () => {
    expect(JSON.stringify(catalogIn({ body, success: { errcode: 0, errmsg: 'ok' } }).ok({ a: 1 }))).toBe(
      '{"errcode":0,"errmsg":"ok","a":1}',
    )
  })
})

test.each([
  [404, 'Catalog shop has httpStatus 404. Give 200, or a function of the error that returns a status.'],
  [null, 'Catalog shop has httpStatus null. Give 200, or a function of the error that returns a status.'],
])('a catalog of the httpStatus %s is refused', (httpStatus, message) => {
  const errors = { 1: { status: 404, message: 'Not here' } }
  expect(() => defineCatalog({ name: 'shop', errors, httpStatus } as never)).toThrow(new SetupError(message))
})

test('an error of a catalog with an envelope of its own may be answered with 200 where no success has a code', () => {
  const chat = defineCatalog({
    name: 'chat',
    status: 200,
    errors: { not_found: { message: 'There is no such channel' } },
    envelope: { body: ({ code }) => ({ ok: false, error: code }), success: { ok: true } },
  })
  expect([chat.get('not_found').status, chat.ok({ channel: 'C1' })]).toEqual([
    200,
    { ok: true, channel: 'C1' },
  ])
})
