import { Ajv, type AnySchemaObject } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv as AjvJtd } from 'ajv/dist/jtd.js'
import { describe, expect, test } from 'vitest'
import { inputOf, invalid, invalidAs, thrownBy, told, unrecognized, type Row } from './told.ts'

const formats = {
  email: /@/,
  uri: /:/,
  uuid: /-/,
  ipv6: /:/,
  date: /-/,
  'date-time': /T/,
  hostname: /\./,
  s3cret: /s/,
}
const options = { allErrors: true, strict: false, discriminator: true, formats }

const ajv = new Ajv(options)

const rows: readonly Row<AnySchemaObject>[] = [
  [
    'a number for a string',
    { type: 'string' },
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a boolean for one of several types',
    { type: ['string', 'null'] },
    true,
    ['f', 'invalid_type', 'Wrong type; expected: string, null', { expected: 'string, null' }],
  ],
  ['a string for an integer', { type: 'integer' }, 'x', ['f', 'not_integer', 'Must be a whole number']],
  [
    'another value than those of an enum',
    { enum: ['red', 's3cret'] },
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['another constant', { const: 's3cret' }, 'hunter2', ['f', 'not_allowed', 'Not one of the allowed values']],
  ['what can never be', { not: {} }, 7, ['f', 'invalid', 'Invalid value']],
  ['what must not be there', false as unknown as AnySchemaObject, 7, ['f', 'unknown_field', 'Unknown field']],
  ['a short text', { minLength: 3 }, 'x', ['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  ['a long text', { maxLength: 3 }, 'xxxx', ['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  ['few items', { minItems: 2 }, [1], ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  ['many items', { maxItems: 1 }, [1, 2], ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  [
    'an item too many',
    { items: [{}], additionalItems: false },
    [1, 2],
    ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
  ],
  [
    'an item twice',
    { uniqueItems: true },
    ['hunter2', 'hunter2'],
    ['f', 'duplicate_items', 'Duplicate items'],
  ],
  ['no item of a kind', { contains: { const: 's3cret' } }, ['hunter2'], ['f', 'invalid', 'Invalid value']],
  [
    'few fields',
    { minProperties: 2 },
    { a: 1 },
    ['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }],
  ],
  [
    'many fields',
    { maxProperties: 1 },
    { a: 1, b: 2 },
    ['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
  ],
  ['a small number', { minimum: 3 }, 1, ['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  ['a large number', { maximum: 3 }, 4, ['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  [
    'a number that is not greater',
    { exclusiveMinimum: 3 },
    3,
    ['f', 'not_greater', 'Must be greater than 3', { min: 3 }],
  ],
  [
    'a number that is not less',
    { exclusiveMaximum: 3 },
    3,
    ['f', 'not_less', 'Must be less than 3', { max: 3 }],
  ],
  ['no multiple', { multipleOf: 5 }, 7, ['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  ['a fraction for a multiple of 1', { multipleOf: 1 }, 1.5, ['f', 'not_integer', 'Must be a whole number']],
  ['no email', { format: 'email' }, 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  ['no URI', { format: 'uri' }, 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  ['no UUID', { format: 'uuid' }, 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no IPv6 address', { format: 'ipv6' }, 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  ['no date', { format: 'date' }, 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  ['no date and time', { format: 'date-time' }, 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  [
    'no hostname',
    { format: 'hostname' },
    'hunter2',
    ['f', 'invalid_format', 'Invalid format; expected: hostname', { format: 'hostname' }],
  ],
  ['a format of the app', { format: 's3cret' }, 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  ['another pattern', { pattern: '^s3cret' }, 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  [
    'none of several forms, but not what each of them asks for',
    { anyOf: [{ type: 'string' }, { type: 'number' }] },
    true,
    ['f', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'none of exactly one form',
    { oneOf: [{ type: 'string' }, { type: 'number' }] },
    true,
    ['f', 'no_match', 'Matches none of the allowed forms'],
  ],
  [
    'more than one of exactly one form',
    { oneOf: [{ type: 'number' }, { minimum: 1 }] },
    3,
    ['f', 'invalid', 'Invalid value'],
  ],
  [
    'none of the forms that a field tells apart',
    {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [{ properties: { kind: { const: 'a' } } }],
    },
    { kind: 'hunter2' },
    ['f.kind', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'a field that is missing',
    { type: 'object', required: ['a'] },
    {},
    ['f.a', 'required', 'This field is required'],
  ],
  [
    'fields that others ask for',
    { dependencies: { a: ['b', 'c'] } },
    { a: 1 },
    ['f.b', 'required', 'This field is required'],
    ['f.c', 'required', 'This field is required'],
  ],
  [
    'what a condition asks for, and not the condition',
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own keyword
    { if: { required: ['a'] }, then: { required: ['b'] } },
    { a: 1 },
    ['f.b', 'required', 'This field is required'],
  ],
  [
    'fields that are unknown',
    { properties: {}, additionalProperties: false },
    { a: 1, 'b/~c': 2 },
    ['f.a', 'unknown_field', 'Unknown field'],
    ['f["b/~c"]', 'unknown_field', 'Unknown field'],
  ],
  [
    'the name of a field',
    { propertyNames: { maxLength: 3 } },
    { hunter2: 1 },
    ['f.hunter2', 'invalid_name', 'Invalid field name'],
  ],
  [
    'an item deep inside',
    { properties: { items: { items: { properties: { name: { type: 'string' } } } } } },
    { items: [{ name: 'x' }, { name: 7 }] },
    ['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a key that is no identifier',
    { properties: { 'a/b~c': { type: 'string' } } },
    { 'a/b~c': 7 },
    ['f["a/b~c"]', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
]

describe('ajv', () => {
  for (const [what, schema, value, ...fields] of rows) {
    test(`tells of ${what}`, async () => {
      const validate = ajv.compile({ $async: true, type: 'object', properties: { f: schema } })
      expect(told(await thrownBy(() => validate(inputOf(value))))).toEqual(invalid(...fields))
    })
  }

  test('tells of what no other keyword has looked at', () => {
    const validate = new Ajv2019(options).compile({
      properties: {
        list: { items: [{}], unevaluatedItems: false },
        own: { dependentRequired: { a: ['b'] } },
      },
      unevaluatedProperties: false,
    })
    validate({ list: [1, 2], own: { a: 1 }, other: 1 })
    expect(told(validate.errors)).toEqual(
      invalid(
        ['list', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }],
        ['own.b', 'required', 'This field is required'],
        ['other', 'unknown_field', 'Unknown field'],
      ),
    )
  })

  test('tells of forms of JSON Type Definition', () => {
    const validate = new AjvJtd({ allErrors: true, validateSchema: false }).compile({
      properties: {
        age: { type: 'uint8' },
        size: { type: 'float64' },
        born: { type: 'timestamp' },
        color: { enum: ['red'] },
        tags: { elements: { type: 'string' } },
        name: { type: 'string' },
        pet: { discriminator: 'kind', mapping: { cat: { properties: {} } } },
        toy: { discriminator: 'kind', mapping: { ball: { properties: {} } } },
      },
    })
    const input = {
      age: -1,
      size: 'x',
      born: 'x',
      color: 'hunter2',
      tags: 'x',
      pet: { kind: 'dog' },
      toy: {},
      other: 1,
    }
    expect(validate(input)).toBe(false)
    expect(told(validate.errors)).toEqual(
      invalid(
        ['age', 'not_integer', 'Must be a whole number'],
        ['size', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
        ['born', 'invalid_date', 'Invalid date or time'],
        ['color', 'not_allowed', 'Not one of the allowed values'],
        ['tags', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
        ['name', 'required', 'This field is required'],
        ['pet.kind', 'not_allowed', 'Not one of the allowed values'],
        ['toy.kind', 'required', 'This field is required'],
        ['other', 'unknown_field', 'Unknown field'],
      ),
    )
  })

  test('tells the same when its errors are thrown as they are, or carried by another error', () => {
    const validate = ajv.compile({ required: ['a', 'b'], type: 'object' })
    validate({})
    const { errors } = validate
    const fields = invalid(
      ['a', 'required', 'This field is required'],
      ['b', 'required', 'This field is required'],
    )
    const carried = Object.assign(new Error('Invalid input'), { errors })
    const caused = new Error('Invalid input', { cause: errors })
    expect([errors, carried, caused].map((error) => told(error))).toEqual([fields, fields, fields])
  })

  test('takes no value from verbose errors unless the app exposes values', () => {
    const validate = new Ajv({ ...options, verbose: true }).compile({ properties: { a: { type: 'number' } } })
    validate({ a: 'hunter2' })
    const field = {
      path: 'a',
      code: 'invalid_type',
      message: 'Wrong type; expected: number',
      params: { expected: 'number' },
    }
    expect(told(validate.errors)).toEqual(invalidAs([field]))
    expect(told(validate.errors, { reveal: { values: true } })).toEqual(
      invalidAs([{ ...field, value: 'hunter2' }]),
    )
  })

  test('errors of others are none of its', () => {
    const many = Array.from({ length: 3 }, () => ({ keyword: 'required', instancePath: '/a' }))
    const others = [
      many,
      { errors: many },
      { errors: 'x' },
      { errors: [] },
      [],
      new AggregateError([new Error('x')]),
    ]
    expect(others.map((thrown) => told(thrown))).toEqual(others.map(() => unrecognized))
  })
})
