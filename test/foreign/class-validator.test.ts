import { plainToInstance } from 'class-transformer'
import { IsEmail, IsString, ValidateNested, validate, validateOrReject } from 'class-validator'
import { BadRequestError } from 'routing-controllers'
import { field } from './answered.ts'
import { becomes } from './becomes.ts'

const secret = 'hunter2'

class Item {
  declare name?: unknown
}
IsString()(Item.prototype, 'name')

class Order {
  declare email?: unknown
  declare items?: unknown
}
IsEmail()(Order.prototype, 'email')
ValidateNested({ each: true })(Order.prototype, 'items')

const wrong = Object.assign(new Order(), {
  email: secret,
  items: [new Item(), Object.assign(new Item(), { name: 7 })],
})
const right = Object.assign(new Order(), { email: 'a@example.com', items: [] })

const fields = [
  field('email', 'invalid_email'),
  field('items[0].name', 'required'),
  field('items[1].name', 'invalid_type', { expected: 'string' }),
]

async function errorsOf(input: object = wrong): Promise<readonly object[]> {
  return validate(input)
}

async function fail(make: (errors: readonly object[]) => unknown): Promise<never> {
  throw make(await errorsOf())
}

class NamedError extends Error {
  override readonly name = 'ValidationException'
  readonly validationErrors: readonly object[]
  constructor(validationErrors: readonly object[]) {
    super(secret)
    this.validationErrors = validationErrors
  }
}

becomes('R10: the errors of class-validator are told wherever they are kept', [
  {
    what: 'as they are',
    fail: () => validateOrReject(wrong),
    becomes: 'validation-failed',
    fields,
  },
  {
    what: 'as the errors of an error of routing-controllers',
    fail: () => fail((errors) => Object.assign(new BadRequestError(secret), { errors })),
    becomes: 'validation-failed',
    fields,
    logged: { type: 'BadRequestError' },
  },
  {
    what: 'as the errors of an object',
    fail: () => fail((errors) => ({ errors })),
    becomes: 'validation-failed',
    fields,
  },
  {
    what: 'as details of an error with a status',
    fail: () => fail((details) => Object.assign(new Error(secret), { status: 400, details })),
    becomes: 'validation-failed',
    fields,
  },
  {
    what: 'as the validationErrors of an error with a name',
    fail: () => fail((errors) => new NamedError(errors)),
    becomes: 'validation-failed',
    fields,
    logged: { type: 'NamedError' },
  },
  {
    what: 'as a cause',
    fail: () => fail((cause) => new Error(secret, { cause })),
    becomes: 'validation-failed',
    fields,
  },
  {
    what: 'by part of the request',
    fail: () => fail((body) => ({ errors: { body } })),
    becomes: 'validation-failed',
    fields: [
      field('body.email', 'invalid_email'),
      field('body.items[0].name', 'required'),
      field('body.items[1].name', 'invalid_type', { expected: 'string' }),
    ],
  },
  {
    what: 'as a list for each of several inputs',
    fail: async () => {
      throw await Promise.all([right, wrong, new Item()].map(errorsOf))
    },
    becomes: 'validation-failed',
    fields: [
      field('[1].email', 'invalid_email'),
      field('[2].name', 'required'),
      field('[1].items[0].name', 'required'),
      field('[1].items[1].name', 'invalid_type', { expected: 'string' }),
    ],
  },
  {
    what: 'as the list for the last of a hundred inputs',
    fail: async () => {
      const errors = await Promise.all([...Array.from({ length: 99 }, () => right), new Item()].map(errorsOf))
      throw Object.assign(new Error(secret), { errors })
    },
    becomes: 'validation-failed',
    fields: [field('[99].name', 'required')],
  },
  {
    what: 'of a list that was sent for an object',
    fail: () => validateOrReject(plainToInstance(Order, [{ email: secret }] as unknown as object)),
    becomes: 'validation-failed',
    fields: [field('', 'invalid_type', { expected: 'object' })],
  },
  {
    what: 'but for an object of no class, which is a mistake of the app',
    fail: () => validateOrReject({ email: secret }),
    becomes: undefined,
  },
  {
    what: 'but for lists without one',
    fail: async () => {
      throw await Promise.all([right, right].map(errorsOf))
    },
    becomes: undefined,
  },
])
