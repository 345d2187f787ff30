import { bizErrors, frameworkErrors, rateLimit, reference } from 'bizerror/fastify'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { authenticate, CALLS, options, Secrets, testWebhook, WEBHOOK_TESTS } from './secrets.ts'

interface ByPath {
  readonly Params: { readonly '*': string }
}

export async function createApp(): Promise<FastifyInstance> {
  const { catalog } = options
  const secrets = new Secrets()
  const webhookQuota = rateLimit({
    catalog,
    policies: WEBHOOK_TESTS,
    key: (request: FastifyRequest) => request.headers.authorization,
  })

  const app = Fastify({ frameworkErrors: frameworkErrors(options) })
  await app.register(bizErrors, options)
  await app.register(reference, { ...options, title: 'Secrets', prefix: '/errors' })
  app.addHook('onRequest', rateLimit({ catalog, policies: CALLS }))

  await app.register(
    async (v1) => {
      v1.addHook('onRequest', async ({ headers }) => authenticate(headers.authorization))
      v1.get<ByPath>('/secrets/*', async ({ params }) => secrets.read(params['*']))
      v1.put<ByPath>('/secrets/*', async ({ params, body }) => secrets.write(params['*'], body))
      v1.post('/webhooks/test', { onRequest: webhookQuota }, async ({ body, headers }) =>
        testWebhook(body, headers['accept-language']),
      )
    },
    { prefix: '/v1' },
  )
  return app
}
