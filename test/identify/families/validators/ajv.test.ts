import { Ajv, type AnySchemaObject } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv as AjvJtd } from 'ajv/dist/jtd.js'
import { describe, expect, test } from 'vitest'
import { inputOf, invalid, invalidAs, titleOf, told, unrecognized, wrongType, type Row } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

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
  { what: 'a number for a string', schema: { type: 'string' }, value: 7, fields: [wrongType('string')] },
  {
    what: 'a boolean for one of several types',
    schema: { type: ['string', 'null'] },
    value: true,
    fields: [['f', 'invalid_type', 'Wrong type; expected: string or null', { expected: 'string, null' }]],
  },
  {
    what: 'a string for an integer',
    schema: { type: 'integer' },
    value: 'x',
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  {
    what: 'another value than those of an enum',
    schema: { enum: ['red', 's3cret'] },
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another constant',
    schema: { const: 's3cret' },
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  { what: 'what can never be', schema: { not: {} }, value: 7, fields: [['f', 'invalid', 'Invalid value']] },
  {
    what: 'what must not be there',
    schema: false as unknown as AnySchemaObject,
    value: 7,
    fields: [['f', 'unknown_field', 'Unknown field']],
  },
  {
    what: 'a short text',
    schema: { minLength: 3 },
    value: 'x',
    fields: [['f', 'too_short', 'Too short; minimum length: 3', { min: 3 }]],
  },
  {
    what: 'a long text',
    schema: { maxLength: 3 },
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long; maximum length: 3', { max: 3 }]],
  },
  {
    what: 'few items',
    schema: { minItems: 2 },
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'many items',
    schema: { maxItems: 1 },
    value: [1, 2],
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'an item too many',
    schema: { items: [{}], additionalItems: false },
    value: [1, 2],
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'an item twice',
    schema: { uniqueItems: true },
    value: ['hunter2', 'hunter2'],
    fields: [['f', 'duplicate_items', 'Duplicate items']],
  },
  {
    what: 'no item of a kind',
    schema: { contains: { const: 's3cret' } },
    value: ['hunter2'],
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'few fields',
    schema: { minProperties: 2 },
    value: { a: 1 },
    fields: [['f', 'too_few_items', 'Too few items; minimum: 2', { min: 2 }]],
  },
  {
    what: 'many fields',
    schema: { maxProperties: 1 },
    value: { a: 1, b: 2 },
    fields: [['f', 'too_many_items', 'Too many items; maximum: 1', { max: 1 }]],
  },
  {
    what: 'a small number',
    schema: { minimum: 3 },
    value: 1,
    fields: [['f', 'too_small', 'Too small; minimum: 3', { min: 3 }]],
  },
  {
    what: 'a large number',
    schema: { maximum: 3 },
    value: 4,
    fields: [['f', 'too_large', 'Too large; maximum: 3', { max: 3 }]],
  },
  {
    what: 'a number that is not greater',
    schema: { exclusiveMinimum: 3 },
    value: 3,
    fields: [['f', 'not_greater', 'Must be greater than 3', { min: 3 }]],
  },
  {
    what: 'a number that is not less',
    schema: { exclusiveMaximum: 3 },
    value: 3,
    fields: [['f', 'not_less', 'Must be less than 3', { max: 3 }]],
  },
  {
    what: 'no multiple',
    schema: { multipleOf: 5 },
    value: 7,
    fields: [['f', 'not_multiple', 'Must be a multiple of 5', { step: 5 }]],
  },
  {
    what: 'a fraction for a multiple of 1',
    schema: { multipleOf: 1 },
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  {
    what: 'no email',
    schema: { format: 'email' },
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no URI',
    schema: { format: 'uri' },
    value: 'hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'no UUID',
    schema: { format: 'uuid' },
    value: 'hunter2',
    fields: [['f', 'invalid_uuid', 'Invalid UUID']],
  },
  {
    what: 'no IPv6 address',
    schema: { format: 'ipv6' },
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no date',
    schema: { format: 'date' },
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no date and time',
    schema: { format: 'date-time' },
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no hostname',
    schema: { format: 'hostname' },
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: hostname', { format: 'hostname' }]],
  },
  {
    what: 'a format of the app',
    schema: { format: 's3cret' },
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'another pattern',
    schema: { pattern: '^s3cret' },
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'none of several forms, but not what each of them asks for',
    schema: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    value: true,
    fields: [['f', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'none of exactly one form',
    schema: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    value: true,
    fields: [['f', 'no_match', 'Matches none of the allowed forms']],
  },
  {
    what: 'more than one of exactly one form',
    schema: { oneOf: [{ type: 'number' }, { minimum: 1 }] },
    value: 3,
    fields: [['f', 'invalid', 'Invalid value']],
  },
  {
    what: 'none of the forms that a field tells apart',
    schema: {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [{ properties: { kind: { const: 'a' } } }],
    },
    value: { kind: 'hunter2' },
    fields: [['f.kind', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'a field that is missing',
    schema: { type: 'object', required: ['a'] },
    value: {},
    fields: [['f.a', 'required', 'This field is required']],
  },
  {
    what: 'fields that others ask for',
    schema: { dependencies: { a: ['b', 'c'] } },
    value: { a: 1 },
    fields: [
      ['f.b', 'required', 'This field is required'],
      ['f.c', 'required', 'This field is required'],
    ],
  },
  {
    what: 'what a condition asks for, and not the condition',
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own keyword
    schema: { if: { required: ['a'] }, then: { required: ['b'] } },
    value: { a: 1 },
    fields: [['f.b', 'required', 'This field is required']],
  },
  {
    what: 'fields that are unknown',
    schema: { properties: {}, additionalProperties: false },
    value: { a: 1, 'b/~c': 2 },
    fields: [
      ['f.a', 'unknown_field', 'Unknown field'],
      ['f["b/~c"]', 'unknown_field', 'Unknown field'],
    ],
  },
  {
    what: 'the name of a field',
    schema: { propertyNames: { maxLength: 3 } },
    value: { hunter2: 1 },
    fields: [['f.hunter2', 'invalid_name', 'Invalid field name']],
  },
  {
    what: 'an item deep inside',
    schema: { properties: { items: { items: { properties: { name: { type: 'string' } } } } } },
    value: { items: [{ name: 'x' }, { name: 7 }] },
    fields: [['f.items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
  {
    what: 'a key that is no identifier',
    schema: { properties: { 'a/b~c': { type: 'string' } } },
    value: { 'a/b~c': 7 },
    fields: [['f["a/b~c"]', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }]],
  },
]

describe('ajv', () => {
  for (const { what, schema, value, fields } of rows) {
    test(titleOf({ what, fields }), async () => {
      const validate = ajv.compile({ $async: true, type: 'object', properties: { f: schema } })
      expect(told(await failureOf(() => validate(inputOf(value))))).toEqual(invalid(...fields))
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
