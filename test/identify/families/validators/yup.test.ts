import { describe, expect, test } from 'vitest'
import * as yup from 'yup'
import { absent, inputOf, invalid, thrownBy, told, unrecognized, type Row } from './told.ts'

const rows: readonly Row<yup.Schema>[] = [
  ['a field that is missing', yup.string().required(), absent, ['f', 'required', 'This field is required']],
  [
    'a field that is not defined',
    yup.string().defined(),
    absent,
    ['f', 'required', 'This field is required'],
  ],
  ['an empty text', yup.string().required(), '', ['f', 'required', 'This field is required']],
  ['null', yup.string().required(), null, ['f', 'required', 'This field is required']],
  ['null for what is not nullable', yup.string(), null, ['f', 'required', 'This field is required']],
  [
    'a number for a string',
    yup.string(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a string for a number',
    yup.number(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'a string for a boolean',
    yup.boolean(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: boolean', { expected: 'boolean' }],
  ],
  [
    'a number for an object',
    yup.object(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'a number for an array',
    yup.array(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  [
    'a number for a tuple',
    yup.tuple([yup.string()]),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  ['a date that is none', yup.date(), new Date(NaN), ['f', 'invalid_date', 'Invalid date or time']],
  [
    'an object of another class, which has no name for clients',
    yup.mixed((value): value is URL => value instanceof URL),
    'x',
    ['f', 'invalid_type', 'Wrong type'],
  ],
  [
    'another value than those allowed',
    yup.string().oneOf(['red', 's3cret']),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'a value that is not allowed',
    yup.string().notOneOf(['hunter2']),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['what is not true', yup.boolean().isTrue(), false, ['f', 'not_allowed', 'Not one of the allowed values']],
  ['a short text', yup.string().min(3), 'x', ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  ['a long text', yup.string().max(3), 'xxxx', ['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  [
    'a text of another length',
    yup.string().length(3),
    'x',
    ['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }],
  ],
  ['few items', yup.array().min(2), [1], ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  [
    'many items',
    yup.array().max(1),
    [1, 2],
    ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
  ],
  [
    'another number of items',
    yup.array().length(2),
    [1],
    ['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }],
  ],
  ['a small number', yup.number().min(3), 1, ['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  ['a large number', yup.number().max(3), 4, ['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  [
    'a number that is not greater',
    yup.number().moreThan(3),
    3,
    ['f', 'not_greater', 'Must be greater than 3', { min: 3 }],
  ],
  [
    'a number that is not less',
    yup.number().lessThan(3),
    3,
    ['f', 'not_less', 'Must be less than 3', { max: 3 }],
  ],
  [
    'a number that is not positive',
    yup.number().positive(),
    0,
    ['f', 'not_greater', 'Must be greater than 0', { min: 0 }],
  ],
  ['a fraction for an integer', yup.number().integer(), 1.5, ['f', 'not_integer', 'Must be a whole number']],
  [
    'an early date',
    yup.date().min(new Date('2030-01-01')),
    new Date(0),
    [
      'f',
      'too_early',
      'Too early; earliest allowed: 2030-01-01T00:00:00.000Z',
      { min: '2030-01-01T00:00:00.000Z' },
    ],
  ],
  [
    'a late date',
    yup.date().max(new Date('2030-01-01')),
    new Date('2031-01-01'),
    [
      'f',
      'too_late',
      'Too late; latest allowed: 2030-01-01T00:00:00.000Z',
      { max: '2030-01-01T00:00:00.000Z' },
    ],
  ],
  ['no email', yup.string().email(), 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  ['no URL', yup.string().url(), 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  ['no UUID', yup.string().uuid(), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no ISO date and time', yup.string().datetime(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  ['another pattern', yup.string().matches(/^s3cret/), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  ['blanks around a text', yup.string().trim(), ' hunter2 ', ['f', 'invalid_format', 'Invalid format']],
  ['upper case', yup.string().lowercase(), 'HUNTER2', ['f', 'invalid_format', 'Invalid format']],
  [
    'a check of the app, with its own message',
    yup.string().test('s3cret', '${value} is bad', () => false),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'a schema with its own message',
    yup.string().min(8, '${value} is bad'),
    'hunter2',
    ['f', 'too_short', 'Too short; minimum length: 8', { min: 8 }],
  ],
  [
    'keys that are unknown',
    yup.object({}).noUnknown(),
    { a: 1, 'b c': 2 },
    ['f.a', 'unknown_field', 'Unknown field'],
    ['f["b c"]', 'unknown_field', 'Unknown field'],
  ],
  ['keys that are not exact', yup.object({}).exact(), { a: 1 }, ['f.a', 'unknown_field', 'Unknown field']],
  [
    'a key with a dot',
    yup.object({ 'a.b': yup.string().required() }),
    {},
    ['f["a.b"]', 'required', 'This field is required'],
  ],
  [
    'a key that is no identifier',
    yup.object({ 'x-y': yup.string().required() }),
    {},
    ['f["x-y"]', 'required', 'This field is required'],
  ],
  [
    'an item deep inside',
    yup.object({ items: yup.array(yup.object({ name: yup.string() })) }),
    { items: [{ name: 'x' }, { name: 7 }] },
    ['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
]

describe('yup', () => {
  for (const [what, schema, value, ...fields] of rows) {
    test(`tells of ${what}`, async () => {
      const root = yup.object({ f: schema })
      expect(
        told(await thrownBy(() => root.validate(inputOf(value), { strict: true, abortEarly: false }))),
      ).toEqual(invalid(...fields))
    })
  }

  test('tells of the first problem alone where it stops there', async () => {
    const schema = yup.object({ a: yup.string().required(), b: yup.string() })
    expect(told(await thrownBy(() => schema.validate({})))).toEqual(
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
      expect(told(await thrownBy(() => root.validate({ f: value })))).toEqual(
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
