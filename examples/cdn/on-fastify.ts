import { bizErrors, frameworkErrors, reference } from 'bizerror/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import { createCdn, optionsOf, type Options, type Query } from './cdn.ts'

export async function createApp(given: Options = {}): Promise<FastifyInstance> {
  const options = optionsOf(given)
  const call = createCdn()

  const app = Fastify({ frameworkErrors: frameworkErrors(options) })
  await app.register(bizErrors, options)
  await app.register(reference, { ...options, title: 'CDN', prefix: '/errors' })
  app.all<{ Querystring: Query }>('/v2/index.php', async ({ query }) => call(query))
  return app
}
