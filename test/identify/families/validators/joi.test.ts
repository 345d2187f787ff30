import joi, { type Schema } from 'joi'
import { describe, expect, test } from 'vitest'
import { read } from '../../../../src/guard/read.ts'
import { recognize } from '../../../../src/identify/recognize.ts'
import { absent, inputOf, invalid, titleOf, told, unrecognized, wrongType, type Row } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

const facts = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

const rows: readonly Row<Schema>[] = [
  {
    what: 'a field that is missing',
    schema: joi.string().required(),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'an empty text',
    schema: joi.string(),
    value: '',
    fields: [['f', 'required', 'This field is required']],
  },
  { what: 'null', schema: joi.string(), value: null, fields: [wrongType('string')] },
  { what: 'a number for a string', schema: joi.string(), value: 7, fields: [wrongType('string')] },
  { what: 'a string for a number', schema: joi.number(), value: 'hunter2', fields: [wrongType('number')] },
  { what: 'a string for a boolean', schema: joi.boolean(), value: 'hunter2', fields: [wrongType('boolean')] },
  { what: 'a number for an object', schema: joi.object(), value: 7, fields: [wrongType('object')] },
  { what: 'a number for an array', schema: joi.array(), value: 7, fields: [wrongType('array')] },
  {
    what: 'a number for a buffer',
    schema: joi.binary(),
    value: 7,
    fields: [['f', 'invalid_type', 'Wrong type']],
  },
  {
    what: 'a string for a date',
    schema: joi.date(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'an object of another class',
    schema: joi.object().instance(URL),
    value: {},
    fields: [['f', 'invalid_type', 'Wrong type']],
  },
  {
    what: 'what must not be there',
    schema: joi.forbidden(),
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'another value than those allowed',
    schema: joi.valid('red', 's3cret'),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another value than that of another field',
    schema: joi.valid(joi.ref('g')),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'a value that is not allowed',
    schema: joi.invalid('hunter2'),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'none of several types',
    schema: joi.alternatives(joi.string(), joi.number()),
    value: true,
    fields: [['f', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'none of several forms',
    schema: joi.alternatives(joi.object({ a: joi.string() }), joi.object({ b: joi.string() })),
    value: { a: 1 },
    fields: [['f', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'more than one of several forms',
    schema: joi.alternatives(joi.string(), joi.valid('x')).match('one'),
    value: 'x',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a short text',
    schema: joi.string().min(3),
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'a long text',
    schema: joi.string().max(3),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  },
  {
    what: 'a text of another length',
    schema: joi.string().length(3),
    value: 'x',
    fields: [['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }]],
  },
  {
    what: 'a text shorter than another field says',
    schema: joi.string().min(joi.ref('g')),
    value: 'x',
    fields: [['f', 'too_short', 'Too short']],
  },
  {
    what: 'few items',
    schema: joi.array().min(2),
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'many items',
    schema: joi.array().max(1),
    value: [1, 2],
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'another number of items',
    schema: joi.array().length(2),
    value: [1],
    fields: [['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }]],
  },
  {
    what: 'items that are missing',
    schema: joi.array().items(joi.string().required(), joi.any()),
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items']],
  },
  {
    what: 'more items than are ordered',
    schema: joi.array().ordered(joi.number()),
    value: [1, 2],
    fields: [['f', 'too_many_items', 'Too many items']],
  },
  {
    what: 'an item that is missing',
    schema: joi.array().items(joi.any()),
    value: [1, undefined],
    fields: [['f[1]', 'required', 'This field is required']],
  },
  {
    what: 'an item that is not allowed',
    schema: joi.array().items(joi.string().forbidden(), joi.any()),
    value: ['hunter2'],
    fields: [['f[0]', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'an item twice',
    schema: joi.array().unique(),
    value: ['hunter2', 'hunter2'],
    fields: [['f[1]', 'duplicate_items', 'Duplicate items']],
  },
  {
    what: 'few keys',
    schema: joi.object().min(2),
    value: { a: 1 },
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'many bytes',
    schema: joi.binary().max(1),
    value: Buffer.from('xx'),
    fields: [['f', 'too_long', 'Too long; maximum length: 1', { max: 1 }]],
  },
  {
    what: 'a small number',
    schema: joi.number().min(3),
    value: 1,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  },
  {
    what: 'a large number',
    schema: joi.number().max(3),
    value: 4,
    fields: [['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  },
  {
    what: 'a number that is not greater',
    schema: joi.number().greater(3),
    value: 3,
    fields: [['f', 'not_greater', 'Must be greater than 3', { min: 3 }]],
  },
  {
    what: 'a number that is not less',
    schema: joi.number().less(3),
    value: 3,
    fields: [['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  },
  {
    what: 'a number that is not positive',
    schema: joi.number().positive(),
    value: 0,
    fields: [['f', 'not_greater', 'Must be greater than 0', { min: 0 }]],
  },
  {
    what: 'a number that is not negative',
    schema: joi.number().negative(),
    value: 0,
    fields: [['f', 'not_less', 'Must be less than 0', { max: 0 }]],
  },
  { what: 'infinity', schema: joi.number(), value: Infinity, fields: [['f', 'invalid_type', 'Wrong type']] },
  {
    what: 'no multiple',
    schema: joi.number().multiple(5),
    value: 7,
    fields: [['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  },
  {
    what: 'a fraction for an integer',
    schema: joi.number().integer(),
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  {
    what: 'many decimals',
    schema: joi.number().precision(1).strict(),
    value: 1.23,
    fields: [['f', 'invalid', 'Invalid value']],
  },
  { what: 'no port', schema: joi.number().port(), value: 99999, fields: [['f', 'invalid', 'Invalid value']] },
  {
    what: 'an early date',
    schema: joi.date().min('2030-01-01'),
    value: '1970-01-01',
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
    what: 'a date that is not later',
    schema: joi.date().greater('2030-01-01'),
    value: '1970-01-01',
    fields: [['f', 'too_early', 'Too early']],
  },
  {
    what: 'a date before now',
    schema: joi.date().min('now'),
    value: '1970-01-01',
    fields: [['f', 'too_early', 'Too early']],
  },
  {
    what: 'no ISO date',
    schema: joi.date().iso(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no email',
    schema: joi.string().email(),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no URL',
    schema: joi.string().uri(),
    value: 'hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'a URL of another scheme',
    schema: joi.string().uri({ scheme: 'https' }),
    value: 'ftp://hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'no GUID',
    schema: joi.string().guid(),
    value: 'hunter2',
    fields: [['f', 'invalid_uuid', 'Invalid UUID']],
  },
  {
    what: 'no IP address',
    schema: joi.string().ip(),
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no IPv6 address',
    schema: joi.string().ip({ version: 'ipv6', cidr: 'forbidden' }),
    value: '10.0.0.1',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no ISO date in a text',
    schema: joi.string().isoDate(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no base64',
    schema: joi.string().base64(),
    value: '!',
    fields: [['f', 'invalid_format', 'Invalid format; expected: base64', { format: 'base64' }]],
  },
  {
    what: 'no hexadecimal',
    schema: joi.string().hex(),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: hex', { format: 'hex' }]],
  },
  {
    what: 'no credit card',
    schema: joi.string().creditCard(),
    value: '4111',
    fields: [['f', 'invalid_format', 'Invalid format; expected: creditCard', { format: 'creditCard' }]],
  },
  {
    what: 'another pattern',
    schema: joi.string().pattern(/^s3cret/),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'another pattern with a name',
    schema: joi.string().pattern(/^s3cret/, 'code'),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'blanks around a text',
    schema: joi.string().trim().strict(),
    value: ' hunter2 ',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'a check of the app, with its own message',
    schema: joi.any().custom((value) => {
      throw new Error(`${String(value)} is bad`)
    }),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a schema with its own message',
    schema: joi.number().messages({ 'number.base': '{#value} is bad' }),
    value: 'hunter2',
    fields: [wrongType('number')],
  },
  {
    what: 'a code of the app',
    schema: joi.any().custom((_, helpers) => helpers.error('app.bad', { limit: 'hunter2' })),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a key that matches no pattern',
    schema: joi.object().pattern(/^s3cret/, joi.any()),
    value: { 'b c': 1 },
    fields: [['f["b c"]', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'keys that are unknown',
    schema: joi.object({}),
    value: { a: 1, 'b c': 2 },
    fields: [
      ['f.a', 'unknown_field', 'Unknown field'],
      ['f["b c"]', 'unknown_field', 'Unknown field'],
    ],
  },
  {
    what: 'a field that others ask for',
    schema: joi.object({ a: joi.any(), b: joi.any() }).with('a', 'b'),
    value: { a: 1 },
    fields: [['f.b', 'required', 'This field is required']],
  },
  {
    what: 'fields that go together',
    schema: joi.object({ a: joi.any(), b: joi.any(), c: joi.any() }).and('a', 'b', 'c'),
    value: { a: 1 },
    fields: [
      ['f.b', 'required', 'This field is required'],
      ['f.c', 'required', 'This field is required'],
    ],
  },
  {
    what: 'fields of which one is needed',
    schema: joi.object({ a: joi.any(), b: joi.any() }).or('a', 'b'),
    value: {},
    fields: [['f', 'invalid_combination', 'Invalid combination of fields']],
  },
  {
    what: 'fields of which one only is allowed',
    schema: joi.object({ a: joi.any(), b: joi.any() }).xor('a', 'b'),
    value: { a: 1, b: 1 },
    fields: [['f', 'invalid_combination', 'Invalid combination of fields']],
  },
  {
    what: 'fields that exclude each other',
    schema: joi.object({ a: joi.any(), b: joi.any() }).without('a', 'b'),
    value: { a: 1, b: 1 },
    fields: [['f', 'invalid_combination', 'Invalid combination of fields']],
  },
  {
    what: 'an item deep inside',
    schema: joi.object({ items: joi.array().items(joi.object({ name: joi.string() })) }),
    value: { items: [{ name: 'x' }, { name: 7 }] },
    fields: [['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
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
  for (const { what, schema, value, fields } of rows) {
    test(titleOf({ what, fields }), async () => {
      const root = joi.object({ f: schema, g: joi.any().default(42) })
      expect(told(await failureOf(() => joi.attempt(inputOf(value), root, { abortEarly: false })))).toEqual(
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
