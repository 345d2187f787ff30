import { bizErrors, frameworkErrors, rateLimit, reference } from 'bizerror/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import { CHARTS, createCloudWaf, options } from './cloud-waf.ts'

interface ById {
  readonly Params: { readonly id: string }
}

export async function createApp(): Promise<FastifyInstance> {
  const waf = createCloudWaf()
  const chartLimit = rateLimit({ catalog: options.catalog, policies: CHARTS })

  const app = Fastify({ frameworkErrors: frameworkErrors(options) })
  await app.register(bizErrors, options)
  await app.register(reference, { ...options, title: 'Cloud WAF', prefix: '/errors' })

  app.get<ById>('/users/:id', async ({ params }) => waf.user(params.id))
  app.post('/users', async ({ body }) => waf.addUser(body))
  app.post('/login', async ({ body }) => waf.login(body))
  app.post('/api-keys', async ({ body }) => waf.addKey(body))
  app.delete<ById>('/api-keys/:id', async ({ params }) => waf.revokeKey(params.id))
  app.get<ById>('/charts/:id', { onRequest: chartLimit }, async ({ params }) => waf.chart(params.id))
  app.post<ById>('/alerts/:id/send', ({ params }) => waf.sendAlert(params.id))
  return app
}
