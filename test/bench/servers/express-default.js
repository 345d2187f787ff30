import { createServer } from 'node:http'
import express from 'express'
import createError from 'http-errors'

// Express prints every stack. What that costs depends on where it goes.
console.error = () => {}

/** Express's own error page. */
export function create() {
  const app = express()
  app.get('/', () => {
    throw createError(409, 'Username already exists')
  })
  return createServer(app)
}
