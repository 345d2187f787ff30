import { createServer } from 'node:http'
import cors from 'cors'
import express from 'express'
import helmet from 'helmet'
import { errorHandler, notFound, requestId } from '#bizerror'
import { catalog } from '#bizerror/catalogs/cloud-waf'
import { limitHeaders } from './job.js'
import { LIMIT, THROWS, withDetails, withLanguages } from './throws.js'

const BEFORE = {
  cors: () => cors({ origin: 'https://shop.example', credentials: true }),
  helmet: () => helmet(),
}

/**
 * This package with default options, or with those given.
 *
 * @param whole - with its other middleware too; the error handler makes a request id itself where none is set
 */
export async function create({
  whole = false,
  envelope,
  before,
  limited = false,
  throws = 'constant',
  details,
  languages,
}) {
  const make = details ? withDetails(details) : languages ? withLanguages(languages) : THROWS[throws]
  const app = express()
  if (whole) app.use(requestId())
  if (before !== undefined) app.use(BEFORE[before]())
  app.use(limited ? await limiter() : limitHeaders)
  app.get('/', () => {
    throw make()
  })
  if (whole) app.use(notFound())
  app.use(errorHandler({ catalog, envelope }))
  return createServer(app)
}

async function limiter() {
  const { rateLimit } = await import('#bizerror')
  return rateLimit(LIMIT)
}
