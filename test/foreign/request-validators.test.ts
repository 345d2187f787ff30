import {
  ExpressTemplateService,
  KoaTemplateService,
  type ValidateError,
  type AdditionalProps,
  type TsoaRoute,
} from '@tsoa/runtime'
import { bodyParser } from '@koa/bodyparser'
import type express from 'express'
import { createValidator } from 'express-joi-validation'
import { Validator } from 'express-json-validator-middleware'
import Joi from 'joi'
import { describe, test } from 'vitest'
import { answerOf, expressWith, koaWith } from '../support/stacks.ts'
import { expectAnswer, field, invalid, posting } from './answered.ts'

const secret = 'hunter2'

describe('R10: express-json-validator-middleware', () => {
  const validator = new Validator({ allErrors: true })
  const apps = expressWith((app, lib) => {
    app.use(lib.json())
    app.use(
      validator.validate({
        body: {
          type: 'object',
          required: ['missing'],
          properties: {
            name: { type: 'string', minLength: 8 },
            form: { anyOf: [{ type: 'string' }, { type: 'number' }] },
          },
        },
        query: { type: 'object', properties: { page: { const: '1' } }, additionalProperties: false },
      }) as unknown as express.RequestHandler,
    )
  })

  test('tells of every part of the request', async () => {
    await expectAnswer(
      apps,
      posting({ name: secret, form: true }, '/?page=hunter2&other=hunter2'),
      invalid(
        field('body.missing', 'required'),
        field('body.name', 'too_short', { min: 8 }),
        field('body.form', 'no_match'),
        field('query.other', 'unknown_field'),
        field('query.page', 'not_allowed'),
      ),
    )
  })
})

describe('R10: express-joi-validation', () => {
  const validator = createValidator({ passError: true })
  const apps = expressWith((app, lib) => {
    app.use(lib.json())
    app.use((request, _response, next) => {
      // As express-formidable does it.
      if (request.path === '/form') Object.assign(request, { fields: request.body as unknown })
      next()
    })
    const schema = Joi.object({ name: Joi.string().min(8), age: Joi.number() })
    app.post('/body', validator.body(schema))
    app.get('/query', validator.query(schema))
    app.get('/headers', validator.headers(Joi.object({ 'x-tenant': Joi.string().required() })))
    app.get('/params/:id', validator.params(Joi.object({ id: Joi.number() })))
    app.post('/form', validator.fields(schema))
    app.get(
      '/response',
      validator.response(schema),
      (_request, response) => void response.json({ age: secret }),
    )
  })

  test('tells of the part of the request that is wrong', async () => {
    await expectAnswer(
      apps,
      posting({ name: secret, age: secret, extra: secret }, '/body'),
      invalid(
        field('body.name', 'too_short', { min: 8 }),
        field('body.age', 'invalid_type', { expected: 'number' }),
        field('body.extra', 'unknown_field'),
      ),
    )
    await expectAnswer(
      apps,
      { path: '/query?age=hunter2' },
      invalid(field('query.age', 'invalid_type', { expected: 'number' })),
    )
    await expectAnswer(apps, { path: '/headers' }, invalid(field('headers["x-tenant"]', 'required')))
    await expectAnswer(
      apps,
      { path: '/params/hunter2' },
      invalid(field('params.id', 'invalid_type', { expected: 'number' })),
    )
    await expectAnswer(
      apps,
      posting({ name: secret }, '/form'),
      invalid(field('fields.name', 'too_short', { min: 8 })),
    )
  })

  test('a response that does not fit is the internal error', async () => {
    await expectAnswer(apps, { path: '/response' }, answerOf('unrecognized'))
  })
})

describe('R10: tsoa', () => {
  const models: TsoaRoute.Models = {
    User: {
      dataType: 'refObject',
      properties: {
        name: { dataType: 'string', required: true, validators: { minLength: { value: 8 } } },
        missing: { dataType: 'string', required: true },
        items: {
          dataType: 'array',
          array: { dataType: 'nestedObjectLiteral', nestedProperties: { id: { dataType: 'double' } } },
        },
      },
      additionalProperties: false,
    },
  }
  const config: AdditionalProps = { noImplicitAdditionalProperties: 'throw-on-extras', bodyCoercion: false }
  const args = {
    page: { in: 'query', name: 'page', required: true, dataType: 'integer' },
    requestBody: { in: 'body', name: 'requestBody', required: true, ref: 'User' },
  } as const satisfies Record<string, TsoaRoute.ParameterSchema>

  const express = expressWith((app, lib) => {
    const service = new ExpressTemplateService(models, config)
    app.use(lib.json())
    // As `tsoa routes` writes it.
    app.post('/', (request, response, next) => {
      try {
        service.getValidatedArgs({ args, request: request as never, response: response as never })
      } catch (error) {
        next(error)
      }
    })
  })
  const koa = koaWith((app) => {
    const service = new KoaTemplateService(models, config)
    app.use(bodyParser())
    app.use((context, next) => {
      try {
        service.getValidatedArgs({ args, context: context as never, next })
      } catch (thrown) {
        const error = thrown as ValidateError
        error.message ||= JSON.stringify({ fields: error.fields })
        context.status = error.status
        context.throw(context.status, error.message, error)
      }
    })
  })

  test('tells of every field that is wrong', async () => {
    await expectAnswer(
      [...express, ...koa],
      posting({ name: secret, items: [{ id: 7 }, { id: secret }], extra: secret }, '/?page=hunter2'),
      invalid(
        field('page', 'invalid'),
        field('body.name', 'invalid'),
        field('body.missing', 'required'),
        field('items[1].id', 'invalid'),
        field('body.extra', 'invalid'),
      ),
    )
  })

  test('tells of the first 50 of 1,000 fields', async () => {
    const crowd = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, secret]))
    await expectAnswer(
      [...express, ...koa],
      posting({ ...crowd, name: 'long enough', missing: 'x' }, '/?page=1'),
      invalid(
        ...Object.keys(crowd)
          .slice(0, 50)
          .map((name) => field(`body.${name}`, 'invalid')),
      ),
    )
  })
})
