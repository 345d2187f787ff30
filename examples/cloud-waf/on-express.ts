import { errorHandler, notFound, rateLimit, reference, requestId } from 'bizerror'
import express, { type Express } from 'express'
import { CHARTS, createCloudWaf, options } from './cloud-waf.ts'

export function createApp(): Express {
  const waf = createCloudWaf()
  const chartLimit = rateLimit({ catalog: options.catalog, policies: CHARTS })

  const app = express()
  app.disable('x-powered-by')
  app.use(requestId())
  app.use('/errors', reference({ ...options, title: 'Cloud WAF' }))
  app.use(express.json())

  app.get('/users/:id', (req, res) => void res.json(waf.user(req.params.id)))
  app.post('/users', (req, res) => void res.json(waf.addUser(req.body)))
  app.post('/login', (req, res) => void res.json(waf.login(req.body)))
  app.post('/api-keys', (req, res) => void res.json(waf.addKey(req.body)))
  app.delete('/api-keys/:id', (req, res) => void res.json(waf.revokeKey(req.params.id)))
  app.get('/charts/:id', chartLimit, (req, res) => void res.json(waf.chart(req.params.id)))
  app.post('/alerts/:id/send', async (req, res) => {
    res.json(await waf.sendAlert(req.params.id))
  })

  app.use(notFound())
  app.use(errorHandler(options))
  return app
}
