import { createServer } from 'node:http'
import express from 'express'

/** An English answer without any throw. */
export function create() {
  const app = express()
  app.get('/', (_request, response) => {
    response.status(409).json({ code: 1006, message: 'Username already exists' })
  })
  return createServer(app)
}
