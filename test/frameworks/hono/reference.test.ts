import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { expect } from 'vitest'
import { bizErrors, reference } from '../../../src/adapters/hono/index.ts'
import { answer, missing, onHono } from './hosts.ts'

onHono(
  'pages stand below their path, for people and programs, and the app goes on elsewhere',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(reference({ catalog: options.catalog, title: 'Shop API' }))
    app.get('/other', (context) => context.text('other'))
    return app
  },
  async ({ send }) => {
    const page = await send({ path: '/errors/1006', headers: { Accept: 'text/html' } })
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.headers['x-request-id']).toBe('probe-1')
    expect(page.body).toContain('Username already exists')
    const json = await send({ path: '/errors/1006', headers: { Accept: 'application/json' } })
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8')
    const head = await send({ method: 'HEAD', path: '/errors/1006', headers: { Accept: 'text/html' } })
    expect(head).toEqual({ ...page, body: '' })
    const unchanged = await send({
      path: '/errors/1006',
      headers: { Accept: 'text/html', 'If-None-Match': page.headers['etag']! },
    })
    expect([unchanged.status, unchanged.body]).toEqual([304, ''])
    expect((await send({ path: '/errors?x=1' })).headers['location']).toBe('errors/?x=1')
    expect((await send({ path: '/other' })).body).toBe('other')
    expect(await send({ path: '/errors/none' })).toEqual(answer(404, missing))
    expect(await send({ method: 'POST', path: '/errors/1006' })).toEqual(answer(404, missing))
    return [page, json, unchanged]
  },
)

onHono(
  'pages keep what other middleware has set, and their own',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(cors({ origin: 'https://app.example' }))
    app.use(async (context, next) => {
      context.header('Vary', 'Cookie')
      context.header('Cache-Control', 'no-store')
      await next()
    })
    app.use('/docs/*', reference({ catalog: options.catalog, path: '/docs' }))
    return app
  },
  async ({ send }) => {
    const { headers } = await send({ path: '/docs/1006', headers: { Origin: 'https://app.example' } })
    expect(headers['access-control-allow-origin']).toBe('https://app.example')
    expect(headers['vary']).toBe('Cookie, Accept, Accept-Language, Origin')
    expect(headers['cache-control']).toBe('max-age=300')
  },
)
