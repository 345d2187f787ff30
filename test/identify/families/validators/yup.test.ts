import { describe, expect, test } from 'vitest'
import * as yup from 'yup'
import { absent, inputOf, invalid, titleOf, told, unrecognized, wrongType, type Row } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

const rows: readonly Row<yup.Schema>[] = [
  {
    what: 'a field that is missing',
    schema: yup.string().required(),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'a field that is not defined',
    schema: yup.string().defined(),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'an empty text',
    schema: yup.string().required(),
    value: '',
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'null',
    schema: yup.string().required(),
    value: null,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'null for what is not nullable',
    schema: yup.string(),
    value: null,
    fields: [['f', 'required', 'This field is required']],
  },
  { what: 'a number for a string', schema: yup.string(), value: 7, fields: [wrongType('string')] },
  { what: 'a string for a number', schema: yup.number(), value: 'hunter2', fields: [wrongType('number')] },
  { what: 'a string for a boolean', schema: yup.boolean(), value: 'hunter2', fields: [wrongType('boolean')] },
  { what: 'a number for an object', schema: yup.object(), value: 7, fields: [wrongType('object')] },
  { what: 'a number for an array', schema: yup.array(), value: 7, fields: [wrongType('array')] },
  { what: 'a number for a tuple', schema: yup.tuple([yup.string()]), value: 7, fields: [wrongType('array')] },
  {
    what: 'a date that is none',
    schema: yup.date(),
    value: new Date(NaN),
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'an object of another class, which has no name for clients',
    schema: yup.mixed((value): value is URL => value instanceof URL),
    value: 'x',
    fields: [['f', 'invalid_type', 'Wrong type']],
  },
  {
    what: 'another value than those allowed',
    schema: yup.string().oneOf(['red', 's3cret']),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'a value that is not allowed',
    schema: yup.string().notOneOf(['hunter2']),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'what is not true',
    schema: yup.boolean().isTrue(),
    value: false,
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'a short text',
    schema: yup.string().min(3),
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'a long text',
    schema: yup.string().max(3),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  },
  {
    what: 'a text of another length',
    schema: yup.string().length(3),
    value: 'x',
    fields: [['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }]],
  },
  {
    what: 'few items',
    schema: yup.array().min(2),
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'many items',
    schema: yup.array().max(1),
    value: [1, 2],
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'another number of items',
    schema: yup.array().length(2),
    value: [1],
    fields: [['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }]],
  },
  {
    what: 'a small number',
    schema: yup.number().min(3),
    value: 1,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  },
  {
    what: 'a large number',
    schema: yup.number().max(3),
    value: 4,
    fields: [['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  },
  {
    what: 'a number that is not greater',
    schema: yup.number().moreThan(3),
    value: 3,
    fields: [['f', 'not_greater', 'Must be greater than 3', { min: 3 }]],
  },
  {
    what: 'a number that is not less',
    schema: yup.number().lessThan(3),
    value: 3,
    fields: [['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  },
  {
    what: 'a number that is not positive',
    schema: yup.number().positive(),
    value: 0,
    fields: [['f', 'not_greater', 'Must be greater than 0', { min: 0 }]],
  },
  {
    what: 'a fraction for an integer',
    schema: yup.number().integer(),
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  {
    what: 'an early date',
    schema: yup.date().min(new Date('2030-01-01')),
    value: new Date(0),
    fields: [
      [
        'f',
        'too_early',
        'Too early; earliest allowed: 2030-01-01T00:00:00.000Z',
        { min: '2030-01-01T00:00:00.000Z' },
      ],
    ],
  },
  {
    what: 'a late date',
    schema: yup.date().max(new Date('2030-01-01')),
    value: new Date('2031-01-01'),
    fields: [
      [
        'f',
        'too_late',
        'Too late; latest allowed: 2030-01-01T00:00:00.000Z',
        { max: '2030-01-01T00:00:00.000Z' },
      ],
    ],
  },
  {
    what: 'no email',
    schema: yup.string().email(),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no URL',
    schema: yup.string().url(),
    value: 'hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'no UUID',
    schema: yup.string().uuid(),
    value: 'hunter2',
    fields: [['f', 'invalid_uuid', 'Invalid UUID']],
  },
  {
    what: 'no ISO date and time',
    schema: yup.string().datetime(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'another pattern',
    schema: yup.string().matches(/^s3cret/),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'blanks around a text',
    schema: yup.string().trim(),
    value: ' hunter2 ',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'upper case',
    schema: yup.string().lowercase(),
    value: 'HUNTER2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'a check of the app, with its own message',
    schema: yup.string().test('s3cret', '${value} is bad', () => false),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a schema with its own message',
    schema: yup.string().min(8, '${value} is bad'),
    value: 'hunter2',
    fields: [['f', 'too_short', 'Too short; minimum length: 8', { min: 8 }]],
  },
  {
    what: 'keys that are unknown',
    schema: yup.object({}).noUnknown(),
    value: { a: 1, 'b c': 2 },
    fields: [
      ['f.a', 'unknown_field', 'Unknown field'],
      ['f["b c"]', 'unknown_field', 'Unknown field'],
    ],
  },
  {
    what: 'keys that are not exact',
    schema: yup.object({}).exact(),
    value: { a: 1 },
    fields: [['f.a', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'a key with a dot',
    schema: yup.object({ 'a.b': yup.string().required() }),
    value: {},
    fields: [['f["a.b"]', 'required', 'This field is required']],
  },
  {
    what: 'a key that is no identifier',
    schema: yup.object({ 'x-y': yup.string().required() }),
    value: {},
    fields: [['f["x-y"]', 'required', 'This field is required']],
  },
  {
    what: 'an item deep inside',
    schema: yup.object({ items: yup.array(yup.object({ name: yup.string() })) }),
    value: { items: [{ name: 'x' }, { name: 7 }] },
    fields: [['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
]

describe('yup', () => {
  for (const { what, schema, value, fields } of rows) {
    test(titleOf({ what, fields }), async () => {
      const root = yup.object({ f: schema })
      expect(
        told(await failureOf(() => root.validate(inputOf(value), { strict: true, abortEarly: false }))),
      ).toEqual(invalid(...fields))
    })
  }

  test('tells of the first problem alone where it stops there', async () => {
    const schema = yup.object({ a: yup.string().required(), b: yup.string() })
    expect(told(await failureOf(() => schema.validate({})))).toEqual(
      invalid(['a', 'required', 'This field is required']),
    )
  })

  test.each([
    ['a text', yup.string().min(3), 'a', 'too_short', 'Too short; minimum length: 3'],
    ['a list', yup.array().min(3), [1], 'too_few_items', 'Too few items; minimum: 3'],
    ['a number', yup.number().min(3), 1, 'too_small', 'Too small; minimum: 3'],
  ] as const)(
    'measures %s as such where it stops at the first problem',
    async (_what, schema, value, code, message) => {
      const root = yup.object({ f: schema })
      expect(told(await failureOf(() => root.validate({ f: value })))).toEqual(
        invalid(['f', code, message, { min: 3 }]),
      )
    },
  )

  test('an error that only has its name is none of input', () => {
    const error = Object.assign(new Error('x'), { name: 'ValidationError' })
    expect(
      [error, Object.assign(new Error('x'), { name: 'ValidationError', errors: [] })].map((thrown) =>
        told(thrown),
      ),
    ).toEqual([unrecognized, unrecognized])
  })
})
