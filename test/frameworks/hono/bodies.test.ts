import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { expect } from 'vitest'
import { z } from 'zod'
import { bizErrors } from '../../../src/adapters/hono/index.ts'
import { answer, malformed, internal, onHono, type App, type Recording } from './hosts.ts'

const tooLarge = { code: 400, message: 'Content too large' }
const unsupported = { code: 400, message: 'Unsupported media type' }
const json = { 'Content-Type': 'application/json' }
const multipart = { 'Content-Type': 'multipart/form-data; boundary=x' }

/** An app that reads the body of each request in one of Hono's ways, named by its path. */
function reading(options: Recording): App {
  const app = bizErrors(new Hono(), options)
  app.post('/json', async (context) => context.json(await context.req.json()))
  app.post('/text', async (context) => context.text(await context.req.text()))
  app.post('/bytes', async (context) => context.text(String((await context.req.bytes()).length)))
  app.post('/blob', async (context) => context.text(await (await context.req.blob()).text()))
  app.post('/parse', async (context) => context.json(await context.req.parseBody()))
  app.post('/form', async (context) => context.json(Object.fromEntries(await context.req.formData())))
  return app
}

onHono(
  'a body is read as ever, also twice and in several ways',
  (options) =>
    reading(options).post('/all', async ({ req, json }) => {
      const text = await req.text()
      return json([text, await req.json(), await req.json(), (await req.arrayBuffer()).byteLength])
    }),
  async ({ send }) => {
    const bodyOf = async (path: string, body: string, headers = json): Promise<string> =>
      (await send({ method: 'POST', path, headers, body })).body
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect(await bodyOf('/json', '{"a":1}')).toBe('{"a":1}')
    expect(await bodyOf('/text', 'a')).toBe('a')
    expect(await bodyOf('/bytes', 'ä')).toBe('2')
    expect(await bodyOf('/blob', 'a')).toBe('a')
    expect(await bodyOf('/parse', 'a=1', form)).toBe('{"a":"1"}')
    expect(await bodyOf('/form', 'a=1', form)).toBe('{"a":"1"}')
    expect(await bodyOf('/all', '{"a":1}')).toBe('["{\\"a\\":1}",{"a":1},{"a":1},7]')
  },
)

onHono(
  "a body that is not what it should be is the client's fault, and what it held is logged nowhere",
  reading,
  async ({ send, reports, log, reported }) => {
    const post = async (path: string, headers: Record<string, string>, body: string): Promise<unknown> =>
      send({ method: 'POST', path, headers, body })
    expect(await post('/json', json, '{"password":"hunter2"')).toEqual(answer(400, malformed))
    expect(await post('/json', json, '')).toEqual(answer(400, malformed))
    expect(await post('/parse', multipart, 'hunter2')).toEqual(answer(400, malformed))
    expect(await post('/form', multipart, 'hunter2')).toEqual(answer(400, malformed))
    await reported(4)
    expect(reports.map(({ condition }) => condition)).toEqual(Array(4).fill('malformed-body'))
    expect(JSON.stringify(log)).not.toContain('hunter2')
  },
)

onHono(
  'a body that is packed, or of another type, is one that is not understood',
  reading,
  async ({ send }) => {
    const packed = { 'Content-Encoding': 'gzip' }
    expect(await send({ method: 'POST', path: '/json', headers: { ...json, ...packed }, body: 'x' })).toEqual(
      answer(415, unsupported),
    )
    expect(
      await send({ method: 'POST', path: '/parse', headers: { ...multipart, ...packed }, body: 'x' }),
    ).toEqual(answer(415, unsupported))
    expect(await send({ method: 'POST', path: '/form', headers: json, body: '{}' })).toEqual(
      answer(415, unsupported),
    )
  },
)

onHono(
  'what the app reads wrongly stays its own fault',
  (options) =>
    reading(options)
      .post('/spent', async ({ req, json }) => {
        await req.raw.text()
        return json(await req.json())
      })
      .post('/spent-form', async ({ req, json }) => {
        await req.raw.text()
        return json(Object.fromEntries(await req.formData()))
      })
      .post('/own', ({ json }) => json(JSON.parse('{') as object)),
  async ({ send, reports, reported }) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    for (const path of ['/spent', '/spent-form', '/own']) {
      expect(await send({ method: 'POST', path, headers, body: 'a=1' }), path).toEqual(answer(500, internal))
    }
    await reported(3)
    expect(reports.map(({ status }) => status)).toEqual([500, 500, 500])
  },
)

onHono(
  'an app that catches the error of a body gets the one that Hono throws',
  (options) =>
    bizErrors(new Hono(), options).post('/', async ({ req, text }) => {
      try {
        return text(await req.json())
      } catch (error) {
        return text(`${error instanceof SyntaxError}`)
      }
    }),
  async ({ send }) => {
    expect((await send({ method: 'POST', path: '/', headers: json, body: '{' })).body).toBe('true')
  },
)

onHono(
  "bodyLimit: what is too large is told in the catalog's words, whether its length was told or not",
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(bodyLimit({ maxSize: 8 }))
    return app.post('/', async (context) => context.json(await context.req.json()))
  },
  async ({ send, reports, reported }) => {
    expect(await send({ method: 'POST', path: '/', headers: json, body: '[1,2,3,4,5]' })).toEqual(
      answer(413, tooLarge),
    )
    expect(await send({ method: 'POST', path: '/', headers: json, body: '[1' })).toEqual(
      answer(400, malformed),
    )
    expect((await send({ method: 'POST', path: '/', headers: json, body: '[1]' })).body).toBe('[1]')
    await reported(2)
    return reports.map(({ condition }) => condition)
  },
)

onHono(
  'zValidator tells the fields where its hook throws, and of a body that is no JSON what it is',
  (options) => {
    const schema = z.object({ n: z.number() })
    const app = bizErrors(new Hono(), options)
    app.post(
      '/json',
      zValidator('json', schema, (result) => {
        if (!result.success) throw result.error
      }),
      (context) => context.json(context.req.valid('json')),
    )
    app.post(
      '/form',
      zValidator('form', z.object({ n: z.string() }), (result) => {
        if (!result.success) throw result.error
      }),
      (context) => context.json(context.req.valid('form')),
    )
    return app
  },
  async ({ send, reports, reported }) => {
    const fields = [
      {
        path: 'n',
        code: 'invalid_type',
        message: 'Wrong type; expected: number',
        params: { expected: 'number' },
      },
    ]
    expect(await send({ method: 'POST', path: '/json', headers: json, body: '{"n":"1"}' })).toEqual(
      answer(400, { ...malformed, details: { fields } }),
    )
    expect(await send({ method: 'POST', path: '/json', headers: json, body: '{"n":' })).toEqual(
      answer(400, malformed),
    )
    expect(await send({ method: 'POST', path: '/form', headers: multipart, body: 'x' })).toEqual(
      answer(400, malformed),
    )
    expect((await send({ method: 'POST', path: '/json', headers: json, body: '{"n":1}' })).body).toBe(
      '{"n":1}',
    )
    await reported(3)
    expect(reports.map(({ condition }) => condition)).toEqual([
      'validation-failed',
      'malformed-body',
      'malformed-body',
    ])
  },
)
