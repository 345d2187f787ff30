import { celebrate, Joi, Modes, Segments } from 'celebrate'
import type express from 'express'
import { describe, expect, test } from 'vitest'
import { errorHandler, requestId } from '../../../../src/adapters/express/index.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
import { expresses, listen } from '../../../support/frameworks.ts'
import { invalid, told, unrecognized } from './told.ts'

for (const [name, lib] of expresses) {
  describe(`celebrate on ${name}`, () => {
    const schemas = {
      [Segments.BODY]: Joi.object({ name: Joi.string().min(8), age: Joi.number() }),
      [Segments.QUERY]: Joi.object({ page: Joi.number() }),
      [Segments.HEADERS]: Joi.object({ 'x-tenant': Joi.string().required() }).unknown(),
    }

    async function answer(mode: Modes): Promise<unknown> {
      const app = lib()
      app.use(requestId(), lib.json())
      app.post('/', celebrate(schemas, { abortEarly: false }, { mode }) as express.RequestHandler)
      app.use(errorHandler({ catalog: conditionCatalog, logger: { error: () => {} } }))
      const { port, server } = await listen(app)
      try {
        const response = await fetch(`http://127.0.0.1:${port}/?page=hunter2`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ name: 'hunter2', age: 'hunter2' }),
        })
        return { status: response.status, body: await response.json() }
      } finally {
        server.close()
      }
    }

    test('tells of every part of the request', async () => {
      expect(await answer(Modes.FULL)).toEqual(
        invalid(
          ['query.page', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
          ['headers["x-tenant"]', 'required', 'This field is required'],
          ['body.name', 'too_short', 'Too short; minimum length: 8', { min: 8 }],
          ['body.age', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
        ),
      )
    })

    test('tells of the first part that is wrong where it stops there', async () => {
      expect(await answer(Modes.PARTIAL)).toEqual(
        invalid(['headers["x-tenant"]', 'required', 'This field is required']),
      )
    })
  })
}

describe('celebrate', () => {
  test('details of something else are none of its', () => {
    const details = [
      new Map([['body', { details: [{ type: 'any.required', path: ['a'] }] }]]),
      { body: { isJoi: true } },
      'x',
    ]
    expect(details.map((value) => told({ details: value }))).toEqual(details.map(() => unrecognized))
  })
})
