import { type } from 'arktype'
import { describe, expect, test } from 'vitest'
import { absent, inputOf, invalid, titleOf, told, wrongType, type Row } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

const arktype: readonly Row<type.Any>[] = [
  {
    what: 'a field that is missing',
    schema: type('string'),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'a field that is undefined',
    schema: type('string'),
    value: undefined,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'a literal that is undefined',
    schema: type("'red'"),
    value: undefined,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'a union that is undefined',
    schema: type("'red' | 'blue'"),
    value: undefined,
    fields: [['f', 'required', 'This field is required']],
  },
  { what: 'a number for a string', schema: type('string'), value: 7, fields: [wrongType('string')] },
  { what: 'a string for a bigint', schema: type('bigint'), value: 'x', fields: [wrongType('bigint')] },
  {
    what: 'a string for a boolean',
    schema: type('boolean'),
    value: 'hunter2',
    fields: [wrongType('boolean')],
  },
  {
    what: 'a string for an object',
    schema: type({ a: 'string' }),
    value: 'x',
    fields: [wrongType('object')],
  },
  { what: 'a string for an array', schema: type('string[]'), value: 'x', fields: [wrongType('array')] },
  {
    what: 'a string for a date',
    schema: type('Date'),
    value: 'x',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'a string for a class, which has no name for clients',
    schema: type.instanceOf(URL),
    value: 'x',
    fields: [['f', 'invalid_type', 'Wrong type']],
  },
  { what: 'not a number', schema: type('number'), value: NaN, fields: [wrongType('number')] },
  {
    what: 'what can never be',
    schema: type('never'),
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'another literal',
    schema: type("'s3cret'"),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another word than those of a union',
    schema: type("'red' | 'blue'"),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'none of a union of objects and words',
    schema: type([{ a: 'string' }, '|', "'red'"]),
    value: { a: 7 },
    fields: [['f.a', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
  {
    what: 'a short text',
    schema: type('string >= 3'),
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'a long text',
    schema: type('string <= 3'),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  },
  {
    what: 'a text of another length',
    schema: type('string == 3'),
    value: 'x',
    fields: [['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }]],
  },
  {
    what: 'few items',
    schema: type('string[] >= 2'),
    value: ['x'],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'a short tuple',
    schema: type(['string', 'number']),
    value: ['x'],
    fields: [['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }]],
  },
  {
    what: 'a small number',
    schema: type('number >= 3'),
    value: 1,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  },
  {
    what: 'a large number',
    schema: type('number <= 3'),
    value: 4,
    fields: [['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  },
  {
    what: 'a number that is not greater',
    schema: type('number > 3'),
    value: 3,
    fields: [['f', 'not_greater', 'Must be greater than 3', { min: 3 }]],
  },
  {
    what: 'a number that is not less',
    schema: type('number < 3'),
    value: 3,
    fields: [['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  },
  {
    what: 'an early date',
    schema: type("Date >= d'2030-01-01T00:00:00.000Z'"),
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
    schema: type("Date <= d'2030-01-01T00:00:00.000Z'"),
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
    what: 'no multiple',
    schema: type('number % 5'),
    value: 7,
    fields: [['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  },
  {
    what: 'a fraction for an integer',
    schema: type('number.integer'),
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  {
    what: 'no email',
    schema: type('string.email'),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no URL',
    schema: type('string.url'),
    value: 'hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'no UUID',
    schema: type('string.uuid'),
    value: 'hunter2',
    fields: [['f', 'invalid_uuid', 'Invalid UUID']],
  },
  {
    what: 'no IP address',
    schema: type('string.ip'),
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'another pattern',
    schema: type(/^s3cret/),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'a text that is no number',
    schema: type('string.numeric'),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'a check of the app, with its own message',
    schema: type('string').narrow((text, ctx) => ctx.mustBe(`other than ${text}`)),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a value of a record',
    schema: type('Record<string, number>'),
    value: { 'a.b': 'x' },
    fields: [['f["a.b"]', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }]],
  },
  {
    what: 'a key that is unknown',
    schema: type({ '+': 'reject' }),
    value: { 'b c': 2 },
    fields: [['f["b c"]', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'several things that are wrong with one text',
    schema: type('string >= 8').and(/^s3cret/),
    value: 'hunter2',
    fields: [
      ['f', 'invalid_format', 'Invalid format'],
      ['f', 'too_short', 'Too short; minimum length: 8', { min: 8 }],
    ],
  },
  {
    what: 'an item deep inside',
    schema: type({ items: [{ name: 'string' }, '[]'] }),
    value: { items: [{ name: 'x' }, { name: 7 }] },
    fields: [['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
]

describe('arktype', () => {
  for (const { what, schema, value, fields } of arktype) {
    test(titleOf({ what, fields }), async () => {
      expect(told(await failureOf(() => type({ f: schema }).assert(inputOf(value))))).toEqual(
        invalid(...fields),
      )
    })
  }

  test('tells the same when its errors are thrown as they are', async () => {
    const schema = type({ a: 'string', b: 'number > 3' })
    const errors = schema({ b: 1 })
    expect(errors).toBeInstanceOf(type.errors)
    const fields = invalid(
      ['a', 'required', 'This field is required'],
      ['b', 'not_greater', 'Must be greater than 3', { min: 3 }],
    )
    expect(told(errors)).toEqual(fields)
    expect(told(await failureOf(() => schema.assert({ b: 1 })))).toEqual(fields)
  })
})
