import { createRequire } from 'node:module'
import * as zlib from 'node:zlib'
import { bodyParser } from '@koa/bodyparser'
import Boom from '@hapi/boom'
import * as sentry from '@sentry/node'
import { Ajv } from 'ajv'
import { type as arktype } from 'arktype'
import type { NextFunction, Request, Response } from 'express'
import createError from 'http-errors'
import Joi from 'joi'
import * as jose from 'jose'
import jwt from 'jsonwebtoken'
import type { Middleware } from 'koa'
import type multer from 'multer'
import * as valibot from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as yup from 'yup'
import { z } from 'zod'
import { withCauses } from '../../src/identify/causes.ts'
import { recognize } from '../../src/identify/recognize.ts'
import type { Framework } from '../support/frameworks.ts'
import { sampleFacts } from '../support/sample-facts.ts'
import { answersOn, each } from '../support/stacks.ts'
import { apps } from '../support/apps.ts'
import { recorder } from '../support/served.ts'

const requireHere = createRequire(import.meta.url)
const ownMulter = requireHere('multer') as typeof multer
const koaMulter = requireHere('@koa/multer') as (options: multer.Options) => {
  readonly any: () => Middleware
}

beforeAll(() => {
  sentry.init({
    dsn: 'http://key@127.0.0.1:9/1',
    defaultIntegrations: false,
    transport: () => ({ send: () => Promise.resolve({}), flush: () => Promise.resolve(true) }),
  })
})
afterAll(() => sentry.close())

/** What tools do to an error that passes through them. */
const TOOLS: Readonly<Record<string, (error: object) => void>> = {
  Sentry: (error) => void sentry.captureException(error),
  'a tracer': (error) => Object.assign(error, { 'dd-trace': { span: 7 }, traceId: '7', span_id: 7 }),
  'a symbol': (error) => Object.assign(error, { [Symbol('handled')]: true, [Symbol.for('trace')]: {} }),
  'a hidden mark': (error) => Object.defineProperty(error, '__handled__', { value: true }),
  'an operational flag': (error) => Object.assign(error, { isOperational: true, _isOperational: true }),
  'a level and a context': (error) =>
    Object.assign(error, { level: 'warn', context: { user: 7 }, tags: ['a'] }),
  'a longer stack': (error) => {
    const { stack } = error as Error
    Object.assign(error, { stack: `${stack}\n    at async route (/srv/app.js:1:1)` })
  },
  'a frame that nobody may touch': (error) => Object.freeze(Object.assign(error, { handled: true })),
}

function markedBy(mark: (error: object) => void, from: { readonly parser: boolean }): readonly Framework[] {
  const at = from.parser
  return apps({
    express: (app, lib) => {
      app.use(at ? lib.json() : ownMulter().any())
      app.use((error: object, _request: Request, _response: Response, next: NextFunction) => {
        mark(error)
        next(error)
      })
    },
    koa: (app) => {
      app.use(async (_context, next) => {
        try {
          await next()
        } catch (error) {
          mark(error as object)
          throw error
        }
      })
      app.use(at ? bodyParser() : koaMulter({}).any())
    },
  })
}

function posted(type: string, body: string | Uint8Array<ArrayBuffer>, headers: object = {}): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': type, ...headers }, body }
}

const FORM = 'multipart/form-data; boundary=cut'
const cut = posted(FORM, '--cut\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nhunter2\r\n')
const unbounded = posted('multipart/form-data', 'hunter2')
const packed = posted('application/json', new Uint8Array(zlib.gzipSync('{"a":1}').subarray(0, -9)), {
  'Content-Encoding': 'gzip',
})
const broken = posted('application/json', '{"a":')

describe('R04: what tools put on an error does not change what it is', () => {
  for (const [tool, mark] of Object.entries(TOOLS)) {
    for (const [what, request, parser] of [
      ['a form that is cut short', cut, false],
      ['a form without a boundary', unbounded, false],
      ['a packed body that is cut short', packed, true],
      ['JSON that is none', broken, true],
    ] as const) {
      test(`R04: ${what}, with the mark of ${tool}`, async () => {
        const { options, log } = recorder()
        const on = markedBy(mark, { parser })
        expect(await answersOn(on, request, {}, options)).toEqual(each(on, 'malformed-body'))
        expect(log.map(([level]) => level)).toEqual(on.map(() => 'info'))
      })
    }
  }
})

async function caught(fail: () => unknown): Promise<object> {
  try {
    await fail()
  } catch (error) {
    return error as object
  }
  return expect.unreachable('it has to fail')
}

const judged = (error: object): readonly unknown[] =>
  withCauses(error).map((value) => recognize(value, sampleFacts))

const key = new TextEncoder().encode('a-secret-of-thirty-two-bytes-or-more')

/** One error of each kind of mark, made anew for each tool. */
const ERRORS: Readonly<Record<string, () => unknown>> = {
  zod: () => z.string().parse(7),
  valibot: () => valibot.parse(valibot.string(), 7),
  arktype: () => arktype('string').assert(7),
  joi: () => Joi.attempt(7, Joi.string()),
  yup: () => yup.string().strict().validate(7),
  ajv: () => new Ajv().compile({ $async: true, type: 'string' })(7),
  jsonwebtoken: () => jwt.verify('eva', 's'),
  'jsonwebtoken without a secret': () => jwt.verify(jwt.sign({}, 's'), undefined as never),
  jose: () => jose.jwtVerify('eva', key),
  'http-errors': () => {
    throw createError(404)
  },
  boom: () => {
    throw Boom.conflict()
  },
  'a port that refuses': () => fetch('http://127.0.0.1:2/'),
  'a timeout': () => AbortSignal.abort(new DOMException('x', 'TimeoutError')).throwIfAborted(),
  'an error of the app': () => {
    throw Object.assign(new Error('x'), { status: 409 })
  },
  'an error that nobody knows': () => {
    throw new Error('x')
  },
}

describe('R04: every kind of error is the same with the marks of tools', () => {
  for (const [what, fail] of Object.entries(ERRORS)) {
    test(`R04: ${what}`, async () => {
      for (const [tool, mark] of Object.entries(TOOLS)) {
        const bare = await caught(fail)
        const marked = await caught(fail)
        try {
          mark(marked)
        } catch {
          // It cannot be marked.
        }
        expect(judged(marked), tool).toEqual(judged(bare))
      }
    })
  }
})
