import { Validator, type Schema } from 'jsonschema'
import { field } from './answered.ts'
import { becomes } from './becomes.ts'

const secret = 'hunter2'
const validator = new Validator()

const schema: Schema = {
  type: 'object',
  required: ['missing'],
  additionalProperties: false,
  minProperties: 20,
  dependencies: { name: ['other'] },
  properties: {
    name: { type: 'string', minLength: 8, pattern: '^s3cret' },
    long: { maxLength: 1 },
    list: { type: 'array', items: { type: 'integer' }, minItems: 5, uniqueItems: true },
    nullable: { type: ['string', 'null'] },
    form: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    one: { oneOf: [{ type: 'string' }, { minLength: 1 }] },
    all: { allOf: [{ minimum: 3 }, { multipleOf: 2 }] },
    email: { format: 'email' },
    custom: { pattern: 's3cret' },
    color: { enum: ['red', 's3cret'] },
    fixed: { const: 's3cret' },
    old: { minimum: 1, exclusiveMinimum: true } as unknown as Schema,
    new: { exclusiveMaximum: 1 },
    never: false as unknown as Schema,
    date: { type: 'date' },
  },
}

const input = {
  name: secret,
  long: secret,
  list: [1.5, 1.5],
  nullable: 7,
  form: true,
  one: secret,
  all: 1,
  email: secret,
  custom: secret,
  color: secret,
  fixed: secret,
  old: 1,
  new: 1,
  never: secret,
  date: secret,
  extra: secret,
}

const crowd = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, secret]))

const fields = [
  field('missing', 'required'),
  field('extra', 'unknown_field'),
  field('', 'too_few_items', { min: 20 }),
  field('', 'invalid_combination'),
  field('name', 'too_short', { min: 8 }),
  field('name', 'invalid_format'),
  field('long', 'too_long', { max: 1 }),
  field('list[0]', 'not_integer'),
  field('list[1]', 'not_integer'),
  field('list', 'too_few_items', { min: 5 }),
  field('list', 'duplicate_items'),
  field('nullable', 'invalid_type', { expected: 'string, null' }),
  field('form', 'no_match'),
  field('one', 'invalid'),
  field('all', 'too_small', { min: 3 }),
  field('all', 'not_multiple', { step: 2 }),
  field('email', 'invalid_email'),
  field('custom', 'invalid_format'),
  field('color', 'not_allowed'),
  field('fixed', 'not_allowed'),
  field('old', 'not_greater', { min: 1 }),
  field('new', 'not_less', { max: 1 }),
  field('never', 'unknown_field'),
  field('date', 'invalid_date'),
]

becomes('R10: what jsonschema throws and returns', [
  {
    what: 'all errors of an input',
    fail: () => validator.validate(input, schema, { throwAll: true }),
    becomes: 'validation-failed',
    fields,
    logged: { type: 'ValidatorResultError' },
  },
  {
    what: 'the first error in its own class',
    fail: () =>
      validator.validate({ missing: 1, name: 7 }, { ...schema, minProperties: 0 }, { throwFirst: true }),
    becomes: 'validation-failed',
    fields: [field('missing', 'unknown_field')],
  },
  {
    what: 'the first error alone',
    fail: () =>
      validator.validate({ name: 'x' }, { properties: { name: { minLength: 8 } } }, { throwError: true }),
    becomes: 'validation-failed',
    fields: [field('name', 'too_short', { min: 8 })],
  },
  {
    what: 'the result',
    fail: () => {
      throw validator.validate(input, schema) as unknown
    },
    becomes: 'validation-failed',
    fields,
  },
  {
    what: 'the errors of a result',
    fail: () => {
      throw validator.validate(input, schema).errors as unknown
    },
    becomes: 'validation-failed',
    fields,
  },
  {
    what: 'a field that its own schema requires',
    fail: () => validator.validate({}, { properties: { a: { required: true } } }, { throwAll: true }),
    becomes: 'validation-failed',
    fields: [field('a', 'required')],
  },
  {
    what: 'a key that is not an identifier',
    fail: () =>
      validator.validate(
        { 'a.b': { 'c"': 1 } },
        { properties: { 'a.b': { properties: { 'c"': { type: 'string' } } } } },
        { throwAll: true },
      ),
    becomes: 'validation-failed',
    fields: [field('["a.b"]["c\\""]', 'invalid_type', { expected: 'string' })],
  },
  {
    what: '100,000 fields that are unknown',
    fail: () => validator.validate(crowd, { additionalProperties: false }, { throwAll: true }),
    becomes: 'validation-failed',
    fields: Object.keys(crowd)
      .slice(0, 50)
      .map((name) => field(name, 'unknown_field')),
  },
  {
    what: 'a schema that refers to nothing',
    fail: () => validator.validate({}, { $ref: 'http://localhost/nowhere' }),
    becomes: undefined,
    logged: { type: 'SchemaError' },
  },
  {
    what: 'a schema that is none',
    fail: () => validator.validate({}, undefined as unknown as Schema),
    becomes: undefined,
  },
])
