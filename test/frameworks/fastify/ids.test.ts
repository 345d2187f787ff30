import { expect } from 'vitest'
import { genReqId, requestIdOf } from '../../../src/adapters/fastify/index.ts'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { send } from '../../support/raw.ts'
import { onFastify, type FastifyApp } from './apps.ts'
import { ask } from './whole.ts'

function routes(app: FastifyApp): void {
  app.get('/', (request) => ({ id: request.id, told: requestIdOf(request) }))
  app.get('/taken', () => {
    throw new BizError(1006)
  })
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** The id in the head of a response, by the name of its header. */
function idIn(response: string, name = 'x-request-id'): string {
  return new RegExp(`^${name}: (.*)\r$`, 'im').exec(response)?.[1] ?? ''
}

function bodyOf(response: string): { readonly id: string; readonly told: string } {
  return JSON.parse(response.split('\r\n\r\n')[1]!) as { id: string; told: string }
}

onFastify(
  'a success and an error tell the id that the client has sent, else a new one, and never req-1',
  { routes },
  async ({ port, reports, reported }) => {
    const success = await ask(port, '/')
    expect([idIn(success), bodyOf(success).told]).toEqual(['t-1', 't-1'])
    const fresh = await send(port, { path: '/' })
    expect(idIn(fresh)).toMatch(UUID)
    expect(bodyOf(fresh).told).toBe(idIn(fresh))
    const hostile = await send(port, { path: '/taken', headers: { 'X-Request-ID': '<a b>' } })
    expect(idIn(hostile)).toMatch(UUID)
    await reported(1)
    expect(reports[0]!.requestId).toBe(idIn(hostile))
  },
)

onFastify(
  "genReqId makes request.id and the logger's reqId what the client is told",
  { server: () => ({ genReqId: genReqId() }), routes },
  async ({ port }) => {
    const sent = bodyOf(await ask(port, '/'))
    expect(sent).toEqual({ id: 't-1', told: 't-1' })
    const response = await send(port, { path: '/' })
    const { id, told } = bodyOf(response)
    expect([id, told]).toEqual([idIn(response), idIn(response)])
    expect(id).toMatch(UUID)
  },
)

onFastify(
  "an app's own genReqId is heard, where the client can be told what it makes",
  {
    server() {
      let count = 0
      return { genReqId: () => (count++ === 0 ? 'own-1' : 'not an id\r\n') }
    },
    routes,
  },
  async ({ port }) => {
    const first = await send(port, { path: '/' })
    expect([idIn(first), bodyOf(first).told]).toEqual(['own-1', 'own-1'])
    expect(idIn(await send(port, { path: '/' }))).toMatch(UUID)
  },
)

onFastify(
  "an app's own id that begins as Fastify's is heard, too",
  { server: () => ({ genReqId: () => 'req-0c1d2e3f4a5b' }), routes },
  async ({ port }) => {
    const response = await send(port, { path: '/' })
    expect([idIn(response), bodyOf(response).told]).toEqual(['req-0c1d2e3f4a5b', 'req-0c1d2e3f4a5b'])
  },
)

onFastify(
  'another header brings and tells the id, and generate makes it of the request',
  {
    options: {
      requestId: {
        header: 'X-Trace',
        generate: (request) => `at-${(request as { url: string }).url.slice(1)}`,
      },
    },
    routes,
  },
  async ({ port, reports, reported }) => {
    const success = await send(port, { path: '/', headers: { 'X-Trace': 'mine' } })
    expect([idIn(success, 'x-trace'), bodyOf(success).told]).toEqual(['mine', 'mine'])
    const error = await send(port, { path: '/taken' })
    expect(idIn(error, 'x-trace')).toBe('at-taken')
    await reported(1)
    expect(reports[0]!.requestId).toBe('at-taken')
  },
)
