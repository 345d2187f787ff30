import { bizErrors, frameworkErrors, rateLimit, reference } from 'bizerror/fastify'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import * as gateway from './gateway.ts'

const keyOf = (request: FastifyRequest) => request.headers['x-api-key']?.toString()

const key = (request: FastifyRequest) => gateway.callerOf(keyOf(request), request.ip)

// A hook holds for every route, those of plugins that were registered before as well.
const skip = ({ url }: FastifyRequest) => url === '/health' || url.startsWith('/errors')

async function authenticate(request: FastifyRequest): Promise<void> {
  gateway.authenticate(keyOf(request))
}

export async function createApp(): Promise<FastifyInstance> {
  const { options } = gateway
  const limits = gateway.limits()
  const callLimit = rateLimit({ ...limits.calls, key, skip })
  const exportLimit = rateLimit({ ...limits.exports, key })

  const app = Fastify({ frameworkErrors: frameworkErrors(options) })
  await app.register(bizErrors, options)
  await app.register(reference, { ...options, title: 'Gateway', prefix: '/errors' })
  app.addHook('onRequest', callLimit)

  app.get('/health', async () => gateway.health())
  app.get('/v1/quote', { onRequest: authenticate }, async () => gateway.quote())
  app.get('/v1/forecast', { onRequest: authenticate }, () => gateway.forecast())
  app.post('/v1/exports', { onRequest: [authenticate, exportLimit] }, async () => gateway.startExport())
  app.post<{ Params: { id: string } }>('/orders/:id/checkout', async ({ params, body }) =>
    gateway.checkout(params.id, body),
  )
  return app
}
