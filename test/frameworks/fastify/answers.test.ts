import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { onFastify, type FastifyApp } from './apps.ts'
import { ask, bad, conflict, internal, missing, whole } from './whole.ts'

const JSON_BODY = { method: 'POST', headers: { 'Content-Type': 'application/json' } }

function taken(): never {
  throw new BizError(1006)
}

/** Fastify 5 ends the connection of a body that it could not parse. */
function strip(response: string): string {
  return response.replace(
    /^connection: close\r\n([^]*^Date: .*\r\n)(?!Connection)/m,
    '$1Connection: close\r\n',
  )
}

/** The paths of the fields that an answer names. */
function fieldsOf(response: string): readonly string[] {
  const body = JSON.parse(response.split('\r\n\r\n')[1]!) as {
    readonly details: { readonly fields: readonly { readonly path: string }[] }
  }
  return body.details.fields.map(({ path }) => path)
}

/** Every way in which a handler of Fastify fails. */
function failing(app: FastifyApp): void {
  app.get('/sync', taken)
  app.get('/async', async () => {
    await wait(1)
    return taken()
  })
  app.get('/sent', (_request, reply) => {
    void reply.send(new BizError(1006))
  })
  app.get('/sent-async', async (_request, reply) => {
    await wait(1)
    return reply.code(200).send(new BizError(1006))
  })
  app.get('/callback', (_request, reply) => {
    setImmediate(() => void reply.send(new BizError(1006)))
  })
  app.get('/returned', () => new BizError(1006))
}

onFastify(
  'every way in which a handler fails comes to the same answer, and is reported once',
  { routes: failing },
  async ({ port, reports, reported }) => {
    const paths = ['/sync', '/async', '/sent', '/sent-async', '/callback', '/returned']
    const answers = await Promise.all(paths.map((path) => ask(port, path)))
    expect(answers).toEqual(paths.map(() => whole(409, conflict)))
    await reported(paths.length)
    expect(reports.map(({ code, sent, route }) => ({ code, sent, route }))).toEqual(
      expect.arrayContaining(paths.map((route) => ({ code: 1006, sent: true, route }))),
    )
  },
)

const VALUES = [undefined, null, 'a secret', 0, false, Symbol('secret'), { secret: 1 }, () => 'secret']

onFastify(
  'whatever is thrown is answered, as the generic error where it is none, and nothing of it leaves',
  {
    routes(app) {
      VALUES.forEach((value, index) => {
        app.get(`/sync/${index}`, () => {
          throw value
        })
        app.get(`/async/${index}`, async () => {
          await Promise.resolve()
          throw value
        })
      })
    },
  },
  async ({ port, reports, reported }) => {
    const paths = VALUES.flatMap((_value, index) => [`/sync/${index}`, `/async/${index}`])
    const answers = await Promise.all(paths.map((path) => ask(port, path)))
    expect(answers).toEqual(paths.map(() => whole(500, internal)))
    await reported(paths.length)
    for (const { error, sent } of reports)
      expect([VALUES.includes(error as never), sent]).toEqual([true, true])
  },
)

onFastify(
  'what no route takes on is answered by the catalog: another path, another method, and callNotFound',
  {
    routes(app) {
      app.get('/', () => 'OK')
      app.get('/given-up', (_request, reply) => reply.callNotFound())
      app.register(
        (child, _options, done) => {
          child.get('/', () => 'OK')
          done()
        },
        { prefix: '/child' },
      )
    },
  },
  async ({ port, reports, reported }) => {
    const answers = await Promise.all([
      ask(port, '/nowhere?secret=1'),
      ask(port, '/', { method: 'DELETE' }),
      ask(port, '/given-up'),
      ask(port, '/child/nowhere'),
      ask(port, '/nowhere', { ...JSON_BODY, body: '{"secret":1}' }),
    ])
    expect(answers).toEqual(answers.map(() => whole(404, missing)))
    await reported(5)
    expect(JSON.stringify(reports)).not.toContain('secret')
  },
)

onFastify(
  'HEAD is answered with the headers of GET, by exposed routes and by those of the app',
  {
    routes(app) {
      app.get('/exposed', taken)
      app.head('/own', taken)
    },
  },
  async ({ port, reported }) => {
    const [head] = whole(409, conflict).split(/(?<=\r\n\r\n)/)
    for (const path of ['/exposed', '/own', '/nowhere']) {
      const expected = path === '/nowhere' ? whole(404, missing).split(/(?<=\r\n\r\n)/)[0] : head
      // oxlint-disable-next-line no-await-in-loop
      expect(await ask(port, path, { method: 'HEAD' }), path).toBe(expected)
    }
    await reported(3)
  },
)

onFastify(
  'bodies that cannot be read are the mistake of their client',
  {
    server: () => ({ bodyLimit: 10 }),
    routes: (app) => app.post('/', () => 'OK'),
  },
  async ({ port, reported }) => {
    const post = (body: string, type = 'application/json'): Promise<string> =>
      ask(port, '/', { method: 'POST', headers: { 'Content-Type': type }, body })
    expect(strip(await post('{'))).toBe(whole(400, bad))
    expect(strip(await post(''))).toBe(whole(400, bad))
    expect(strip(await post('{"a":"0123456789"}'))).toContain('HTTP/1.1 413 ')
    expect(strip(await post('<a/>', 'application/xml'))).toContain('HTTP/1.1 415 ')
    expect(strip(await post('{}', 'no type'))).toContain('HTTP/1.1 415 ')
    await reported(5)
  },
)

onFastify(
  'a schema that a request does not fit names its fields, and the part of the request that they are in',
  {
    server: () => ({ ajv: { customOptions: { allErrors: true } } }),
    routes(app) {
      const age = { type: 'object', properties: { age: { type: 'integer' } }, required: ['age', 'name'] }
      app.post('/:id', {
        schema: { body: age },
        handler: () => 'OK',
      })
      app.get('/query', { schema: { querystring: age }, handler: () => 'OK' })
      app.get('/headers', {
        schema: { headers: { type: 'object', required: ['x-key'] } },
        handler: () => 'OK',
      })
      app.get('/params/:age', {
        schema: { params: { type: 'object', properties: { age: { type: 'integer' } } } },
        handler: () => 'OK',
      })
    },
  },
  async ({ port, reported }) => {
    expect(fieldsOf(await ask(port, '/1', { ...JSON_BODY, body: '{"age":"x"}' }))).toEqual([
      'body.name',
      'body.age',
    ])
    expect(fieldsOf(await ask(port, '/query?age=x'))).toEqual(['query.name', 'query.age'])
    expect(fieldsOf(await ask(port, '/headers'))).toEqual(['headers["x-key"]'])
    expect(fieldsOf(await ask(port, '/params/x'))).toEqual(['params.age'])
    await reported(4)
  },
)

onFastify(
  'a problem document has its own type without a charset, also through a route with a schema for responses',
  {
    options: { envelope: 'problem' },
    routes: (app) =>
      app.get('/', {
        schema: { response: { '4xx': { type: 'object', properties: { only: { type: 'string' } } } } },
        handler: taken,
      }),
  },
  async ({ port, reported }) => {
    const response = await ask(port, '/')
    expect(response).toMatch(/^content-type: application\/problem\+json\r$/m)
    expect(JSON.parse(response.split('\r\n\r\n')[1]!)).toMatchObject({ status: 409, code: 1006 })
    await reported(1)
    return response
  },
)

onFastify(
  'the headers of the lost success go, those for the browser stay, and no trailer is announced',
  {
    routes(app) {
      app.get('/', (_request, reply) => {
        void reply
          .code(201)
          .header('ETag', '"a"')
          .header('Content-Disposition', 'attachment')
          .header('Set-Cookie', ['a=1', 'b=2'])
          .header('Vary', 'Origin')
          .header('Access-Control-Allow-Origin', 'https://a.example')
          .type('text/csv')
        void reply.trailer('Content-MD5', () => Promise.resolve('x'))
        reply.raw.setHeader('Last-Modified', 'Thu, 01 Jan 1970 00:00:00 GMT')
        reply.raw.statusMessage = 'Fine'
        taken()
      })
    },
  },
  async ({ port, reported }) => {
    const response = await ask(port, '/')
    expect(response.split('\r\n').sort()).toEqual(
      whole(
        409,
        conflict,
        { vary: 'Origin, Accept-Language' },
        { 'set-cookie': 'a=1', 'access-control-allow-origin': 'https://a.example' },
      )
        .replace('set-cookie: a=1', 'set-cookie: a=1\r\nset-cookie: b=2')
        .split('\r\n')
        .sort(),
    )
    await reported(1)
  },
)
