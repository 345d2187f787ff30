import { STATUS_CODES } from 'node:http'
import type Koa from 'koa'
import Router from '@koa/router'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { converse, keepAlive } from '../support/converse.ts'
import { koaApps, onThese } from '../support/served.ts'

/** The bytes of the answer, and how many errors were reported. */
function chosen(title: string, handle: Koa.Middleware, expected: RegExp, reports = 0): void {
  onThese(
    title,
    koaApps((app, options) => {
      app.use(koaFace.errorHandler(options))
      app.use((context, next) => {
        context.set('Connection', 'close')
        return next()
      })
      app.use(handle)
    }),
    async (served) => {
      const talk = await converse(served.port, keepAlive('/', ['X-Request-ID: probe-1']))
      expect(await talk.closed()).toMatch(expected)
      expect(served.reports).toHaveLength(reports)
    },
  )
}

describe('Q09: what a Koa app chose', () => {
  for (const status of [400, 401, 404, 500]) {
    chosen(
      `Q09: ${status} with a body that is null is answered without a body, and is no error`,
      (context) => {
        context.body = null
        context.status = status
      },
      new RegExp(`^HTTP/1.1 ${status} [^]*\\r\\n\\r\\n(?:0\\r\\n\\r\\n)?$`),
    )
  }

  chosen(
    'Q09: a status alone is answered with the envelope',
    (context) => {
      context.status = 404
    },
    /^HTTP\/1.1 404 [^]*"code":404/,
    1,
  )

  chosen(
    'Q09: a body that was taken back by undefined is answered with the envelope',
    (context) => {
      context.body = 'first'
      context.body = undefined
      context.status = 404
    },
    /^HTTP\/1.1 404 [^]*"code":404/,
    1,
  )

  chosen(
    'Q09: a route that a router answers with an empty 404 stays empty',
    new Router()
      .get('/', (context) => {
        context.body = null
        context.status = 404
      })
      .routes() as unknown as Koa.Middleware,
    /^HTTP\/1.1 404 [^]*\r\n\r\n(?:0\r\n\r\n)?$/,
  )

  describe('a status that Node does not know', () => {
    beforeAll(() => {
      STATUS_CODES[701] = 'Custom'
    })
    afterAll(() => {
      delete STATUS_CODES[701]
    })
    chosen(
      'Q09: a status that the app sets on the raw response, beyond those of errors, is its own',
      (context) => {
        context.res.statusCode = 701
      },
      /^HTTP\/1.1 701 /,
    )
  })
})
