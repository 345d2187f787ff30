import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { absent, inputOf, invalid, thrownBy, told, unrecognized, type Row } from './told.ts'

const valibot: readonly Row<v.GenericSchema>[] = [
  ['a field that is missing', v.string(), absent, ['f', 'required', 'This field is required']],
  ['a field that is undefined', v.string(), undefined, ['f', 'required', 'This field is required']],
  [
    'a union that is missing',
    v.union([v.string(), v.number()]),
    undefined,
    ['f', 'required', 'This field is required'],
  ],
  [
    'the text undefined for a number',
    v.number(),
    'undefined',
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'null for what is not nullable',
    v.nonNullable(v.nullable(v.string())),
    null,
    ['f', 'required', 'This field is required'],
  ],
  [
    'null for what is neither optional nor nullable',
    v.nonNullish(v.nullish(v.string())),
    null,
    ['f', 'required', 'This field is required'],
  ],
  [
    'a number for a string',
    v.string(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a string for a bigint',
    v.bigint(),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: bigint', { expected: 'bigint' }],
  ],
  [
    'a string for an array',
    v.array(v.string()),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  [
    'a string for an object',
    v.object({}),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'a string for a variant',
    v.variant('kind', [v.object({ kind: v.literal('a') })]),
    'x',
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'a string for an instance, which has no name for clients',
    v.instance(URL),
    'x',
    ['f', 'invalid_type', 'Wrong type'],
  ],
  ['a date that is none', v.date(), new Date(NaN), ['f', 'invalid_date', 'Invalid date or time']],
  ['what must not be there', v.undefined_(), 7, ['f', 'unknown_field', 'Unknown field']],
  ['what can never be', v.never(), 7, ['f', 'unknown_field', 'Unknown field']],
  [
    'another word than those of a picklist',
    v.picklist(['red', 'blue']),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['another literal', v.literal('s3cret'), 'hunter2', ['f', 'not_allowed', 'Not one of the allowed values']],
  [
    'another value than those of an enum',
    v.enum({ red: 1 }),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'none of a union',
    v.union([v.string(), v.number()]),
    true,
    ['f', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'none of a variant',
    v.variant('kind', [v.object({ kind: v.literal('a') }), v.object({ kind: v.literal('b') })]),
    { kind: 'hunter2' },
    ['f.kind', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'a variant without its kind',
    v.variant('kind', [v.object({ kind: v.literal('a') }), v.object({ kind: v.literal('b') })]),
    {},
    ['f.kind', 'required', 'This field is required'],
  ],
  [
    'an intersection that does not merge',
    v.intersect([
      v.pipe(
        v.string(),
        v.transform(() => 1),
      ),
      v.pipe(
        v.string(),
        v.transform(() => 2),
      ),
    ]),
    'x',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'a short text',
    v.pipe(v.string(), v.minLength(3)),
    'x',
    ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }],
  ],
  [
    'a long text',
    v.pipe(v.string(), v.maxLength(3)),
    'xxxx',
    ['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }],
  ],
  [
    'a text of another length',
    v.pipe(v.string(), v.length(3)),
    'x',
    ['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }],
  ],
  [
    'an empty text',
    v.pipe(v.string(), v.nonEmpty()),
    '',
    ['f', 'too_short', 'Too short; minimum length: 1', { min: 1 }],
  ],
  [
    'few graphemes',
    v.pipe(v.string(), v.minGraphemes(3)),
    'x',
    ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }],
  ],
  [
    'many bytes, which are no characters',
    v.pipe(v.string(), v.maxBytes(3)),
    'xxxx',
    ['f', 'too_long', 'Too long'],
  ],
  [
    'few words, which are no characters',
    v.pipe(v.string(), v.minWords('en', 3)),
    'x',
    ['f', 'too_short', 'Too short'],
  ],
  [
    'few items',
    v.pipe(v.array(v.number()), v.minLength(2)),
    [1],
    ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }],
  ],
  [
    'an empty list',
    v.pipe(v.array(v.number()), v.nonEmpty()),
    [],
    ['f', 'too_few_items', 'Too few items; minimum: 1', { min: 1 }],
  ],
  [
    'many entries',
    v.pipe(v.record(v.string(), v.number()), v.maxEntries(1)),
    { a: 1, b: 2 },
    ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
  ],
  [
    'a Set that is too large',
    v.pipe(v.set(v.number()), v.maxSize(1)),
    new Set([1, 2]),
    ['f', 'too_large', 'Too large; maximum: 1', { max: 1 }],
  ],
  ['an item too many', v.strictTuple([v.string()]), ['x', 'y'], ['f[1]', 'too_many_items', 'Too many items']],
  ['an item that is missing', v.tuple([v.string()]), [], ['f[0]', 'required', 'This field is required']],
  [
    'a small number',
    v.pipe(v.number(), v.minValue(3)),
    1,
    ['f', 'too_small', 'Too small; minimum: 3', { min: 3 }],
  ],
  [
    'a large number',
    v.pipe(v.number(), v.maxValue(3)),
    4,
    ['f', 'too_large', 'Too large; maximum: 3', { max: 3 }],
  ],
  [
    'a number that is not greater',
    v.pipe(v.number(), v.gtValue(3)),
    3,
    ['f', 'not_greater', 'Must be greater than 3', { min: 3 }],
  ],
  [
    'a number that is not less',
    v.pipe(v.number(), v.ltValue(3)),
    3,
    ['f', 'not_less', 'Must be less than 3', { max: 3 }],
  ],
  [
    'a small bigint',
    v.pipe(v.bigint(), v.minValue(3n)),
    1n,
    ['f', 'too_small', 'Too small; minimum: 3', { min: '3' }],
  ],
  [
    'a text that sorts too early, whose limit is a text',
    v.pipe(v.string(), v.minValue('s3cret')),
    'a',
    ['f', 'too_small', 'Too small'],
  ],
  [
    'an early date',
    v.pipe(v.date(), v.minValue(new Date('2030-01-01'))),
    new Date(0),
    [
      'f',
      'too_early',
      'Too early; earliest allowed: 2030-01-01T00:00:00.000Z',
      { min: '2030-01-01T00:00:00.000Z' },
    ],
  ],
  [
    'a date that is not later',
    v.pipe(v.date(), v.gtValue(new Date('2030-01-01'))),
    new Date(0),
    ['f', 'too_early', 'Too early'],
  ],
  [
    'no multiple',
    v.pipe(v.number(), v.multipleOf(5)),
    7,
    ['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }],
  ],
  [
    'a fraction for an integer',
    v.pipe(v.number(), v.integer()),
    1.5,
    ['f', 'not_integer', 'Must be a whole number'],
  ],
  [
    'a number that is not allowed',
    v.pipe(v.number(), v.notValue(7)),
    7,
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['no email', v.pipe(v.string(), v.email()), 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  [
    'no email of RFC 5322',
    v.pipe(v.string(), v.rfcEmail()),
    'hunter2',
    ['f', 'invalid_email', 'Invalid email address'],
  ],
  ['no URL', v.pipe(v.string(), v.url()), 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  ['no UUID', v.pipe(v.string(), v.uuid()), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no IP address', v.pipe(v.string(), v.ip()), 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  ['no ISO date', v.pipe(v.string(), v.isoDate()), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  [
    'no ISO timestamp',
    v.pipe(v.string(), v.isoTimestamp()),
    'hunter2',
    ['f', 'invalid_date', 'Invalid date or time'],
  ],
  [
    'no color',
    v.pipe(v.string(), v.hexColor()),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format; expected: hex_color', { format: 'hex_color' }],
  ],
  [
    'another pattern',
    v.pipe(v.string(), v.regex(/^s3cret/)),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format'],
  ],
  [
    'another start',
    v.pipe(v.string(), v.startsWith('s3cret')),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format'],
  ],
  [
    'without what it must include',
    v.pipe(v.string(), v.includes('s3cret')),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'what cannot become a number',
    v.pipe(v.string(), v.toNumber()),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'what cannot become a date',
    v.pipe(v.string(), v.toDate()),
    'hunter2',
    ['f', 'invalid_date', 'Invalid date or time'],
  ],
  [
    'what cannot become a boolean',
    v.pipe(v.string(), v.parseBoolean()),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: boolean', { expected: 'boolean' }],
  ],
  [
    'what is no JSON',
    v.pipe(v.string(), v.parseJson()),
    '{hunter2',
    ['f', 'invalid_format', 'Invalid format; expected: json', { format: 'json' }],
  ],
  [
    'a check of the app, with its own message',
    v.pipe(
      v.string(),
      v.check(
        () => false,
        (issue) => `${issue.input} is bad`,
      ),
    ),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'a schema with its own message',
    v.string((issue) => `${String(issue.input)} is bad`),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a key of a record',
    v.record(v.pipe(v.string(), v.maxLength(3)), v.number()),
    { hunter2: 1 },
    ['f.hunter2', 'invalid_name', 'Invalid field name'],
  ],
  [
    'a value of a record',
    v.record(v.string(), v.number()),
    { 'a.b': 'x' },
    ['f["a.b"]', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'a key of a Map that is no text',
    v.map(v.string(), v.number()),
    new Map([[{}, 1]]),
    ['f[…]', 'invalid_name', 'Invalid field name'],
  ],
  ['a key that is unknown', v.strictObject({}), { 'b c': 2 }, ['f["b c"]', 'unknown_field', 'Unknown field']],
  [
    'an item deep inside',
    v.object({ items: v.array(v.object({ name: v.string() })) }),
    { items: [{ name: 'x' }, { name: 7 }] },
    ['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
]

describe('valibot', () => {
  for (const [what, schema, value, ...fields] of valibot) {
    test(`tells of ${what}`, async () => {
      expect(told(await thrownBy(() => v.parse(v.object({ f: schema }), inputOf(value))))).toEqual(
        invalid(...fields),
      )
    })
  }

  test('tells of fields that depend on each other at the one that the schema names', async () => {
    const schema = v.pipe(
      v.object({ a: v.string(), b: v.string() }),
      v.forward(
        v.partialCheck([['a'], ['b']], ({ a, b }) => a === b, 'They differ'),
        ['b'],
      ),
    )
    expect(told(await thrownBy(() => v.parse(schema, { a: 'x', b: 'y' })))).toEqual(
      invalid(['b', 'invalid', 'Invalid value']),
    )
  })

  test('an error of another shape is none of input', () => {
    const noIssues = Object.assign(new Error('x'), { name: 'ValiError' })
    const ofOthers = Object.assign(new Error('x'), {
      name: 'ValiError',
      issues: [{ message: 'x', path: ['a'] }],
    })
    expect([noIssues, ofOthers].map((error) => told(error))).toEqual([unrecognized, unrecognized])
  })
})
