import * as nest12 from '@nestjs/common'
import * as validator from 'class-validator'
import createError from 'http-errors'
import * as nest11 from 'nestjs11'
import { describe, expect, test } from 'vitest'
import { frameworks } from '../support/frameworks.ts'
import { recorder } from '../support/served.ts'
import { answersOn } from '../support/stacks.ts'
import { becomes } from './becomes.ts'

const secret = 'hunter2'

class NewUser {
  name = ''
}
validator.MinLength(3)(NewUser.prototype, 'name')
validator.IsEmail()(NewUser.prototype, 'email')

const versions = [
  ['NestJS 12', nest12],
  ['NestJS 11', nest11 as unknown as typeof nest12],
] as const

/** The exceptions that a version exports, each as it is made without arguments. */
function exceptionsOf(nest: typeof nest12): readonly nest12.HttpException[] {
  return Object.values<unknown>({ ...nest })
    .filter(
      (exported): exported is new () => nest12.HttpException =>
        typeof exported === 'function' && exported.prototype instanceof nest.HttpException,
    )
    .map((Exception) => new Exception())
}

for (const [name, nest] of versions) {
  describe(`R06: each exception of ${name} is answered as the HTTP error of its status`, () => {
    const exceptions = exceptionsOf(nest)

    test('R06: there are many of them', () => {
      expect(exceptions.length).toBeGreaterThan(20)
    })

    test.each(exceptions.map((exception) => [exception.name, exception] as const))(
      '%s',
      async (_name, exception) => {
        const { options, log } = recorder()
        const answers = await answersOn(frameworks, {}, { '/': throwing(exception) }, options)
        const status = exception.getStatus()
        expect(answers).toEqual(await answersOn(frameworks, {}, { '/': throwing(createError(status)) }))
        // A client may send a request that was misdirected (421) again.
        expect(new Set(log.map(([level]) => level))).toEqual(new Set([status < 500 ? 'info' : 'error']))
      },
    )
  })

  const pipe = (options: nest12.ValidationPipeOptions = {}): Promise<unknown> =>
    new nest.ValidationPipe(options).transform(
      { name: 'a', email: secret },
      { type: 'body', metatype: NewUser },
    ) as Promise<unknown>
  const fields = [
    { path: 'name', code: 'too_short', message: 'Too short' },
    { path: 'email', code: 'invalid_email', message: 'Invalid email address' },
  ]

  becomes(`R06: what an app makes with ${name} becomes what it says`, [
    {
      what: 'an exception with a cause and a status of a gateway',
      fail: () => {
        throw new nest.HttpException(secret, 502, { cause: new Error(secret) })
      },
      becomes: 'upstream-failed',
      logged: { type: 'HttpException' },
    },
    {
      what: 'an exception with a body that looks like an answer to us',
      fail: () => {
        throw new nest.HttpException({ headers: { date: secret }, status: 500, data: secret }, 404)
      },
      becomes: 'not-found',
    },
    {
      what: 'an exception of a class of its own',
      fail: () => {
        // As @nestjs/throttler does.
        throw new (class ThrottlerException extends nest.HttpException {})(
          'ThrottlerException: Too Many Requests',
          429,
        )
      },
      becomes: 'rate-limited',
      logged: { type: 'ThrottlerException' },
    },
    { what: 'a redirect', fail: () => thrown(new nest.HttpException(secret, 302)), becomes: undefined },
    {
      what: "the words of the pipe's own",
      fail: () => pipe(),
      becomes: 'malformed-request',
      logged: { type: 'BadRequestException' },
    },
    {
      what: 'the errors that the pipe was told to keep',
      fail: () => pipe({ exceptionFactory: (errors) => new nest.BadRequestException(errors) }),
      becomes: 'validation-failed',
      fields,
    },
    {
      what: 'the same with a status of its own',
      fail: () => pipe({ exceptionFactory: (errors) => new nest.HttpException(errors, 409) }),
      becomes: 'conflict',
      fields,
    },
  ])
}

function throwing(error: unknown): () => never {
  return () => thrown(error)
}

function thrown(error: unknown): never {
  throw error
}
