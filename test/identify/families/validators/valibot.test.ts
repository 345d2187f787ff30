import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { absent, inputOf, invalid, titleOf, told, unrecognized, wrongType, type Row } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

const valibot: readonly Row<v.GenericSchema>[] = [
  {
    what: 'a field that is missing',
    schema: v.string(),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'a field that is undefined',
    schema: v.string(),
    value: undefined,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'a union that is missing',
    schema: v.union([v.string(), v.number()]),
    value: undefined,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'the text undefined for a number',
    schema: v.number(),
    value: 'undefined',
    fields: [wrongType('number')],
  },
  {
    what: 'null for what is not nullable',
    schema: v.nonNullable(v.nullable(v.string())),
    value: null,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'null for what is neither optional nor nullable',
    schema: v.nonNullish(v.nullish(v.string())),
    value: null,
    fields: [['f', 'required', 'This field is required']],
  },
  { what: 'a number for a string', schema: v.string(), value: 7, fields: [wrongType('string')] },
  { what: 'a string for a bigint', schema: v.bigint(), value: 'x', fields: [wrongType('bigint')] },
  { what: 'a string for an array', schema: v.array(v.string()), value: 'x', fields: [wrongType('array')] },
  { what: 'a string for an object', schema: v.object({}), value: 'x', fields: [wrongType('object')] },
  {
    what: 'a string for a variant',
    schema: v.variant('kind', [v.object({ kind: v.literal('a') })]),
    value: 'x',
    fields: [wrongType('object')],
  },
  {
    what: 'a string for an instance, which has no name for clients',
    schema: v.instance(URL),
    value: 'x',
    fields: [['f', 'invalid_type', 'Wrong type']],
  },
  {
    what: 'a date that is none',
    schema: v.date(),
    value: new Date(NaN),
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'what must not be there',
    schema: v.undefined_(),
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'what can never be',
    schema: v.never(),
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'another word than those of a picklist',
    schema: v.picklist(['red', 'blue']),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another literal',
    schema: v.literal('s3cret'),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another value than those of an enum',
    schema: v.enum({ red: 1 }),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'none of a union',
    schema: v.union([v.string(), v.number()]),
    value: true,
    fields: [['f', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'none of a variant',
    schema: v.variant('kind', [v.object({ kind: v.literal('a') }), v.object({ kind: v.literal('b') })]),
    value: { kind: 'hunter2' },
    fields: [['f.kind', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'a variant without its kind',
    schema: v.variant('kind', [v.object({ kind: v.literal('a') }), v.object({ kind: v.literal('b') })]),
    value: {},
    fields: [['f.kind', 'required', 'This field is required']],
  },
  {
    what: 'an intersection that does not merge',
    schema: v.intersect([
      v.pipe(
        v.string(),
        v.transform(() => 1),
      ),
      v.pipe(
        v.string(),
        v.transform(() => 2),
      ),
    ]),
    value: 'x',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a short text',
    schema: v.pipe(v.string(), v.minLength(3)),
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'a long text',
    schema: v.pipe(v.string(), v.maxLength(3)),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  },
  {
    what: 'a text of another length',
    schema: v.pipe(v.string(), v.length(3)),
    value: 'x',
    fields: [['f', 'wrong_length', 'Wrong length; expected: 3', { length: 3 }]],
  },
  {
    what: 'an empty text',
    schema: v.pipe(v.string(), v.nonEmpty()),
    value: '',
    fields: [['f', 'too_short', 'Too short; minimum length: 1', { min: 1 }]],
  },
  {
    what: 'few graphemes',
    schema: v.pipe(v.string(), v.minGraphemes(3)),
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'many bytes, which are no characters',
    schema: v.pipe(v.string(), v.maxBytes(3)),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long']],
  },
  {
    what: 'few words, which are no characters',
    schema: v.pipe(v.string(), v.minWords('en', 3)),
    value: 'x',
    fields: [['f', 'too_short', 'Too short']],
  },
  {
    what: 'few items',
    schema: v.pipe(v.array(v.number()), v.minLength(2)),
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'an empty list',
    schema: v.pipe(v.array(v.number()), v.nonEmpty()),
    value: [],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 1', { min: 1 }]],
  },
  {
    what: 'many entries',
    schema: v.pipe(v.record(v.string(), v.number()), v.maxEntries(1)),
    value: { a: 1, b: 2 },
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'a Set that is too large',
    schema: v.pipe(v.set(v.number()), v.maxSize(1)),
    value: new Set([1, 2]),
    fields: [['f', 'too_large', 'Too large; maximum: 1', { max: 1 }]],
  },
  {
    what: 'an item too many',
    schema: v.strictTuple([v.string()]),
    value: ['x', 'y'],
    fields: [['f[1]', 'too_many_items', 'Too many items']],
  },
  {
    what: 'an item that is missing',
    schema: v.tuple([v.string()]),
    value: [],
    fields: [['f[0]', 'required', 'This field is required']],
  },
  {
    what: 'a small number',
    schema: v.pipe(v.number(), v.minValue(3)),
    value: 1,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  },
  {
    what: 'a large number',
    schema: v.pipe(v.number(), v.maxValue(3)),
    value: 4,
    fields: [['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  },
  {
    what: 'a number that is not greater',
    schema: v.pipe(v.number(), v.gtValue(3)),
    value: 3,
    fields: [['f', 'not_greater', 'Must be greater than 3', { min: 3 }]],
  },
  {
    what: 'a number that is not less',
    schema: v.pipe(v.number(), v.ltValue(3)),
    value: 3,
    fields: [['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  },
  {
    what: 'a small bigint',
    schema: v.pipe(v.bigint(), v.minValue(3n)),
    value: 1n,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: '3' }]],
  },
  {
    what: 'a text that sorts too early, whose limit is a text',
    schema: v.pipe(v.string(), v.minValue('s3cret')),
    value: 'a',
    fields: [['f', 'too_small', 'Too small']],
  },
  {
    what: 'an early date',
    schema: v.pipe(v.date(), v.minValue(new Date('2030-01-01'))),
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
    what: 'a date that is not later',
    schema: v.pipe(v.date(), v.gtValue(new Date('2030-01-01'))),
    value: new Date(0),
    fields: [['f', 'too_early', 'Too early']],
  },
  {
    what: 'no multiple',
    schema: v.pipe(v.number(), v.multipleOf(5)),
    value: 7,
    fields: [['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  },
  {
    what: 'a fraction for an integer',
    schema: v.pipe(v.number(), v.integer()),
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  {
    what: 'a number that is not allowed',
    schema: v.pipe(v.number(), v.notValue(7)),
    value: 7,
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'no email',
    schema: v.pipe(v.string(), v.email()),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no email of RFC 5322',
    schema: v.pipe(v.string(), v.rfcEmail()),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no URL',
    schema: v.pipe(v.string(), v.url()),
    value: 'hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'no UUID',
    schema: v.pipe(v.string(), v.uuid()),
    value: 'hunter2',
    fields: [['f', 'invalid_uuid', 'Invalid UUID']],
  },
  {
    what: 'no IP address',
    schema: v.pipe(v.string(), v.ip()),
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no ISO date',
    schema: v.pipe(v.string(), v.isoDate()),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no ISO timestamp',
    schema: v.pipe(v.string(), v.isoTimestamp()),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no color',
    schema: v.pipe(v.string(), v.hexColor()),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: hex_color', { format: 'hex_color' }]],
  },
  {
    what: 'another pattern',
    schema: v.pipe(v.string(), v.regex(/^s3cret/)),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'another start',
    schema: v.pipe(v.string(), v.startsWith('s3cret')),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'without what it must include',
    schema: v.pipe(v.string(), v.includes('s3cret')),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'what cannot become a number',
    schema: v.pipe(v.string(), v.toNumber()),
    value: 'hunter2',
    fields: [wrongType('number')],
  },
  {
    what: 'what cannot become a date',
    schema: v.pipe(v.string(), v.toDate()),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'what cannot become a boolean',
    schema: v.pipe(v.string(), v.parseBoolean()),
    value: 'hunter2',
    fields: [wrongType('boolean')],
  },
  {
    what: 'what is no JSON',
    schema: v.pipe(v.string(), v.parseJson()),
    value: '{hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: json', { format: 'json' }]],
  },
  {
    what: 'a check of the app, with its own message',
    schema: v.pipe(
      v.string(),
      v.check(
        () => false,
        (issue) => `${issue.input} is bad`,
      ),
    ),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'a schema with its own message',
    schema: v.string((issue) => `${String(issue.input)} is bad`),
    value: 7,
    fields: [wrongType('string')],
  },
  {
    what: 'a key of a record',
    schema: v.record(v.pipe(v.string(), v.maxLength(3)), v.number()),
    value: { hunter2: 1 },
    fields: [['f.hunter2', 'invalid_name', 'Invalid field name']],
  },
  {
    what: 'a value of a record',
    schema: v.record(v.string(), v.number()),
    value: { 'a.b': 'x' },
    fields: [['f["a.b"]', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }]],
  },
  {
    what: 'a key of a Map that is no text',
    schema: v.map(v.string(), v.number()),
    value: new Map([[{}, 1]]),
    fields: [['f[…]', 'invalid_name', 'Invalid field name']],
  },
  {
    what: 'a key that is unknown',
    schema: v.strictObject({}),
    value: { 'b c': 2 },
    fields: [['f["b c"]', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'an item deep inside',
    schema: v.object({ items: v.array(v.object({ name: v.string() })) }),
    value: { items: [{ name: 'x' }, { name: 7 }] },
    fields: [['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
]

describe('valibot', () => {
  for (const { what, schema, value, fields } of valibot) {
    test(titleOf({ what, fields }), async () => {
      expect(told(await failureOf(() => v.parse(v.object({ f: schema }), inputOf(value))))).toEqual(
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
    expect(told(await failureOf(() => v.parse(schema, { a: 'x', b: 'y' })))).toEqual(
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
