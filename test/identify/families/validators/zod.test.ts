import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { z as z3 } from 'zod3'
import {
  absent,
  inputOf,
  invalid,
  invalidAs,
  titleOf,
  told,
  unrecognized,
  wrongType,
  type Row,
} from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

const zod4: readonly Row<z.ZodType>[] = [
  {
    what: 'a field that is missing',
    schema: z.string(),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'an object that is missing',
    schema: z.object({ a: z.string() }),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  { what: 'null', schema: z.string(), value: null, fields: [wrongType('string')] },
  { what: 'a number for a string', schema: z.string(), value: 7, fields: [wrongType('string')] },
  { what: 'a string for a boolean', schema: z.boolean(), value: 'yes', fields: [wrongType('boolean')] },
  { what: 'an object for an array', schema: z.array(z.string()), value: {}, fields: [wrongType('array')] },
  { what: 'a string for an object', schema: z.object({}), value: 'x', fields: [wrongType('object')] },
  { what: 'a string for a tuple', schema: z.tuple([z.string()]), value: 'x', fields: [wrongType('array')] },
  {
    what: 'a string for a record',
    schema: z.record(z.string(), z.string()),
    value: 'x',
    fields: [wrongType('object')],
  },
  { what: 'a number for a bigint', schema: z.bigint(), value: 7, fields: [wrongType('bigint')] },
  {
    what: 'a number for a symbol, which has no name for clients',
    schema: z.symbol(),
    value: 7,
    fields: [['f', 'invalid_type', 'Wrong type']],
  },
  { what: 'a number for a file', schema: z.file(), value: 7, fields: [wrongType('file')] },
  {
    what: 'a fraction for an integer',
    schema: z.int(),
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  { what: 'infinity', schema: z.number(), value: Infinity, fields: [wrongType('number')] },
  {
    what: 'a date that is none',
    schema: z.date(),
    value: new Date(NaN),
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'what must not be there',
    schema: z.undefined(),
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'what can never be',
    schema: z.never(),
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'what is required of something optional',
    schema: z.nonoptional(z.string().optional()),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'another word than those of an enum',
    schema: z.enum(['red', 'blue']),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another literal',
    schema: z.literal('red'),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another word for a boolean',
    schema: z.stringbool(),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'none of a union',
    schema: z.union([z.string(), z.number()]),
    value: true,
    fields: [['f', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'none of a discriminated union',
    schema: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ]),
    value: { kind: 'hunter2' },
    fields: [['f.kind', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'more than one of a xor',
    schema: z.xor([z.string(), z.string().min(1)]),
    value: 'x',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a short text',
    schema: z.string().min(3),
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'a long text',
    schema: z.string().max(3),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  },
  {
    what: 'a text of another length',
    schema: z.string().length(3),
    value: 'x',
    fields: [['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }]],
  },
  {
    what: 'few items',
    schema: z.array(z.number()).min(2),
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'many items',
    schema: z.set(z.number()).max(1),
    value: new Set([1, 2]),
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'another number of items',
    schema: z.array(z.number()).length(2),
    value: [1],
    fields: [['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }]],
  },
  {
    what: 'a short tuple',
    schema: z.tuple([z.string(), z.string()]),
    value: ['x'],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'a small number',
    schema: z.number().min(3),
    value: 1,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  },
  {
    what: 'a large number',
    schema: z.number().max(3),
    value: 4,
    fields: [['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  },
  {
    what: 'a number that is not greater',
    schema: z.number().gt(3),
    value: 3,
    fields: [['f', 'not_greater', 'Must be greater than 3', { min: 3 }]],
  },
  {
    what: 'a number that is not less',
    schema: z.number().lt(3),
    value: 3,
    fields: [['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  },
  {
    what: 'a number over 32 bits',
    schema: z.int32(),
    value: 2 ** 40,
    fields: [['f', 'too_large', 'Too large; maximum: 2147483647', { max: 2147483647 }]],
  },
  {
    what: 'a small bigint',
    schema: z.bigint().min(10n ** 20n),
    value: 1n,
    fields: [
      ['f', 'too_small', 'Too small; minimum: 100000000000000000000', { min: '100000000000000000000' }],
    ],
  },
  {
    what: 'an early date',
    schema: z.date().min(new Date('2030-01-01')),
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
    schema: z.date().max(new Date('2030-01-01')),
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
    schema: z.number().multipleOf(5),
    value: 7,
    fields: [['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  },
  {
    what: 'no email',
    schema: z.email(),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  { what: 'no URL', schema: z.url(), value: 'hunter2', fields: [['f', 'invalid_url', 'Invalid URL']] },
  { what: 'no UUID', schema: z.uuidv4(), value: 'hunter2', fields: [['f', 'invalid_uuid', 'Invalid UUID']] },
  { what: 'no GUID', schema: z.guid(), value: 'hunter2', fields: [['f', 'invalid_uuid', 'Invalid UUID']] },
  {
    what: 'no IPv4 address',
    schema: z.ipv4(),
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no IPv6 address',
    schema: z.ipv6(),
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no ISO date',
    schema: z.iso.date(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no ISO time',
    schema: z.iso.time(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no ISO date and time',
    schema: z.iso.datetime(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no ISO duration',
    schema: z.iso.duration(),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: duration', { format: 'duration' }]],
  },
  {
    what: 'no base64',
    schema: z.base64(),
    value: '!',
    fields: [['f', 'invalid_format', 'Invalid format; expected: base64', { format: 'base64' }]],
  },
  {
    what: 'no JWT',
    schema: z.jwt(),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: jwt', { format: 'jwt' }]],
  },
  {
    what: 'no hash',
    schema: z.hash('sha256'),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'another pattern',
    schema: z.string().regex(/^s3cret/),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'another start',
    schema: z.string().startsWith('s3cret'),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'another end',
    schema: z.string().endsWith('s3cret'),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'without what it must include',
    schema: z.string().includes('s3cret'),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'upper case',
    schema: z.string().lowercase(),
    value: 'HUNTER2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: lowercase', { format: 'lowercase' }]],
  },
  {
    what: 'another template',
    schema: z.templateLiteral(['s3cret', z.number()]),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'a check of the app, with its own message',
    schema: z.string().refine(() => false, { error: (issue) => `${String(issue.input)} is bad` }),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a schema with its own message',
    schema: z.string({ error: (issue) => `${String(issue.input)} is bad` }),
    value: 7,
    fields: [wrongType('string')],
  },
  {
    what: 'a key of a record',
    schema: z.record(z.string().max(3), z.number()),
    value: { hunter2: 1 },
    fields: [['f.hunter2', 'invalid_name', 'Invalid field name']],
  },
  {
    what: 'a value of a record',
    schema: z.record(z.string(), z.number()),
    value: { 'a.b': 'x' },
    fields: [['f["a.b"]', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }]],
  },
  {
    what: 'a key of a Map that is no text',
    schema: z.map(z.string(), z.number()),
    value: new Map([[{}, 1]]),
    fields: [['f', 'invalid_name', 'Invalid field name']],
  },
  {
    what: 'a value of a Map whose key is no text',
    schema: z.map(z.object({}), z.number()),
    value: new Map([[{}, 'hunter2']]),
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'keys that are unknown',
    schema: z.strictObject({}),
    value: { a: 1, 'b c': 2 },
    fields: [
      ['f.a', 'unknown_field', 'Unknown field'],
      ['f["b c"]', 'unknown_field', 'Unknown field'],
    ],
  },
  {
    what: 'an item deep inside',
    schema: z.object({ items: z.array(z.object({ name: z.string() })) }),
    value: { items: [{ name: 'x' }, { name: 7 }] },
    fields: [['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
]

describe('zod 4', () => {
  for (const { what, schema, value, fields } of zod4) {
    test(titleOf({ what, fields }), async () => {
      expect(told(await failureOf(() => z.object({ f: schema }).parse(inputOf(value))))).toEqual(
        invalid(...fields),
      )
    })
  }
})

const zod3: readonly Row<z3.ZodType>[] = [
  {
    what: 'a field that is missing',
    schema: z3.string(),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'an enum that is missing',
    schema: z3.enum(['red']),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  { what: 'null', schema: z3.string(), value: null, fields: [wrongType('string')] },
  { what: 'a number for a string', schema: z3.string(), value: 7, fields: [wrongType('string')] },
  { what: 'an object for an array', schema: z3.array(z3.string()), value: {}, fields: [wrongType('array')] },
  {
    what: 'a fraction for an integer',
    schema: z3.number().int(),
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  { what: 'infinity', schema: z3.number().finite(), value: Infinity, fields: [wrongType('number')] },
  {
    what: 'a date that is none',
    schema: z3.date(),
    value: new Date(NaN),
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'what can never be',
    schema: z3.never(),
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'another word than those of an enum',
    schema: z3.enum(['red', 'blue']),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another literal',
    schema: z3.literal('red'),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'none of a union',
    schema: z3.union([z3.string(), z3.number()]),
    value: true,
    fields: [['f', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'none of a discriminated union',
    schema: z3.discriminatedUnion('kind', [z3.object({ kind: z3.literal('a') })]),
    value: { kind: 'hunter2' },
    fields: [['f.kind', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'an intersection that does not merge',
    schema: z3.intersection(
      z3.string().transform(() => 1),
      z3.string().transform(() => 2),
    ),
    value: 'x',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a short text',
    schema: z3.string().min(3),
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'a long text',
    schema: z3.string().max(3),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  },
  {
    what: 'a text of another length',
    schema: z3.string().length(3),
    value: 'x',
    fields: [['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }]],
  },
  {
    what: 'few items',
    schema: z3.array(z3.number()).min(2),
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'many items',
    schema: z3.set(z3.number()).max(1),
    value: new Set([1, 2]),
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'a small number',
    schema: z3.number().min(3),
    value: 1,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  },
  {
    what: 'a number that is not less',
    schema: z3.number().lt(3),
    value: 3,
    fields: [['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  },
  {
    what: 'a bigint that is not greater',
    schema: z3.bigint().gt(3n),
    value: 1n,
    fields: [['f', 'not_greater', 'Must be greater than 3', { min: '3' }]],
  },
  {
    what: 'an early date',
    schema: z3.date().min(new Date('2030-01-01')),
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
    what: 'no multiple',
    schema: z3.number().multipleOf(5),
    value: 7,
    fields: [['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  },
  {
    what: 'no email',
    schema: z3.string().email(),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no URL',
    schema: z3.string().url(),
    value: 'hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'no UUID',
    schema: z3.string().uuid(),
    value: 'hunter2',
    fields: [['f', 'invalid_uuid', 'Invalid UUID']],
  },
  {
    what: 'no IP address',
    schema: z3.string().ip(),
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no ISO date and time',
    schema: z3.string().datetime(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no base64',
    schema: z3.string().base64(),
    value: '!',
    fields: [['f', 'invalid_format', 'Invalid format; expected: base64', { format: 'base64' }]],
  },
  {
    what: 'another pattern',
    schema: z3.string().regex(/^s3cret/),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'another start',
    schema: z3.string().startsWith('s3cret'),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'a check of the app, with its own message',
    schema: z3.string().refine(
      () => false,
      (value) => ({ message: `${value} is bad` }),
    ),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'keys that are unknown',
    schema: z3.strictObject({}),
    value: { a: 1, 'b c': 2 },
    fields: [
      ['f.a', 'unknown_field', 'Unknown field'],
      ['f["b c"]', 'unknown_field', 'Unknown field'],
    ],
  },
  {
    what: 'an item deep inside',
    schema: z3.object({ items: z3.array(z3.object({ name: z3.string() })) }),
    value: { items: [{ name: 'x' }, { name: 7 }] },
    fields: [['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
]

describe('zod 3', () => {
  for (const { what, schema, value, fields } of zod3) {
    test(titleOf({ what, fields }), async () => {
      expect(told(await failureOf(() => z3.object({ f: schema }).parse(inputOf(value))))).toEqual(
        invalid(...fields),
      )
    })
  }

  test('a function that is called, or returns, as its schema forbids is the fault of the program', async () => {
    const increase = z3.function().args(z3.number()).returns(z3.number())
    const called = await failureOf(() => increase.implement((value) => value)('1' as unknown as number))
    const returned = await failureOf(() => increase.implement(() => 'x' as unknown as number)(1))
    expect([called, returned].map((error) => told(error))).toEqual([unrecognized, unrecognized])
  })
})

describe('zod', () => {
  test('with reportInput and another message still tells what is missing, and the value where the app exposes it', async () => {
    const schema = z.object({ a: z.string('?'), b: z.number('?') })
    const error = await failureOf(() => schema.parse({ b: 'hunter2' }, { reportInput: true }))
    const a = { path: 'a', code: 'required', message: 'This field is required' }
    const b = {
      path: 'b',
      code: 'invalid_type',
      message: 'Wrong type; expected: number',
      params: { expected: 'number' },
    }
    expect(told(error)).toEqual(invalidAs([a, b]))
    expect(told(error, { reveal: { values: true } })).toEqual(invalidAs([a, { ...b, value: 'hunter2' }]))
  })

  test('an error without issues is none of input', () => {
    expect([new z.ZodError([]), new z3.ZodError([])].map((error) => told(error))).toEqual([
      unrecognized,
      unrecognized,
    ])
  })
})
