import * as validator from 'class-validator'
import createError from 'http-errors'
import {
  Authorized,
  BadRequestError,
  Body,
  Get,
  HttpError,
  InternalServerError,
  JsonController,
  MethodNotAllowedError,
  NotFoundError,
  Post,
  QueryParam,
  useExpressServer,
  useKoaServer,
  type RoutingControllersOptions,
} from 'routing-controllers'
import { expect, test } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { apps } from '../support/apps.ts'
import { recorder } from '../support/served.ts'
import { answerOf, answersOn } from '../support/stacks.ts'
import { becomes } from './becomes.ts'

const secret = 'hunter2'

class NewUser {
  name = ''
}
validator.MinLength(3)(NewUser.prototype, 'name')
validator.IsEmail()(NewUser.prototype, 'email')

class Users {
  create(): string {
    return secret
  }
  list(): string {
    return secret
  }
  missing(): never {
    throw new NotFoundError(secret)
  }
  odd(): never {
    throw new HttpError(409, secret)
  }
  guarded(): string {
    return secret
  }
  broken(): never {
    throw new InternalServerError(secret)
  }
}
// What decorators do, without a compiler for them.
const { prototype } = Users
await import('reflect-metadata')
Reflect.defineMetadata('design:paramtypes', [NewUser], prototype, 'create')
Reflect.defineMetadata('design:paramtypes', [Number], prototype, 'list')
Body()(prototype, 'create', 0)
QueryParam('page', { required: true })(prototype, 'list', 0)
Post('/users')(prototype, 'create')
for (const method of ['list', 'missing', 'odd', 'guarded', 'broken'] as const)
  Get(`/${method}`)(prototype, method)
Authorized()(prototype, 'guarded')
JsonController()(Users)

const options: RoutingControllersOptions = {
  controllers: [Users],
  defaultErrorHandler: false,
  authorizationChecker: () => false,
}

const stacks = apps({
  express: (app) => useExpressServer(app, options),
  koa: (app) => useKoaServer(app, options),
})

interface Case {
  readonly what: string
  readonly path: string
  readonly body?: object
  readonly condition: Condition | 'unrecognized'
  readonly fields?: readonly object[]
}

const cases: readonly Case[] = [
  {
    what: 'a body that is not what its class asks for',
    path: '/users',
    body: { name: 'a', email: secret },
    condition: 'validation-failed',
    fields: [
      { path: 'name', code: 'too_short', message: 'Too short' },
      { path: 'email', code: 'invalid_email', message: 'Invalid email address' },
    ],
  },
  { what: 'a parameter that is missing', path: '/list', condition: 'malformed-request' },
  { what: 'a parameter that is no number', path: '/list?page=x', condition: 'malformed-request' },
  { what: 'a NotFoundError', path: '/missing', condition: 'not-found' },
  { what: 'an HttpError', path: '/odd', condition: 'conflict' },
  { what: 'a request that nobody may send', path: '/guarded', condition: 'not-authenticated' },
  { what: 'an InternalServerError', path: '/broken', condition: 'unrecognized' },
]

test.each(cases)(
  'R06: routing-controllers: $what is $condition',
  async ({ path, body, condition, fields }) => {
    const { options, log } = recorder()
    const request =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
    const answers = await answersOn(stacks, { path, ...request }, {}, options)
    const answer = answerOf(condition)
    const expected = {
      ...answer,
      body: { ...(answer.body as object), ...(fields && { details: { fields } }) },
    }
    expect(answers).toEqual(Object.fromEntries(stacks.map(({ name }) => [name, expected])))
    const level = answer.status >= 500 ? 'error' : 'info'
    expect(log.map(([level]) => level)).toEqual(stacks.map(() => level))
  },
)

becomes('R06: what an app makes with routing-controllers becomes what it says', [
  {
    what: 'a status that has a condition',
    fail: () => {
      throw new MethodNotAllowedError(secret)
    },
    becomes: 'method-not-allowed',
    logged: { type: 'MethodNotAllowedError' },
  },
  {
    what: 'a status of no error',
    fail: () => {
      throw new HttpError(302, secret)
    },
    becomes: undefined,
  },
  {
    what: 'a status that the app has chosen for it',
    fail: () => {
      throw createError(404, new HttpError(400, secret))
    },
    becomes: 'not-found',
  },
  {
    what: 'an error that holds what another server answered',
    fail: () => {
      throw Object.assign(new HttpError(401, secret), { response: { status: 401, headers: {} } })
    },
    becomes: 'upstream-failed',
  },
  {
    what: 'an error with a code of the app',
    fail: () => {
      throw Object.assign(new HttpError(409, secret), { code: 'NAME_TAKEN' })
    },
    becomes: 'conflict',
    logged: { code: 'NAME_TAKEN' },
  },
  {
    what: 'an error with an empty code',
    fail: () => {
      throw Object.assign(new BadRequestError(secret), { code: null })
    },
    becomes: 'malformed-request',
  },
  {
    what: 'an error without a message',
    fail: () => {
      throw new BadRequestError()
    },
    becomes: 'malformed-request',
  },
])
