import { errorHandler, notFound, rateLimit, reference, requestId } from 'bizerror/express'
import express, { type Express, type Request } from 'express'
import { authenticate, CALLS, options, Secrets, testWebhook, WEBHOOK_TESTS } from './secrets.ts'

export function createApp(): Express {
  const { catalog } = options
  const secrets = new Secrets()
  const webhookQuota = rateLimit({
    catalog,
    policies: WEBHOOK_TESTS,
    key: (req: Request) => req.get('Authorization'),
  })

  const router = express.Router()
  router.use((req, _res, next) => {
    authenticate(req.get('Authorization'))
    next()
  })
  router
    .route('/secrets/*path')
    .get((req, res) => void res.json(secrets.read(req.params.path.join('/'))))
    .put((req, res) => void res.json(secrets.write(req.params.path.join('/'), req.body)))
  router.post('/webhooks/test', webhookQuota, (req, res) => {
    res.json(testWebhook(req.body, req.get('Accept-Language')))
  })

  const app = express()
  app.disable('x-powered-by')
  app.use(requestId())
  app.use('/errors', reference({ ...options, title: 'Secrets' }))
  app.use(rateLimit({ catalog, policies: CALLS }))
  app.use(express.json())
  app.use('/v1', router)
  app.use(notFound())
  app.use(errorHandler(options))
  return app
}
