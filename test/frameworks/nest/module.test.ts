import { Body, Controller, Get, Post, ValidationPipe } from '@nestjs/common'
import * as transformerPackage from 'class-transformer'
import * as validatorPackage from 'class-validator'
import { IsEmail, MinLength } from 'class-validator'
import { expect, test } from 'vitest'
import { validationException } from '../../../src/adapters/nest/index.ts'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { onBoth, running } from './apps.ts'

class NewUser {
  @MinLength(3)
  name = ''

  @IsEmail()
  email = ''
}

@Controller()
class Users {
  @Get('users')
  find(): never {
    throw new BizError(1006)
  }

  @Get('broken')
  fail(): never {
    throw new Error('secret')
  }

  @Post('users')
  create(
    @Body(
      new ValidationPipe({
        exceptionFactory: validationException,
        expectedType: NewUser,
        transformerPackage,
        validatorPackage,
      }),
    )
    body: NewUser,
  ): object {
    return body
  }
}

function headersOf(given: object): object {
  return {
    vary: 'Accept-Language',
    'cache-control': 'no-store',
    'content-language': 'en',
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'x-request-id': 't-1',
    ...given,
  }
}

onBoth((platform) => {
  const cases: readonly (readonly [
    title: string,
    request: { readonly path: string; readonly headers?: Record<string, string> },
    expected: object,
  ])[] = [
    [
      'R200: a BizError that a controller throws',
      { path: '/users', headers: { 'Accept-Language': 'de' } },
      {
        status: 409,
        body: { code: 1006, message: 'Benutzername bereits vergeben' },
        headers: { 'content-language': 'de' },
        told: ['info', 'Username already exists', '/users', undefined],
      },
    ],
    [
      'R200: an error that nobody foresaw',
      { path: '/broken' },
      {
        status: 500,
        body: { code: 500, message: 'Internal server error' },
        told: ['error', 'secret', '/broken', undefined],
      },
    ],
    [
      'R200: a request that no route takes on',
      { path: '/nowhere' },
      {
        status: 404,
        body: { code: 404, message: 'Resource not found' },
        told: ['info', 'Cannot GET /nowhere', undefined, 'not-found'],
      },
    ],
  ]
  for (const [title, { path, headers, ...request }, expected] of cases) {
    test(title, async () => {
      await running(platform, { controllers: [Users] }, async ({ url, log }) => {
        const response = await fetch(url + path, {
          ...request,
          headers: { 'X-Request-ID': 't-1', ...headers },
        })
        const {
          status,
          body,
          headers: own,
          told,
        } = expected as { status: number; body: object; headers?: object; told: unknown[] }
        expect(response.status).toBe(status)
        expect(await response.json()).toEqual(body)
        expect(Object.fromEntries(response.headers)).toMatchObject(headersOf(own ?? {}))
        const [[level, record, message] = []] = log
        expect([level, message, record?.['route'], record?.['condition']]).toEqual(told)
      })
    })
  }
})
