import joi, { type Schema } from 'joi'
import { describe, expect, test } from 'vitest'
import { read } from '../../../../src/guard/read.ts'
import { recognize } from '../../../../src/identify/recognize.ts'
import { absent, inputOf, invalid, thrownBy, told, unrecognized, type Row } from './told.ts'

const facts = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

const rows: readonly Row<Schema>[] = [
  ['a field that is missing', joi.string().required(), absent, ['f', 'required', 'This field is required']],
  ['an empty text', joi.string(), '', ['f', 'required', 'This field is required']],
  ['null', joi.string(), null, ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  [
    'a number for a string',
    joi.string(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a string for a number',
    joi.number(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'a string for a boolean',
    joi.boolean(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: boolean', { expected: 'boolean' }],
  ],
  [
    'a number for an object',
    joi.object(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'a number for an array',
    joi.array(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  ['a number for a buffer', joi.binary(), 7, ['f', 'invalid_type', 'Wrong type']],
  ['a string for a date', joi.date(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  ['an object of another class', joi.object().instance(URL), {}, ['f', 'invalid_type', 'Wrong type']],
  ['what must not be there', joi.forbidden(), 7, ['f', 'unknown_field', 'Unknown field']],
  [
    'another value than those allowed',
    joi.valid('red', 's3cret'),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'another value than that of another field',
    joi.valid(joi.ref('g')),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'a value that is not allowed',
    joi.invalid('hunter2'),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'none of several types',
    joi.alternatives(joi.string(), joi.number()),
    true,
    ['f', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'none of several forms',
    joi.alternatives(joi.object({ a: joi.string() }), joi.object({ b: joi.string() })),
    { a: 1 },
    ['f', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'more than one of several forms',
    joi.alternatives(joi.string(), joi.valid('x')).match('one'),
    'x',
    ['f', 'invalid', 'Invalid value'],
  ],
  ['a short text', joi.string().min(3), 'x', ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  ['a long text', joi.string().max(3), 'xxxx', ['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  [
    'a text of another length',
    joi.string().length(3),
    'x',
    ['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }],
  ],
  [
    'a text shorter than another field says',
    joi.string().min(joi.ref('g')),
    'x',
    ['f', 'too_short', 'Too short'],
  ],
  ['few items', joi.array().min(2), [1], ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  [
    'many items',
    joi.array().max(1),
    [1, 2],
    ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
  ],
  [
    'another number of items',
    joi.array().length(2),
    [1],
    ['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }],
  ],
  [
    'items that are missing',
    joi.array().items(joi.string().required(), joi.any()),
    [1],
    ['f', 'too_few_items', 'Too few items'],
  ],
  [
    'more items than are ordered',
    joi.array().ordered(joi.number()),
    [1, 2],
    ['f', 'too_many_items', 'Too many items'],
  ],
  [
    'an item that is missing',
    joi.array().items(joi.any()),
    [1, undefined],
    ['f[1]', 'required', 'This field is required'],
  ],
  [
    'an item that is not allowed',
    joi.array().items(joi.string().forbidden(), joi.any()),
    ['hunter2'],
    ['f[0]', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'an item twice',
    joi.array().unique(),
    ['hunter2', 'hunter2'],
    ['f[1]', 'duplicate_items', 'Duplicate items'],
  ],
  [
    'few keys',
    joi.object().min(2),
    { a: 1 },
    ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }],
  ],
  [
    'many bytes',
    joi.binary().max(1),
    Buffer.from('xx'),
    ['f', 'too_long', 'Too long; maximum length: 1', { max: 1 }],
  ],
  ['a small number', joi.number().min(3), 1, ['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  ['a large number', joi.number().max(3), 4, ['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  [
    'a number that is not greater',
    joi.number().greater(3),
    3,
    ['f', 'not_greater', 'Must be greater than 3', { min: 3 }],
  ],
  [
    'a number that is not less',
    joi.number().less(3),
    3,
    ['f', 'not_less', 'Must be less than 3', { max: 3 }],
  ],
  [
    'a number that is not positive',
    joi.number().positive(),
    0,
    ['f', 'not_greater', 'Must be greater than 0', { min: 0 }],
  ],
  [
    'a number that is not negative',
    joi.number().negative(),
    0,
    ['f', 'not_less', 'Must be less than 0', { max: 0 }],
  ],
  ['infinity', joi.number(), Infinity, ['f', 'invalid_type', 'Wrong type']],
  ['no multiple', joi.number().multiple(5), 7, ['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  ['a fraction for an integer', joi.number().integer(), 1.5, ['f', 'not_integer', 'Must be a whole number']],
  ['many decimals', joi.number().precision(1).strict(), 1.23, ['f', 'invalid', 'Invalid value']],
  ['no port', joi.number().port(), 99999, ['f', 'invalid', 'Invalid value']],
  [
    'an early date',
    joi.date().min('2030-01-01'),
    '1970-01-01',
    [
      'f',
      'too_early',
      'Too early; earliest allowed: 2030-01-01T00:00:00.000Z',
      { min: '2030-01-01T00:00:00.000Z' },
    ],
  ],
  [
    'a date that is not later',
    joi.date().greater('2030-01-01'),
    '1970-01-01',
    ['f', 'too_early', 'Too early'],
  ],
  ['a date before now', joi.date().min('now'), '1970-01-01', ['f', 'too_early', 'Too early']],
  ['no ISO date', joi.date().iso(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  ['no email', joi.string().email(), 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  ['no URL', joi.string().uri(), 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  [
    'a URL of another scheme',
    joi.string().uri({ scheme: 'https' }),
    'ftp://hunter2',
    ['f', 'invalid_url', 'Invalid URL'],
  ],
  ['no GUID', joi.string().guid(), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no IP address', joi.string().ip(), 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  [
    'no IPv6 address',
    joi.string().ip({ version: 'ipv6', cidr: 'forbidden' }),
    '10.0.0.1',
    ['f', 'invalid_ip', 'Invalid IP address'],
  ],
  ['no ISO date in a text', joi.string().isoDate(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  [
    'no base64',
    joi.string().base64(),
    '!',
    ['f', 'invalid_format', 'Invalid format; expected: base64', { format: 'base64' }],
  ],
  [
    'no hexadecimal',
    joi.string().hex(),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format; expected: hex', { format: 'hex' }],
  ],
  [
    'no credit card',
    joi.string().creditCard(),
    '4111',
    ['f', 'invalid_format', 'Invalid format; expected: creditCard', { format: 'creditCard' }],
  ],
  ['another pattern', joi.string().pattern(/^s3cret/), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  [
    'another pattern with a name',
    joi.string().pattern(/^s3cret/, 'code'),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format'],
  ],
  [
    'blanks around a text',
    joi.string().trim().strict(),
    ' hunter2 ',
    ['f', 'invalid_format', 'Invalid format'],
  ],
  [
    'a check of the app, with its own message',
    joi.any().custom((value) => {
      throw new Error(`${String(value)} is bad`)
    }),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'a schema with its own message',
    joi.number().messages({ 'number.base': '{#value} is bad' }),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'a code of the app',
    joi.any().custom((_, helpers) => helpers.error('app.bad', { limit: 'hunter2' })),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'a key that matches no pattern',
    joi.object().pattern(/^s3cret/, joi.any()),
    { 'b c': 1 },
    ['f["b c"]', 'unknown_field', 'Unknown field'],
  ],
  [
    'keys that are unknown',
    joi.object({}),
    { a: 1, 'b c': 2 },
    ['f.a', 'unknown_field', 'Unknown field'],
    ['f["b c"]', 'unknown_field', 'Unknown field'],
  ],
  [
    'a field that others ask for',
    joi.object({ a: joi.any(), b: joi.any() }).with('a', 'b'),
    { a: 1 },
    ['f.b', 'required', 'This field is required'],
  ],
  [
    'fields that go together',
    joi.object({ a: joi.any(), b: joi.any(), c: joi.any() }).and('a', 'b', 'c'),
    { a: 1 },
    ['f.b', 'required', 'This field is required'],
    ['f.c', 'required', 'This field is required'],
  ],
  [
    'fields of which one is needed',
    joi.object({ a: joi.any(), b: joi.any() }).or('a', 'b'),
    {},
    ['f', 'invalid_combination', 'Invalid combination of fields'],
  ],
  [
    'fields of which one only is allowed',
    joi.object({ a: joi.any(), b: joi.any() }).xor('a', 'b'),
    { a: 1, b: 1 },
    ['f', 'invalid_combination', 'Invalid combination of fields'],
  ],
  [
    'fields that exclude each other',
    joi.object({ a: joi.any(), b: joi.any() }).without('a', 'b'),
    { a: 1, b: 1 },
    ['f', 'invalid_combination', 'Invalid combination of fields'],
  ],
  [
    'an item deep inside',
    joi.object({ items: joi.array().items(joi.object({ name: joi.string() })) }),
    { items: [{ name: 'x' }, { name: 7 }] },
    ['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
]

/** Mistakes of a schema, what JSON cannot hold, labels of others, and checks too rare for a code of their own. */
const UNSAID: readonly string[] = [
  'any.custom',
  'any.default',
  'any.failover',
  'any.ref',
  'alternatives.one',
  'array.sort',
  'array.sort.mismatching',
  'array.sort.unsupported',
  'date.format.iso',
  'date.format.javascript',
  'date.format.unix',
  'object.and',
  'object.assert',
  'object.pattern.match',
  'object.refType',
  'object.regex',
  'object.rename.multiple',
  'object.rename.override',
  'object.rename.proto',
  'object.schema',
  'function.arity',
  'function.maxArity',
  'function.minArity',
  'link.depth',
  'link.maxRecursion',
  'number.port',
  'number.precision',
  'number.unsafe',
]

describe('joi', () => {
  for (const [what, schema, value, ...fields] of rows) {
    test(`tells of ${what}`, async () => {
      const root = joi.object({ f: schema, g: joi.any().default(42) })
      expect(told(await thrownBy(() => joi.attempt(inputOf(value), root, { abortEarly: false })))).toEqual(
        invalid(...fields),
      )
    })
  }

  test('has a field code for every code of joi but those that no field code says', () => {
    const types: readonly Schema[] = [
      joi.any(),
      joi.alternatives(),
      joi.array(),
      joi.binary(),
      joi.boolean(),
      joi.date(),
      joi.func(),
      joi.link('/'),
      joi.number(),
      joi.object(),
      joi.string(),
      joi.symbol(),
    ]
    const codes = types.flatMap((type) => Object.keys(read(read(type, '_definition'), 'messages') as object))
    const unknown = [...new Set(codes)].filter((code) => {
      const error = {
        name: 'ValidationError',
        isJoi: true,
        details: [{ type: code, path: ['f'], context: {} }],
      }
      const { fields } = recognize(error, facts)!
      return fields?.[0]?.code === 'invalid'
    })
    expect(codes.length).toBeGreaterThan(100)
    expect(unknown).toEqual(UNSAID)
  })

  test('an error that only has its name is none of input', () => {
    const error = Object.assign(new Error('x'), { name: 'ValidationError', isJoi: true })
    expect(
      [
        error,
        Object.assign(new Error('x'), {
          name: 'ValidationError',
          isJoi: true,
          details: [{ type: 'any.required' }],
        }),
      ].map((thrown) => told(thrown)),
    ).toEqual([unrecognized, unrecognized])
  })
})
