import { expect, test } from 'vitest'
import { reference, withErrors } from '../../../src/adapters/web/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { listen } from '../../support/frameworks.ts'
import { ask, wholeOf } from './whole.ts'
import * as koaFace from '../../../src/adapters/koa/index.ts'
import Koa from 'koa'

const pages = reference({ catalog, title: 'WAF' })

test('pages are those of Koa, each with its status, headers and body', async () => {
  const app = new Koa()
  app.use(koaFace.errorHandler({ catalog }))
  app.use(koaFace.reference({ catalog, title: 'WAF' }))
  const { port, server } = await listen((request, response) => void app.callback()(request, response))
  const wanted: readonly (readonly [string, Record<string, string>])[] = [
    ['/errors', {}],
    ['/errors/', { Accept: 'text/html', 'Accept-Language': 'de' }],
    ['/errors/1006?format=json', {}],
    ['/errors/1006', { Accept: 'text/markdown', 'Accept-Language': 'ja' }],
    ['/errors/_/catalog.json', {}],
  ]
  try {
    for (const [path, headers] of wanted) {
      const init = { headers, redirect: 'manual' } as const
      const onKoa = await wholeOf(await fetch(`http://127.0.0.1:${port}${path}`, init))
      const { date: _, connection: __, 'keep-alive': ___, ...others } = onKoa.headers
      const request = new Request(`http://localhost${path}`, init)
      expect(await wholeOf(pages(request)!), path).toEqual({ ...onKoa, headers: others })
    }
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

test('who has a page is told that it is unchanged', async () => {
  const first = pages(ask('/errors/1006'))!
  const etag = first.headers.get('etag')!
  const again = pages(ask('/errors/1006', { headers: { 'If-None-Match': etag } }))!
  expect([again.status, again.body]).toEqual([304, null])
})

test('HEAD is answered without a body', () => {
  const response = pages(ask('/errors/1006', { method: 'HEAD' }))!
  expect([response.status, response.body]).toEqual([200, null])
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1000)
})

test('a request for something else goes on', async () => {
  const fetch = withErrors((request) => pages(request) ?? new Response('app'), { catalog })
  for (const path of ['/', '/errors2', '/errors/none', '/shop/errors/1006']) {
    expect(await (await fetch(ask(path))).text(), path).toBe('app')
  }
  expect(await (await fetch(ask('/errors/1006', { method: 'POST' }))).text()).toBe('app')
})

test('the path can be another', () => {
  const atRoot = reference({ catalog, path: '/' })
  expect(atRoot(ask('/1006'))?.status).toBe(200)
  const below = reference({ catalog, path: '/docs/errors/' })
  expect(below(ask('/docs/errors/1006'))?.status).toBe(200)
  expect(below(ask('/errors/1006'))).toBeUndefined()
})

test('set-up refuses what is no path, and a request in the place of options', () => {
  expect(() => reference({ catalog, path: 'errors' })).toThrow(
    new SetupError('Option path is "errors". Give a path such as \'/errors\'.'),
  )
  expect(() => reference(ask() as never)).toThrow(
    'reference was mounted uncalled; call it: reference({ catalog })',
  )
})
