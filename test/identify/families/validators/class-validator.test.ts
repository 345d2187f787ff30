import * as validator from 'class-validator'
import { describe, expect, test } from 'vitest'
import { recognize } from '../../../../src/identify/recognize.ts'
import { absent, invalid, titleOf, told, unrecognized, wrongType, type Row } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

const facts = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

const rows: readonly Row<PropertyDecorator>[] = [
  {
    what: 'a field that is missing',
    schema: validator.IsString(),
    value: absent,
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'an empty field',
    schema: validator.IsNotEmpty(),
    value: '',
    fields: [['f', 'required', 'This field is required']],
  },
  {
    what: 'null for what must be defined',
    schema: validator.IsDefined(),
    value: null,
    fields: [['f', 'required', 'This field is required']],
  },
  { what: 'a number for a string', schema: validator.IsString(), value: 7, fields: [wrongType('string')] },
  {
    what: 'a string for a number',
    schema: validator.IsNumber(),
    value: 'hunter2',
    fields: [wrongType('number')],
  },
  {
    what: 'a string for a boolean',
    schema: validator.IsBoolean(),
    value: 'hunter2',
    fields: [wrongType('boolean')],
  },
  {
    what: 'a string for an array',
    schema: validator.IsArray(),
    value: 'hunter2',
    fields: [wrongType('array')],
  },
  {
    what: 'a string for an object',
    schema: validator.IsObject(),
    value: 'hunter2',
    fields: [wrongType('object')],
  },
  {
    what: 'a string for a date',
    schema: validator.IsDate(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'an object of another class',
    schema: validator.IsInstance(URL),
    value: {},
    fields: [['f', 'invalid_type', 'Wrong type']],
  },
  {
    what: 'a string for what has fields of its own',
    schema: validator.ValidateNested(),
    value: 'hunter2',
    fields: [wrongType('object')],
  },
  {
    what: 'another value than those allowed',
    schema: validator.IsIn(['red', 's3cret']),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another value than those of an enum',
    schema: validator.IsEnum({ red: 's3cret' }),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'another constant',
    schema: validator.Equals('s3cret'),
    value: 'hunter2',
    fields: [['f', 'not_allowed', 'Not one of the allowed values']],
  },
  {
    what: 'a short text',
    schema: validator.MinLength(3),
    value: 'x',
    fields: [['f', 'too_short', 'Too short']],
  },
  {
    what: 'a long text',
    schema: validator.MaxLength(3),
    value: 'xxxx',
    fields: [['f', 'too_long', 'Too long']],
  },
  {
    what: 'a text of another length',
    schema: validator.Length(3, 3),
    value: 'x',
    fields: [['f', 'wrong_length', 'Wrong length']],
  },
  {
    what: 'few items',
    schema: validator.ArrayMinSize(2),
    value: [1],
    fields: [['f', 'too_few_items', 'Too few items']],
  },
  {
    what: 'no items',
    schema: validator.ArrayNotEmpty(),
    value: [],
    fields: [['f', 'too_few_items', 'Too few items']],
  },
  {
    what: 'many items',
    schema: validator.ArrayMaxSize(1),
    value: [1, 2],
    fields: [['f', 'too_many_items', 'Too many items']],
  },
  {
    what: 'an item twice',
    schema: validator.ArrayUnique(),
    value: ['hunter2', 'hunter2'],
    fields: [['f', 'duplicate_items', 'Duplicate items']],
  },
  { what: 'a small number', schema: validator.Min(3), value: 1, fields: [['f', 'too_small', 'Too small']] },
  { what: 'a large number', schema: validator.Max(3), value: 4, fields: [['f', 'too_large', 'Too large']] },
  {
    what: 'a number that is not positive',
    schema: validator.IsPositive(),
    value: 0,
    fields: [['f', 'not_greater', 'Must be greater than 0', { min: 0 }]],
  },
  {
    what: 'a number that is not negative',
    schema: validator.IsNegative(),
    value: 0,
    fields: [['f', 'not_less', 'Must be less than 0', { max: 0 }]],
  },
  {
    what: 'a fraction for an integer',
    schema: validator.IsInt(),
    value: 1.5,
    fields: [['f', 'not_integer', 'Must be a whole number']],
  },
  {
    what: 'no multiple',
    schema: validator.IsDivisibleBy(5),
    value: 7,
    fields: [['f', 'not_multiple', 'Not an allowed multiple']],
  },
  {
    what: 'an early date',
    schema: validator.MinDate(new Date('2030-01-01')),
    value: new Date(0),
    fields: [['f', 'too_early', 'Too early']],
  },
  {
    what: 'a late date',
    schema: validator.MaxDate(new Date('2030-01-01')),
    value: new Date('2031-01-01'),
    fields: [['f', 'too_late', 'Too late']],
  },
  {
    what: 'no email',
    schema: validator.IsEmail(),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'no URL',
    schema: validator.IsUrl(),
    value: 'hunter2',
    fields: [['f', 'invalid_url', 'Invalid URL']],
  },
  {
    what: 'no UUID',
    schema: validator.IsUUID(),
    value: 'hunter2',
    fields: [['f', 'invalid_uuid', 'Invalid UUID']],
  },
  {
    what: 'no IP address',
    schema: validator.IsIP(),
    value: 'hunter2',
    fields: [['f', 'invalid_ip', 'Invalid IP address']],
  },
  {
    what: 'no ISO date',
    schema: validator.IsISO8601(),
    value: 'hunter2',
    fields: [['f', 'invalid_date', 'Invalid date or time']],
  },
  {
    what: 'no IBAN',
    schema: validator.IsIBAN(),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: IBAN', { format: 'IBAN' }]],
  },
  {
    what: 'no hexadecimal',
    schema: validator.IsHexadecimal(),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format; expected: Hexadecimal', { format: 'Hexadecimal' }]],
  },
  {
    what: 'another pattern',
    schema: validator.Matches(/^s3cret/),
    value: 'hunter2',
    fields: [['f', 'invalid_format', 'Invalid format']],
  },
  {
    what: 'items that are no email',
    schema: validator.IsEmail({}, { each: true }),
    value: ['hunter2'],
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'a check with a message of the app',
    schema: validator.IsEmail({}, { message: '$value is bad' }),
    value: 'hunter2',
    fields: [['f', 'invalid_email', 'Invalid email address']],
  },
  {
    what: 'a check of the app',
    schema: validator.ValidateBy({ name: 's3cret', validator: { validate: () => false } }),
    value: 'hunter2',
    fields: [['f', 'invalid', 'Invalid value']],
  },
]

/** An object of a class whose fields are decorated, which this does without a compiler. */
function decorated(decorators: Readonly<Record<string, PropertyDecorator>>, values: object): object {
  class Input extends Object {}
  for (const [name, decorate] of Object.entries(decorators)) decorate(Input.prototype, name)
  return Object.assign(new Input(), values)
}

describe('class-validator', () => {
  for (const { what, schema: decorate, value, fields } of rows) {
    test(titleOf({ what, fields }), async () => {
      const input = decorated({ f: decorate }, value === absent ? {} : { f: value })
      expect(told(await failureOf(() => validator.validateOrReject(input)))).toEqual(invalid(...fields))
    })
  }

  test('tells of fields deep inside, of unknown ones, and once of one that is missing', async () => {
    const name = decorated({ name: validator.IsString() }, { name: 7 })
    const input = decorated(
      { items: validator.ValidateNested(), title: validator.IsString() },
      { items: [decorated({ name: validator.IsString() }, { name: 'x' }), name], 'b c': undefined },
    )
    validator.MinLength(3)(Object.getPrototypeOf(input) as object, 'title')
    const options = { whitelist: true, forbidNonWhitelisted: true }
    expect(told(await failureOf(() => validator.validateOrReject(input, options)))).toEqual(
      invalid(
        ['["b c"]', 'unknown_field', 'Unknown field'],
        ['title', 'required', 'This field is required'],
        ['items[1].name', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
      ),
    )
  })

  test('tells what is wrong, not that it is missing, where values are hidden', async () => {
    const input = decorated({ a: validator.IsEmail() }, { a: 'hunter2' })
    const options = { validationError: { value: false, target: false } }
    expect(told(await failureOf(() => validator.validateOrReject(input, options)))).toEqual(
      invalid(['a', 'invalid_email', 'Invalid email address']),
    )
  })

  test('has a field code for every decorator but those that no field code says', () => {
    const names = Object.values(validator).filter((name) => typeof name === 'string')
    const unsaid = names.filter((name) => {
      const error = { property: 'f', value: 1, children: [], constraints: { [name]: 'x' } }
      return recognize([error], facts)!.fields?.[0]?.code === 'invalid'
    })
    expect(names.length).toBeGreaterThan(90)
    expect(unsaid.sort()).toEqual([
      'arrayContains',
      'arrayNotContains',
      'contains',
      'isEmpty',
      'isOptional',
      'notContains',
    ])
  })

  test('an array of something else is none of its', () => {
    const others = [
      [{ property: 'a' }],
      [{ property: 7, children: [], constraints: { isEmail: 'x' } }],
      [null],
      ['x'],
    ]
    expect(others.map((thrown) => told(thrown))).toEqual(others.map(() => unrecognized))
  })
})
