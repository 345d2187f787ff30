import {
  body,
  checkExact,
  header,
  oneOf,
  param,
  query,
  validationResult,
  type ContextRunner,
} from 'express-validator'
import { describe, expect, test } from 'vitest'
import { invalid, titleOf, told, unrecognized, type Field } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

interface Row {
  readonly what: string
  readonly chain: ContextRunner
  readonly fields: readonly Field[]
}

const INPUT = {
  body: { email: 'hunter2', items: [{ count: 1 }, { count: 'hunter2' }], 'a.b': 'hunter2' },
  query: { page: 'hunter2' },
  params: { id: 'hunter2' },
  headers: { 'x-tenant': 'hunter2' },
  cookies: {},
}

const rows: readonly Row[] = [
  {
    what: 'a value that is not valid',
    chain: body('email').isEmail(),
    fields: [['body.email', 'invalid', 'Invalid value']],
  },
  {
    what: 'a message of the app',
    chain: body('email')
      .isEmail()
      .withMessage((value) => `${String(value)} is bad`),
    fields: [['body.email', 'invalid', 'Invalid value']],
  },
  {
    what: 'a field that is missing',
    chain: body('name').isString(),
    fields: [['body.name', 'required', 'This field is required']],
  },
  {
    what: 'a value that is hidden',
    chain: body('email').isEmail().hide(),
    fields: [['body.email', 'invalid', 'Invalid value']],
  },
  {
    what: 'an item deep inside',
    chain: body('items.*.count').isInt(),
    fields: [['body.items[1].count', 'invalid', 'Invalid value']],
  },
  {
    what: 'a key that is no identifier',
    chain: body('["a.b"]').isInt(),
    fields: [['body["a.b"]', 'invalid', 'Invalid value']],
  },
  { what: 'the body itself', chain: body().isString(), fields: [['body', 'invalid', 'Invalid value']] },
  { what: 'the query', chain: query('page').isInt(), fields: [['query.page', 'invalid', 'Invalid value']] },
  { what: 'the path', chain: param('id').isInt(), fields: [['params.id', 'invalid', 'Invalid value']] },
  {
    what: 'a header',
    chain: header('X-Tenant').isInt(),
    fields: [['headers["x-tenant"]', 'invalid', 'Invalid value']],
  },
  {
    what: 'one of several checks that none passes',
    chain: oneOf([body('email').isInt(), query('page').isInt()]),
    fields: [['', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'one of several groups that none passes',
    chain: oneOf([[body('email').isInt()], [query('page').isInt()]], { errorType: 'flat' }),
    fields: [['', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'fields that are unknown',
    chain: checkExact([body(['email', 'items']), query('page'), param('id')]),
    fields: [['body["a.b"]', 'unknown_field', 'Unknown field']],
  },
]

describe('express-validator', () => {
  for (const { what, chain, fields } of rows) {
    test(`${titleOf({ what, fields })}, whichever way the result is thrown`, async () => {
      const request = structuredClone(INPUT)
      await chain.run(request)
      const result = validationResult(request)
      const thrown = await failureOf(() => result.throw())
      expect([thrown, result, result.array()].map((error) => told(error))).toEqual(
        Array.from({ length: 3 }, () => invalid(...fields)),
      )
    })
  }

  test('a look-alike is none of its', () => {
    const field = { type: 'field', location: 'body', path: 'a', value: 'x' }
    const others = [[field], [{ ...field, msg: 'x', location: 'session' }], [{ ...field, msg: 'x', path: 7 }]]
    expect(others.flatMap((errors) => [told(errors), told({ errors })])).toEqual(
      Array.from({ length: 6 }, () => unrecognized),
    )
  })
})
