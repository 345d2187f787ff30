import { errorHandler, notFound, reference, requestId } from 'bizerror/express'
import express, { type Express } from 'express'
import { createCdn, optionsOf, type Options } from './cdn.ts'

export function createApp(given: Options = {}): Express {
  const options = optionsOf(given)
  const call = createCdn()

  const app = express()
  app.disable('x-powered-by')
  app.use(requestId())
  app.use('/errors', reference({ ...options, title: 'CDN' }))
  app.all('/v2/index.php', (req, res) => {
    res.json(call(req.query))
  })
  app.use(notFound())
  app.use(errorHandler(options))
  return app
}
