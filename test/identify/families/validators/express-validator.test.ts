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
import { invalid, thrownBy, told, unrecognized, type Field } from './told.ts'

type Rows = readonly (readonly [what: string, chain: ContextRunner, ...fields: readonly Field[]])[]

const INPUT = {
  body: { email: 'hunter2', items: [{ count: 1 }, { count: 'hunter2' }], 'a.b': 'hunter2' },
  query: { page: 'hunter2' },
  params: { id: 'hunter2' },
  headers: { 'x-tenant': 'hunter2' },
  cookies: {},
}

const rows: Rows = [
  ['a value that is not valid', body('email').isEmail(), ['body.email', 'invalid', 'Invalid value']],
  [
    'a message of the app',
    body('email')
      .isEmail()
      .withMessage((value) => `${String(value)} is bad`),
    ['body.email', 'invalid', 'Invalid value'],
  ],
  ['a field that is missing', body('name').isString(), ['body.name', 'required', 'This field is required']],
  ['a value that is hidden', body('email').isEmail().hide(), ['body.email', 'invalid', 'Invalid value']],
  ['an item deep inside', body('items.*.count').isInt(), ['body.items[1].count', 'invalid', 'Invalid value']],
  ['a key that is no identifier', body('["a.b"]').isInt(), ['body["a.b"]', 'invalid', 'Invalid value']],
  ['the body itself', body().isString(), ['body', 'invalid', 'Invalid value']],
  ['the query', query('page').isInt(), ['query.page', 'invalid', 'Invalid value']],
  ['the path', param('id').isInt(), ['params.id', 'invalid', 'Invalid value']],
  ['a header', header('X-Tenant').isInt(), ['headers["x-tenant"]', 'invalid', 'Invalid value']],
  [
    'one of several checks that none passes',
    oneOf([body('email').isInt(), query('page').isInt()]),
    ['', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'one of several groups that none passes',
    oneOf([[body('email').isInt()], [query('page').isInt()]], { errorType: 'flat' }),
    ['', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'fields that are unknown',
    checkExact([body(['email', 'items']), query('page'), param('id')]),
    ['body["a.b"]', 'unknown_field', 'Unknown field'],
  ],
]

describe('express-validator', () => {
  for (const [what, chain, ...fields] of rows) {
    test(`tells of ${what}, whichever way the result is thrown`, async () => {
      const request = structuredClone(INPUT)
      await chain.run(request)
      const result = validationResult(request)
      const thrown = await thrownBy(() => result.throw())
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
