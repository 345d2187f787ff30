import * as validator from 'class-validator'
import { describe, expect, test } from 'vitest'
import { recognize } from '../../../../src/identify/recognize.ts'
import { absent, invalid, thrownBy, told, unrecognized, type Row } from './told.ts'

const facts = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

const rows: readonly Row<PropertyDecorator>[] = [
  ['a field that is missing', validator.IsString(), absent, ['f', 'required', 'This field is required']],
  ['an empty field', validator.IsNotEmpty(), '', ['f', 'required', 'This field is required']],
  ['null for what must be defined', validator.IsDefined(), null, ['f', 'required', 'This field is required']],
  [
    'a number for a string',
    validator.IsString(),
    7,
    ['f', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
  ],
  [
    'a string for a number',
    validator.IsNumber(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: number', { expected: 'number' }],
  ],
  [
    'a string for a boolean',
    validator.IsBoolean(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: boolean', { expected: 'boolean' }],
  ],
  [
    'a string for an array',
    validator.IsArray(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: array', { expected: 'array' }],
  ],
  [
    'a string for an object',
    validator.IsObject(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  ['a string for a date', validator.IsDate(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  ['an object of another class', validator.IsInstance(URL), {}, ['f', 'invalid_type', 'Wrong type']],
  [
    'a string for what has fields of its own',
    validator.ValidateNested(),
    'hunter2',
    ['f', 'invalid_type', 'Wrong type; expected: object', { expected: 'object' }],
  ],
  [
    'another value than those allowed',
    validator.IsIn(['red', 's3cret']),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'another value than those of an enum',
    validator.IsEnum({ red: 's3cret' }),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  [
    'another constant',
    validator.Equals('s3cret'),
    'hunter2',
    ['f', 'not_allowed', 'Not one of the allowed values'],
  ],
  ['a short text', validator.MinLength(3), 'x', ['f', 'too_short', 'Too short']],
  ['a long text', validator.MaxLength(3), 'xxxx', ['f', 'too_long', 'Too long']],
  ['a text of another length', validator.Length(3, 3), 'x', ['f', 'wrong_length', 'Wrong length']],
  ['few items', validator.ArrayMinSize(2), [1], ['f', 'too_few_items', 'Too few items']],
  ['no items', validator.ArrayNotEmpty(), [], ['f', 'too_few_items', 'Too few items']],
  ['many items', validator.ArrayMaxSize(1), [1, 2], ['f', 'too_many_items', 'Too many items']],
  [
    'an item twice',
    validator.ArrayUnique(),
    ['hunter2', 'hunter2'],
    ['f', 'duplicate_items', 'Duplicate items'],
  ],
  ['a small number', validator.Min(3), 1, ['f', 'too_small', 'Too small']],
  ['a large number', validator.Max(3), 4, ['f', 'too_large', 'Too large']],
  [
    'a number that is not positive',
    validator.IsPositive(),
    0,
    ['f', 'not_greater', 'Must be greater than 0', { min: 0 }],
  ],
  [
    'a number that is not negative',
    validator.IsNegative(),
    0,
    ['f', 'not_less', 'Must be less than 0', { max: 0 }],
  ],
  ['a fraction for an integer', validator.IsInt(), 1.5, ['f', 'not_integer', 'Must be a whole number']],
  ['no multiple', validator.IsDivisibleBy(5), 7, ['f', 'not_multiple', 'Not an allowed multiple']],
  ['an early date', validator.MinDate(new Date('2030-01-01')), new Date(0), ['f', 'too_early', 'Too early']],
  [
    'a late date',
    validator.MaxDate(new Date('2030-01-01')),
    new Date('2031-01-01'),
    ['f', 'too_late', 'Too late'],
  ],
  ['no email', validator.IsEmail(), 'hunter2', ['f', 'invalid_email', 'Invalid email address']],
  ['no URL', validator.IsUrl(), 'hunter2', ['f', 'invalid_url', 'Invalid URL']],
  ['no UUID', validator.IsUUID(), 'hunter2', ['f', 'invalid_uuid', 'Invalid UUID']],
  ['no IP address', validator.IsIP(), 'hunter2', ['f', 'invalid_ip', 'Invalid IP address']],
  ['no ISO date', validator.IsISO8601(), 'hunter2', ['f', 'invalid_date', 'Invalid date or time']],
  [
    'no IBAN',
    validator.IsIBAN(),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format; expected: IBAN', { format: 'IBAN' }],
  ],
  [
    'no hexadecimal',
    validator.IsHexadecimal(),
    'hunter2',
    ['f', 'invalid_format', 'Invalid format; expected: Hexadecimal', { format: 'Hexadecimal' }],
  ],
  ['another pattern', validator.Matches(/^s3cret/), 'hunter2', ['f', 'invalid_format', 'Invalid format']],
  [
    'items that are no email',
    validator.IsEmail({}, { each: true }),
    ['hunter2'],
    ['f', 'invalid_email', 'Invalid email address'],
  ],
  [
    'a check with a message of the app',
    validator.IsEmail({}, { message: '$value is bad' }),
    'hunter2',
    ['f', 'invalid_email', 'Invalid email address'],
  ],
  [
    'a check of the app',
    validator.ValidateBy({ name: 's3cret', validator: { validate: () => false } }),
    'hunter2',
    ['f', 'invalid', 'Invalid value'],
  ],
]

/** An object of a class whose fields are decorated, which this does without a compiler. */
function decorated(decorators: Readonly<Record<string, PropertyDecorator>>, values: object): object {
  class Input extends Object {}
  for (const [name, decorate] of Object.entries(decorators)) decorate(Input.prototype, name)
  return Object.assign(new Input(), values)
}

describe('class-validator', () => {
  for (const [what, decorate, value, ...fields] of rows) {
    test(`tells of ${what}`, async () => {
      const input = decorated({ f: decorate }, value === absent ? {} : { f: value })
      expect(told(await thrownBy(() => validator.validateOrReject(input)))).toEqual(invalid(...fields))
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
    expect(told(await thrownBy(() => validator.validateOrReject(input, options)))).toEqual(
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
    expect(told(await thrownBy(() => validator.validateOrReject(input, options)))).toEqual(
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
