import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { z as z3 } from 'zod3'
import { absent, inputOf, invalid, invalidAs, thrownBy, told, unrecognized, type Row } from './told.ts'

const zod4: readonly Row<z.ZodType>[] = [
  ['a field that is missing', z.string(), absent, ['f', 'required', 'This field is required']],
  [
    'an object that is missing',
    z.object({ a: z.string() }),
    absent,
    ['f', 'required', 'This field is required'],
  ],
  ['null', z.string(), null, ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  [
    'a number for a string',
    z.string(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a string for a boolean',
    z.boolean(),
    'yes',
    ['f', 'invalid_type', 'Wrong type; expected: boolean', { expected: 'boolean' }],
  ],
  [
    'an object for an array',
    z.array(z.string()),
    {},
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  [
    'a string for an object',
    z.object({}),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'a string for a tuple',
    z.tuple([z.string()]),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  [
    'a string for a record',
    z.record(z.string(), z.string()),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'a number for a bigint',
    z.bigint(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: bigint', { expected: 'bigint' }],
  ],
  [
    'a number for a symbol, which has no name for clients',
    z.symbol(),
    7,
    ['f', 'invalid_type', 'Wrong type'],
  ],
  [
    'a number for a file',
    z.file(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: file', { expected: 'file' }],
  ],
  ['a fraction for an integer', z.int(), 1.5, ['f', 'not_integer', 'Must be a whole number']],
  [
    'infinity',
    z.number(),
    Infinity,
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  ['a date that is none', z.date(), new Date(NaN), ['f', 'invalid_date', 'Invalid date or time']],
  ['what must not be there', z.undefined(), 7, ['f', 'unknown_field', 'Unknown field']],
  ['what can never be', z.never(), 7, ['f', 'unknown_field', 'Unknown field']],
  [
    'what is required of something optional',
    z.nonoptional(z.string().optional()),
    absent,
    ['f', 'required', 'This field is required'],
  ],
  [
    'another word than those of an enum',
    z.enum(['red', 'blue']),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['another literal', z.literal('red'), 'hunter2', ['f', 'not_allowed', 'Not one of the allowed values']],
  [
    'another word for a boolean',
    z.stringbool(),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'none of a union',
    z.union([z.string(), z.number()]),
    true,
    ['f', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'none of a discriminated union',
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
    { kind: 'hunter2' },
    ['f.kind', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['more than one of a xor', z.xor([z.string(), z.string().min(1)]), 'x', ['f', 'invalid', 'Invalid value']],
  ['a short text', z.string().min(3), 'x', ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  ['a long text', z.string().max(3), 'xxxx', ['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  [
    'a text of another length',
    z.string().length(3),
    'x',
    ['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }],
  ],
  [
    'few items',
    z.array(z.number()).min(2),
    [1],
    ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }],
  ],
  [
    'many items',
    z.set(z.number()).max(1),
    new Set([1, 2]),
    ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
  ],
  [
    'another number of items',
    z.array(z.number()).length(2),
    [1],
    ['f', 'wrong_length', 'Wrong length; expected: 2', { length: 2 }],
  ],
  [
    'a short tuple',
    z.tuple([z.string(), z.string()]),
    ['x'],
    ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }],
  ],
  ['a small number', z.number().min(3), 1, ['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  ['a large number', z.number().max(3), 4, ['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  [
    'a number that is not greater',
    z.number().gt(3),
    3,
    ['f', 'not_greater', 'Must be greater than 3', { min: 3 }],
  ],
  ['a number that is not less', z.number().lt(3), 3, ['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  [
    'a number over 32 bits',
    z.int32(),
    2 ** 40,
    ['f', 'too_large', 'Too large; maximum: 2147483647', { max: 2147483647 }],
  ],
  [
    'a small bigint',
    z.bigint().min(10n ** 20n),
    1n,
    ['f', 'too_small', 'Too small; minimum: 100000000000000000000', { min: '100000000000000000000' }],
  ],
  [
    'an early date',
    z.date().min(new Date('2030-01-01')),
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
    z.date().max(new Date('2030-01-01')),
    new Date('2031-01-01'),
    [
      'f',
      'too_late',
      'Too late; latest allowed: 2030-01-01T00:00:00.000Z',
      { max: '2030-01-01T00:00:00.000Z' },
    ],
  ],
  ['no multiple', z.number().multipleOf(5), 7, ['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  ['no email', z.email(), 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  ['no URL', z.url(), 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  ['no UUID', z.uuidv4(), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no GUID', z.guid(), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no IPv4 address', z.ipv4(), 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  ['no IPv6 address', z.ipv6(), 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  ['no ISO date', z.iso.date(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  ['no ISO time', z.iso.time(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  ['no ISO date and time', z.iso.datetime(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  [
    'no ISO duration',
    z.iso.duration(),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format; expected: duration', { format: 'duration' }],
  ],
  [
    'no base64',
    z.base64(),
    '!',
    ['f', 'invalid_format', 'Invalid format; expected: base64', { format: 'base64' }],
  ],
  ['no JWT', z.jwt(), 'hunter2', ['f', 'invalid_format', 'Invalid format; expected: jwt', { format: 'jwt' }]],
  ['no hash', z.hash('sha256'), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  ['another pattern', z.string().regex(/^s3cret/), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  ['another start', z.string().startsWith('s3cret'), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  ['another end', z.string().endsWith('s3cret'), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  [
    'without what it must include',
    z.string().includes('s3cret'),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format'],
  ],
  [
    'upper case',
    z.string().lowercase(),
    'HUNTER2',
    ['f', 'invalid_format', 'Invalid format; expected: lowercase', { format: 'lowercase' }],
  ],
  [
    'another template',
    z.templateLiteral(['s3cret', z.number()]),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format'],
  ],
  [
    'a check of the app, with its own message',
    z.string().refine(() => false, { error: (issue) => `${String(issue.input)} is bad` }),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'a schema with its own message',
    z.string({ error: (issue) => `${String(issue.input)} is bad` }),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a key of a record',
    z.record(z.string().max(3), z.number()),
    { hunter2: 1 },
    ['f.hunter2', 'invalid_name', 'Invalid field name'],
  ],
  [
    'a value of a record',
    z.record(z.string(), z.number()),
    { 'a.b': 'x' },
    ['f["a.b"]', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'a key of a Map that is no text',
    z.map(z.string(), z.number()),
    new Map([[{}, 1]]),
    ['f', 'invalid_name', 'Invalid field name'],
  ],
  [
    'a value of a Map whose key is no text',
    z.map(z.object({}), z.number()),
    new Map([[{}, 'hunter2']]),
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'keys that are unknown',
    z.strictObject({}),
    { a: 1, 'b c': 2 },
    ['f.a', 'unknown_field', 'Unknown field'],
    ['f["b c"]', 'unknown_field', 'Unknown field'],
  ],
  [
    'an item deep inside',
    z.object({ items: z.array(z.object({ name: z.string() })) }),
    { items: [{ name: 'x' }, { name: 7 }] },
    ['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
]

describe('zod 4', () => {
  for (const [what, schema, value, ...fields] of zod4) {
    test(`tells of ${what}`, async () => {
      expect(told(await thrownBy(() => z.object({ f: schema }).parse(inputOf(value))))).toEqual(
        invalid(...fields),
      )
    })
  }
})

const zod3: readonly Row<z3.ZodType>[] = [
  ['a field that is missing', z3.string(), absent, ['f', 'required', 'This field is required']],
  ['an enum that is missing', z3.enum(['red']), absent, ['f', 'required', 'This field is required']],
  ['null', z3.string(), null, ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  [
    'a number for a string',
    z3.string(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'an object for an array',
    z3.array(z3.string()),
    {},
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  ['a fraction for an integer', z3.number().int(), 1.5, ['f', 'not_integer', 'Must be a whole number']],
  [
    'infinity',
    z3.number().finite(),
    Infinity,
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  ['a date that is none', z3.date(), new Date(NaN), ['f', 'invalid_date', 'Invalid date or time']],
  ['what can never be', z3.never(), 7, ['f', 'unknown_field', 'Unknown field']],
  [
    'another word than those of an enum',
    z3.enum(['red', 'blue']),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['another literal', z3.literal('red'), 'hunter2', ['f', 'not_allowed', 'Not one of the allowed values']],
  [
    'none of a union',
    z3.union([z3.string(), z3.number()]),
    true,
    ['f', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'none of a discriminated union',
    z3.discriminatedUnion('kind', [z3.object({ kind: z3.literal('a') })]),
    { kind: 'hunter2' },
    ['f.kind', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'an intersection that does not merge',
    z3.intersection(
      z3.string().transform(() => 1),
      z3.string().transform(() => 2),
    ),
    'x',
    ['f', 'invalid', 'Invalid value'],
  ],
  ['a short text', z3.string().min(3), 'x', ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  ['a long text', z3.string().max(3), 'xxxx', ['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  [
    'a text of another length',
    z3.string().length(3),
    'x',
    ['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }],
  ],
  [
    'few items',
    z3.array(z3.number()).min(2),
    [1],
    ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }],
  ],
  [
    'many items',
    z3.set(z3.number()).max(1),
    new Set([1, 2]),
    ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
  ],
  ['a small number', z3.number().min(3), 1, ['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  ['a number that is not less', z3.number().lt(3), 3, ['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  [
    'a bigint that is not greater',
    z3.bigint().gt(3n),
    1n,
    ['f', 'not_greater', 'Must be greater than 3', { min: '3' }],
  ],
  [
    'an early date',
    z3.date().min(new Date('2030-01-01')),
    new Date(0),
    [
      'f',
      'too_early',
      'Too early; earliest allowed: 2030-01-01T00:00:00.000Z',
      { min: '2030-01-01T00:00:00.000Z' },
    ],
  ],
  [
    'no multiple',
    z3.number().multipleOf(5),
    7,
    ['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }],
  ],
  ['no email', z3.string().email(), 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  ['no URL', z3.string().url(), 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  ['no UUID', z3.string().uuid(), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no IP address', z3.string().ip(), 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  ['no ISO date and time', z3.string().datetime(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  [
    'no base64',
    z3.string().base64(),
    '!',
    ['f', 'invalid_format', 'Invalid format; expected: base64', { format: 'base64' }],
  ],
  ['another pattern', z3.string().regex(/^s3cret/), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  ['another start', z3.string().startsWith('s3cret'), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  [
    'a check of the app, with its own message',
    z3.string().refine(
      () => false,
      (value) => ({ message: `${value} is bad` }),
    ),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'keys that are unknown',
    z3.strictObject({}),
    { a: 1, 'b c': 2 },
    ['f.a', 'unknown_field', 'Unknown field'],
    ['f["b c"]', 'unknown_field', 'Unknown field'],
  ],
  [
    'an item deep inside',
    z3.object({ items: z3.array(z3.object({ name: z3.string() })) }),
    { items: [{ name: 'x' }, { name: 7 }] },
    ['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
]

describe('zod 3', () => {
  for (const [what, schema, value, ...fields] of zod3) {
    test(`tells of ${what}`, async () => {
      expect(told(await thrownBy(() => z3.object({ f: schema }).parse(inputOf(value))))).toEqual(
        invalid(...fields),
      )
    })
  }

  test('a function that is called, or returns, as its schema forbids is the fault of the program', async () => {
    const increase = z3.function().args(z3.number()).returns(z3.number())
    const called = await thrownBy(() => increase.implement((value) => value)('1' as unknown as number))
    const returned = await thrownBy(() => increase.implement(() => 'x' as unknown as number)(1))
    expect([called, returned].map((error) => told(error))).toEqual([unrecognized, unrecognized])
  })
})

describe('zod', () => {
  test('with reportInput and another message still tells what is missing, and the value where the app exposes it', async () => {
    const schema = z.object({ a: z.string('?'), b: z.number('?') })
    const error = await thrownBy(() => schema.parse({ b: 'hunter2' }, { reportInput: true }))
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
