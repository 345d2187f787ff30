import timeout from 'connect-timeout'
import { doubleCsrf } from 'csrf-csrf'
import { csrfSync } from 'csrf-sync'
import csurf from 'csurf'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import lusca from 'lusca'
import { expect, test } from 'vitest'
import { serving } from '../support/apps.ts'
import { frameworks } from '../support/frameworks.ts'
import { recorder } from '../support/served.ts'
import { answerOf, answersOn } from '../support/stacks.ts'
import { becomes } from './becomes.ts'

const secret = 'hunter2'

/** A session and cookies, as other middleware keeps them. */
const remembering: RequestHandler = (request, _response, next) => {
  Object.assign(request, { session: {}, cookies: {} })
  next()
}

/** Rejects with what a middleware hands on for a POST without a token. */
async function posted(middleware: RequestHandler, before: RequestHandler = remembering): Promise<void> {
  let passed: unknown
  const app = express()
  // Who gets through waits for good.
  app.use(before, middleware, () => {})
  app.use(((error, _request, response, _next) => {
    passed = error
    response.end()
  }) satisfies ErrorRequestHandler)
  await serving(app, async (port) => void (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' })))
  if (passed !== undefined) throw passed
}

const double = doubleCsrf({ getSecret: () => secret, getSessionIdentifier: () => 'eva' })
const forgery = { code: 'EBADCSRFTOKEN' }

becomes(
  'R13: a request that may be forged is forbidden, and a late response is not the fault of the client',
  [
    { what: 'csurf', fail: () => posted(csurf()), becomes: 'forbidden', logged: forgery },
    {
      what: 'csrf-csrf',
      fail: () => posted(double.doubleCsrfProtection),
      becomes: 'forbidden',
      logged: forgery,
    },
    {
      what: 'csrf-sync',
      fail: () => posted(csrfSync().csrfSynchronisedProtection),
      becomes: 'forbidden',
      logged: forgery,
    },
    {
      what: 'csurf without a session',
      fail: () => posted(csurf(), (_request, _response, next) => next()),
      becomes: undefined,
    },
    {
      what: 'connect-timeout',
      fail: () => posted(timeout('10ms')),
      becomes: 'unavailable',
      logged: { code: 'ETIMEDOUT' },
    },
  ],
)

test('R13: what lusca hands on has no mark, and is forbidden where the app says so', async () => {
  const error: unknown = await posted(lusca.csrf()).catch((error: unknown) => error)
  const { options, log } = recorder()
  const thrower = (): never => {
    throw error
  }
  const answers = await answersOn(frameworks, {}, { '/': thrower }, options)
  expect(answers).toEqual(Object.fromEntries(frameworks.map(({ name }) => [name, answerOf('unrecognized')])))
  expect(log.length).toBe(frameworks.length)

  const told = await answersOn(
    frameworks,
    {},
    { '/': thrower },
    {
      identify: [
        {
          when: (error) => /^CSRF token (?:missing|mismatch)$/.test((error as Error).message),
          condition: 'forbidden',
        },
      ],
    },
  )
  expect(told).toEqual(Object.fromEntries(frameworks.map(({ name }) => [name, answerOf('forbidden')])))
})
