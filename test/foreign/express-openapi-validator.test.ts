import type { Express } from 'express'
import type express from 'express'
import * as OpenApiValidator from 'express-openapi-validator'
import { describe, test } from 'vitest'
import { answerOf, expressWith } from '../support/stacks.ts'
import { expectAnswer, field, invalid, posting } from './answered.ts'

const secret = 'hunter2'

const text = { type: 'string' }
const ok = {
  description: 'ok',
  content: {
    'application/json': {
      schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
    },
  },
}

const apiSpec = {
  openapi: '3.0.3',
  info: { title: 't', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } },
  paths: {
    '/users/{id}': {
      post: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } },
          { name: 'x-tenant', in: 'header', required: true, schema: text },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['name', 'missing'],
                additionalProperties: false,
                properties: {
                  name: { type: 'string', minLength: 8 },
                  email: { type: 'string', format: 'email' },
                  color: { enum: ['red', 's3cret'] },
                  number: { type: 'string', readOnly: true },
                  items: { type: 'array', items: { type: 'object', properties: { 'a/b': text } } },
                  form: { anyOf: [{ type: 'string' }, { type: 'object', required: ['q'] }] },
                  one: { oneOf: [{ type: 'string' }, { type: 'string', maxLength: 9 }] },
                },
              },
            },
          },
        },
        responses: { 200: ok },
      },
    },
    '/broken': { get: { responses: { 200: ok } } },
    '/closed': { get: { security: [{ key: [] }], responses: { 200: ok } } },
    '/forbidden': { get: { security: [{ key: [] }], responses: { 200: ok } } },
  },
} as const

const apps = expressWith((app: Express, lib: typeof express) => {
  app.use(lib.json())
  app.use(
    OpenApiValidator.middleware({
      apiSpec: structuredClone(apiSpec) as never,
      validateRequests: { allErrors: true },
      validateResponses: true,
      validateSecurity: {
        handlers: {
          key: (request) => {
            if (request.path === '/forbidden') throw Object.assign(new Error(secret), { status: 403 })
            return false
          },
        },
      },
    }),
  )
  app.get('/broken', (_request, response) => void response.json({ id: secret }))
})

const body = {
  name: 'hunter2',
  email: secret,
  color: secret,
  number: secret,
  items: [{ 'a/b': 7 }],
  form: {},
  one: 'x',
  extra: secret,
}
const tenant = { 'Content-Type': 'application/json', 'X-Tenant': 'a' }

describe('R10: express-openapi-validator', () => {
  test('tells of every part of the request', async () => {
    await expectAnswer(
      apps,
      posting(body, '/users/hunter2?page=0'),
      invalid(
        field('query.page', 'too_small'),
        field('headers["x-tenant"]', 'required'),
        field('params.id', 'invalid_type'),
        field('body.missing', 'required'),
        field('body.extra', 'unknown_field'),
        field('body.name', 'too_short'),
        field('body.email', 'invalid_format'),
        field('body.color', 'not_allowed'),
        field('body.number', 'unknown_field'),
        field('body.items[0]["a/b"]', 'invalid_type'),
        field('body.form', 'no_match'),
        field('body.one', 'invalid'),
      ),
    )
  })

  test('tells of a query that is checked without a schema', async () => {
    const request = posting({ name: 'long enough', missing: 'x' }, '/users/7?other=hunter2')
    await expectAnswer(apps, { ...request, headers: tenant }, invalid(field('query.other', 'invalid')))
  })

  test('tells of what a body that is missing lacks', async () => {
    await expectAnswer(
      apps,
      { path: '/users/7', method: 'POST', headers: tenant },
      invalid(field('body.name', 'required'), field('body.missing', 'required')),
    )
  })

  test('a response that does not fit is the internal error', async () => {
    await expectAnswer(apps, { path: '/broken' }, answerOf('unrecognized'))
  })

  test('paths, methods, media types and logins have their own status', async () => {
    await expectAnswer(apps, { path: '/nowhere' }, answerOf('not-found'))
    await expectAnswer(
      apps,
      { path: '/broken', method: 'PUT' },
      answerOf('method-not-allowed', { allow: 'GET' }),
    )
    await expectAnswer(
      apps,
      { path: '/users/7', method: 'POST', headers: { ...tenant, 'Content-Type': 'text/plain' }, body: 'x' },
      answerOf('unsupported-media-type'),
    )
    await expectAnswer(apps, { path: '/closed' }, answerOf('not-authenticated'))
    await expectAnswer(apps, { path: '/forbidden', headers: { 'X-Key': 'x' } }, answerOf('forbidden'))
  })
})
