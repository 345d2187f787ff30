import { errorHandler, notFound, rateLimit, reference, requestId } from 'bizerror/express'
import express, { type Express, type Request, type RequestHandler } from 'express'
import * as gateway from './gateway.ts'

const authenticate: RequestHandler = (req, _res, next) => {
  gateway.authenticate(req.get('X-API-Key'))
  next()
}

const key = (req: Request) => gateway.callerOf(req.get('X-API-Key'), req.ip)

export function createApp(): Express {
  const limits = gateway.limits()

  const app = express()
  app.disable('x-powered-by')
  app.use(requestId())
  app.use('/errors', reference({ ...gateway.options, title: 'Gateway' }))
  app.use(rateLimit({ ...limits.calls, key, skip: (req) => req.path === '/health' }))
  app.use(express.json())

  app.get('/health', (_req, res) => void res.json(gateway.health()))
  app.get('/v1/quote', authenticate, (_req, res) => void res.json(gateway.quote()))
  app.get('/v1/forecast', authenticate, async (_req, res) => {
    res.json(await gateway.forecast())
  })
  app.post('/v1/exports', authenticate, rateLimit({ ...limits.exports, key }), (_req, res) => {
    res.json(gateway.startExport())
  })
  app.post('/orders/:id/checkout', (req, res) => {
    res.json(gateway.checkout(req.params.id, req.body))
  })

  app.use(notFound())
  app.use(errorHandler(gateway.options))
  return app
}
