import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import Fastify4 from 'fastify4'
import { afterAll } from 'vitest'
import { becomes, type Row } from './becomes.ts'

const secret = 'hunter2'

const user = {
  body: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 3 },
      items: { type: 'array', items: { type: 'integer' } },
    },
  },
  querystring: { type: 'object', properties: { page: { type: 'integer' } } },
}
const order = {
  params: { type: 'object', properties: { id: { type: 'integer' } } },
  headers: { type: 'object', required: ['x-tenant'] },
}

/** An app that hands on what its error handler got. */
function appOf(
  create: typeof Fastify,
): readonly [app: FastifyInstance, (request: InjectOptions) => Promise<void>] {
  const app = create({ bodyLimit: 64 })
  let caught: unknown
  app.setErrorHandler((error, _request, reply) => {
    caught = error
    return reply.code(500).send()
  })
  app.post('/users', { schema: user }, () => secret)
  app.post('/orders/:id', { schema: order }, () => secret)
  app.post('/formatted', {
    schema: user,
    schemaErrorFormatter: () => Object.assign(new Error(secret), { name: 'Unfit', statusCode: 409 }),
    handler: () => secret,
  })
  app.post('/checked', {
    schema: user,
    validatorCompiler: () => () => ({ error: [{ message: secret }] as unknown as Error }),
    handler: () => secret,
  })
  app.get('/twice', async (_request, reply) => {
    await reply.send(secret)
    reply.code(7)
  })
  afterAll(() => app.close())
  return [
    app,
    async (request) => {
      caught = undefined
      const response = await app.inject(request)
      if (caught === undefined) throw new Error(`It was answered: ${response.payload}`)
      throw caught
    },
  ]
}

const json = { 'content-type': 'application/json' }
const post = (
  url: string,
  payload: object | string,
  headers: Record<string, string> = json,
): InjectOptions => ({
  method: 'POST',
  url,
  payload,
  headers,
})

for (const [name, create] of [
  ['Fastify 5', Fastify],
  ['Fastify 4', Fastify4 as unknown as typeof Fastify],
] as const) {
  const [app, fail] = appOf(create)
  const isOld = name === 'Fastify 4'

  const rows: readonly Row[] = [
    {
      what: 'a body that is not what the schema asks for',
      fail: () => fail(post('/users', { name: 'a' })),
      becomes: 'validation-failed',
      fields: [
        { path: 'body.name', code: 'too_short', message: 'Too short; minimum length: 3', params: { min: 3 } },
      ],
      logged: { code: 'FST_ERR_VALIDATION' },
    },
    {
      what: 'an item of a list',
      fail: () => fail(post('/users', { name: 'abc', items: [1, 'x'] })),
      becomes: 'validation-failed',
      fields: [{ path: 'body.items[1]', code: 'not_integer', message: 'Must be a whole number' }],
    },
    {
      what: 'a query',
      fail: () => fail(post('/users?page=x', { name: 'abc' })),
      becomes: 'validation-failed',
      fields: [{ path: 'query.page', code: 'not_integer', message: 'Must be a whole number' }],
    },
    {
      what: 'a part of the path',
      fail: () => fail(post('/orders/x', {})),
      becomes: 'validation-failed',
      fields: [{ path: 'params.id', code: 'not_integer', message: 'Must be a whole number' }],
    },
    {
      what: 'a header that is missing',
      fail: () => fail(post('/orders/7', {})),
      becomes: 'validation-failed',
      fields: [{ path: 'headers["x-tenant"]', code: 'required', message: 'This field is required' }],
    },
    {
      what: 'an error that the app has formatted',
      fail: () => fail(post('/formatted', {})),
      becomes: 'conflict',
      fields: [{ path: 'body.name', code: 'required', message: 'This field is required' }],
      logged: { type: 'Unfit' },
    },
    {
      what: 'errors of another validator',
      fail: () => fail(post('/checked', { name: 'abc' })),
      becomes: 'validation-failed',
    },
    { what: 'an empty body', fail: () => fail(post('/users', '')), becomes: 'malformed-body' },
    {
      what: 'a body that is no JSON',
      fail: () => fail(post('/users', `{"${secret}`)),
      // Fastify 4 passes on the parser's error, which has a status and no other mark.
      becomes: isOld ? 'malformed-request' : 'malformed-body',
    },
    {
      what: 'a body that would change a prototype',
      fail: () => fail(post('/users', '{"__proto__":{}}')),
      becomes: isOld ? 'malformed-request' : 'malformed-body',
    },
    {
      what: 'a body that is shorter than its Content-Length',
      fail: () => fail(post('/users', '{}', { ...json, 'content-length': '7' })),
      becomes: 'malformed-body',
      logged: { code: 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' },
    },
    {
      what: 'a body that is too large',
      fail: () => fail(post('/users', { name: 'x'.repeat(99) })),
      becomes: 'body-too-large',
      logged: { code: 'FST_ERR_CTP_BODY_TOO_LARGE' },
    },
    {
      what: 'a media type that nobody parses',
      fail: () => fail(post('/users', secret, { 'content-type': 'application/x-secret' })),
      becomes: 'unsupported-media-type',
    },
    {
      what: 'a status that no response has',
      fail: () => fail({ method: 'GET', url: '/twice' }),
      becomes: undefined,
    },
    {
      what: 'a parser that is added too late, to which Fastify gives a status of 400',
      fail: async () => {
        await app.ready()
        app.addContentTypeParser('text/x', () => {})
      },
      becomes: undefined,
      logged: { code: 'FST_ERR_CTP_INSTANCE_ALREADY_STARTED' },
    },
    {
      what: 'a decorator that is there',
      fail: () => create().decorate('a', 1).decorate('a', 2),
      becomes: undefined,
      logged: { code: 'FST_ERR_DEC_ALREADY_PRESENT' },
    },
  ]
  becomes(`R06: what ${name} throws becomes what it says`, rows)
}
