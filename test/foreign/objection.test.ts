import { Model, ValidationError } from 'objection'
import { field } from './answered.ts'
import { becomes } from './becomes.ts'

const secret = 'hunter2'

class User extends Model {
  static override tableName = 'users'

  static override jsonSchema = {
    type: 'object',
    required: ['name', 'missing'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 8 },
      missing: { type: 'string' },
      email: { type: 'string', format: 'email', maxLength: 3 },
      age: { type: 'integer', minimum: 3 },
      address: { type: 'object', required: ['street'], properties: { 'a/b': { type: 'string' } } },
      list: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } },
      form: { anyOf: [{ type: 'string' }, { type: 'object', required: ['q'] }] },
      one: { oneOf: [{ type: 'string' }, { type: 'string', maxLength: 9 }] },
    },
  }

  static override get relationMappings() {
    return {
      pets: {
        relation: Model.HasManyRelation,
        modelClass: Pet,
        join: { from: 'users.id', to: 'pets.owner' },
      },
    }
  }
}

class Pet extends Model {
  static override tableName = 'pets'
  static override jsonSchema = {
    type: 'object',
    anyOf: [{ required: ['chip'] }, { required: ['mark'] }],
    required: ['name'],
    properties: { name: { type: 'string' } },
  }
}

class OwnError extends ValidationError {}

class Owned extends Model {
  static override tableName = 'owned'
  static override jsonSchema = Pet.jsonSchema
  static override createValidationError(args: never) {
    return new OwnError(args)
  }
}

const input = {
  name: secret,
  email: secret,
  age: 1.5,
  address: { 'a/b': 7 },
  list: [{ id: 1 }, { id: secret }],
  form: {},
  one: secret,
  extra: secret,
}

const crowd = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, secret]))

becomes('R10: what Objection says of a model', [
  {
    what: 'fields that are wrong',
    fail: () => User.fromJson(input),
    becomes: 'validation-failed',
    fields: [
      field('missing', 'required'),
      field('extra', 'unknown_field'),
      field('name', 'too_short', { min: 8 }),
      field('email', 'invalid_email'),
      field('email', 'too_long', { max: 3 }),
      field('age', 'too_small', { min: 3 }),
      field('age', 'not_integer'),
      field('address.street', 'required'),
      field('address["a/b"]', 'invalid_type', { expected: 'string' }),
      field('list[1].id', 'not_integer'),
      field('form', 'no_match'),
      field('one', 'invalid'),
    ],
    logged: { type: 'ValidationError' },
  },
  {
    what: '100,000 fields that are unknown',
    fail: () => User.fromJson({ ...crowd, name: 'long enough', missing: 'x' }),
    becomes: 'validation-failed',
    fields: Object.keys(crowd)
      .slice(0, 50)
      .map((name) => field(name, 'unknown_field')),
  },
  {
    what: 'an input of which no form is met',
    fail: () => Pet.fromJson({}),
    becomes: 'validation-failed',
    fields: [field('', 'no_match'), field('name', 'required')],
  },
  {
    what: 'an update',
    fail: () => User.fromJson({ age: 1 }, { patch: true }),
    becomes: 'validation-failed',
    fields: [field('age', 'too_small', { min: 3 })],
  },
  {
    what: 'a class of the app',
    fail: () => Owned.fromJson({ chip: 1 }),
    becomes: 'validation-failed',
    fields: [field('name', 'required')],
    logged: { type: 'OwnError' },
  },
  {
    what: 'an error that the app makes',
    fail: () => {
      const data = { email: [{ message: secret }] } as never
      throw User.createValidationError({ type: 'ModelValidation', message: secret, data })
    },
    becomes: 'validation-failed',
    fields: [field('email', 'invalid')],
  },
  {
    what: 'an error of the app with one problem for each field',
    fail: () => {
      const data = { email: { message: secret }, name: secret } as never
      throw User.createValidationError({ type: 'ModelValidation', message: secret, data })
    },
    becomes: 'validation-failed',
    fields: [field('email', 'invalid'), field('name', 'invalid')],
  },
  {
    what: 'a relation that may not be asked for',
    fail: () => User.query().allowGraph('friends').withGraphFetched('pets'),
    becomes: 'malformed-request',
  },
  {
    what: 'an expression that cannot be read',
    fail: () => User.query().withGraphFetched(`[${secret}`),
    becomes: 'malformed-request',
  },
  {
    what: 'a graph that is none',
    fail: () => User.query().insertGraph({ pets: [7] } as never),
    becomes: 'malformed-request',
  },
])
