import { type } from 'arktype'
import { describe, expect, test } from 'vitest'
import { absent, inputOf, invalid, thrownBy, told, type Row } from './told.ts'

const arktype: readonly Row<type.Any>[] = [
  ['a field that is missing', type('string'), absent, ['f', 'required', 'This field is required']],
  ['a field that is undefined', type('string'), undefined, ['f', 'required', 'This field is required']],
  ['a literal that is undefined', type("'red'"), undefined, ['f', 'required', 'This field is required']],
  [
    'a union that is undefined',
    type("'red' | 'blue'"),
    undefined,
    ['f', 'required', 'This field is required'],
  ],
  [
    'a number for a string',
    type('string'),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a string for a bigint',
    type('bigint'),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: bigint', { expected: 'bigint' }],
  ],
  [
    'a string for a boolean',
    type('boolean'),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: boolean', { expected: 'boolean' }],
  ],
  [
    'a string for an object',
    type({ a: 'string' }),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'a string for an array',
    type('string[]'),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  ['a string for a date', type('Date'), 'x', ['f', 'invalid_date', 'Invalid date or time']],
  [
    'a string for a class, which has no name for clients',
    type.instanceOf(URL),
    'x',
    ['f', 'invalid_type', 'Wrong type'],
  ],
  [
    'not a number',
    type('number'),
    NaN,
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  ['what can never be', type('never'), 7, ['f', 'unknown_field', 'Unknown field']],
  ['another literal', type("'s3cret'"), 'hunter2', ['f', 'not_allowed', 'Not one of the allowed values']],
  [
    'another word than those of a union',
    type("'red' | 'blue'"),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'none of a union of objects and words',
    type([{ a: 'string' }, '|', "'red'"]),
    { a: 7 },
    ['f.a', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  ['a short text', type('string >= 3'), 'x', ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  ['a long text', type('string <= 3'), 'xxxx', ['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  [
    'a text of another length',
    type('string == 3'),
    'x',
    ['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }],
  ],
  [
    'few items',
    type('string[] >= 2'),
    ['x'],
    ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }],
  ],
  [
    'a short tuple',
    type(['string', 'number']),
    ['x'],
    ['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }],
  ],
  ['a small number', type('number >= 3'), 1, ['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  ['a large number', type('number <= 3'), 4, ['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  [
    'a number that is not greater',
    type('number > 3'),
    3,
    ['f', 'not_greater', 'Must be greater than 3', { min: 3 }],
  ],
  ['a number that is not less', type('number < 3'), 3, ['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  [
    'an early date',
    type("Date >= d'2030-01-01T00:00:00.000Z'"),
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
    type("Date <= d'2030-01-01T00:00:00.000Z'"),
    new Date('2031-01-01'),
    [
      'f',
      'too_late',
      'Too late; latest allowed: 2030-01-01T00:00:00.000Z',
      { max: '2030-01-01T00:00:00.000Z' },
    ],
  ],
  ['no multiple', type('number % 5'), 7, ['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  ['a fraction for an integer', type('number.integer'), 1.5, ['f', 'not_integer', 'Must be a whole number']],
  ['no email', type('string.email'), 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  ['no URL', type('string.url'), 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  ['no UUID', type('string.uuid'), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no IP address', type('string.ip'), 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  ['another pattern', type(/^s3cret/), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  ['a text that is no number', type('string.numeric'), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  [
    'a check of the app, with its own message',
    type('string').narrow((text, ctx) => ctx.mustBe(`other than ${text}`)),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'a value of a record',
    type('Record<string, number>'),
    { 'a.b': 'x' },
    ['f["a.b"]', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'a key that is unknown',
    type({ '+': 'reject' }),
    { 'b c': 2 },
    ['f["b c"]', 'unknown_field', 'Unknown field'],
  ],
  [
    'several things that are wrong with one text',
    type('string >= 8').and(/^s3cret/),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format'],
    ['f', 'too_short', 'Too short; minimum length: 8', { min: 8 }],
  ],
  [
    'an item deep inside',
    type({ items: [{ name: 'string' }, '[]'] }),
    { items: [{ name: 'x' }, { name: 7 }] },
    ['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
]

describe('arktype', () => {
  for (const [what, schema, value, ...fields] of arktype) {
    test(`tells of ${what}`, async () => {
      expect(told(await thrownBy(() => type({ f: schema }).assert(inputOf(value))))).toEqual(
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
    expect(told(await thrownBy(() => schema.assert({ b: 1 })))).toEqual(fields)
  })
})
