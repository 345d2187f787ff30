import {
  Body,
  Controller,
  Get,
  Injectable,
  Post,
  Query,
  Req,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
import * as transformerPackage from 'class-transformer'
import * as validatorPackage from 'class-validator'
import { IsEmail, MinLength, ValidateNested } from 'class-validator'
import { createZodDto, ZodSerializerDto, ZodSerializerInterceptor, ZodValidationPipe } from 'nestjs-zod'
import { I18nValidationException } from 'nestjs-i18n'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { rateLimit, requestIdOf, validationException } from '../../../src/adapters/nest/index.ts'
import { readAnswer } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { answerOf } from '../../support/stacks.ts'
import { onBoth, running } from './apps.ts'

class Address {
  @MinLength(3)
  city = ''
}

class NewUser {
  @MinLength(3)
  name = ''

  @IsEmail()
  email = ''

  @ValidateNested()
  @transformerPackage.Type(() => Address)
  address = new Address()
}

const packages = { transformerPackage, validatorPackage }

@Controller('users')
class Users {
  @Post()
  create(
    @Body(
      new ValidationPipe({
        exceptionFactory: validationException,
        expectedType: NewUser,
        whitelist: true,
        forbidNonWhitelisted: true,
        ...packages,
      }),
    )
    user: NewUser,
  ): string {
    return user.name
  }

  @Post('plain')
  plain(@Body(new ValidationPipe({ expectedType: NewUser, ...packages })) user: NewUser): string {
    return user.name
  }

  @Post('i18n')
  i18n(
    @Body(
      new ValidationPipe({
        exceptionFactory: (errors) => new I18nValidationException(errors),
        expectedType: NewUser,
        ...packages,
      }),
    )
    user: NewUser,
  ): string {
    return user.name
  }
}

class Search extends createZodDto(z.object({ page: z.coerce.number().int().min(1) })) {}
class Found extends createZodDto(z.object({ total: z.number() })) {}

@Controller('search')
@UsePipes(ZodValidationPipe)
@UseInterceptors(ZodSerializerInterceptor)
class Searches {
  @Get()
  @ZodSerializerDto(Found)
  find(@Query(new ZodValidationPipe(Search)) { page }: Search): object {
    return page === 1 ? { total: 3 } : { total: 'hunter2' }
  }
}

function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

function withCors(app: { enableCors(options: object): void }): void {
  app.enableCors({ origin: '*', exposedHeaders: 'X-Own' })
}

onBoth((platform) => {
  test('what a ValidationPipe found is told by field', async () => {
    await running(platform, { controllers: [Users] }, async ({ ask }) => {
      const user = { name: 'a', email: 'b', address: { city: 'x' }, role: 'admin' }
      const { status, body } = await readAnswer(await ask('/users', post(user)))
      expect([status, body]).toEqual([
        400,
        {
          code: 'validation-failed',
          message: 'It is validation-failed',
          details: {
            fields: [
              { path: 'role', code: 'unknown_field', message: 'Unknown field' },
              { path: 'name', code: 'too_short', message: 'Too short' },
              { path: 'email', code: 'invalid_email', message: 'Invalid email address' },
              { path: 'address.city', code: 'too_short', message: 'Too short' },
            ],
          },
        },
      ])
      // Without the factory there are words alone.
      expect(await readAnswer(await ask('/users/plain', post(user)))).toEqual(answerOf('malformed-request'))
      const i18n = await readAnswer(await ask('/users/i18n', post(user)))
      expect(i18n.body).toMatchObject({ code: 'validation-failed', details: { fields: { length: 3 } } })
    })
  })

  test('what nestjs-zod found is told by field, and an answer that its schema does not allow is a 500', async () => {
    await running(platform, { controllers: [Searches] }, async ({ ask }) => {
      expect(await (await ask('/search?page=1')).json()).toEqual({ total: 3 })
      expect(await readAnswer(await ask('/search?page=0'))).toMatchObject({
        status: 400,
        body: {
          code: 'validation-failed',
          details: { fields: [{ path: 'page', code: 'too_small', params: { min: 1 } }] },
        },
      })
      expect(await readAnswer(await ask('/search?page=2'))).toEqual(answerOf('unrecognized'))
    })
  })

  test('a request that @nestjs/throttler refuses keeps its Retry-After', async () => {
    @Controller()
    class Throttled {
      @Get()
      @Throttle({ default: { limit: 1, ttl: 60_000 } })
      find(): string {
        return 'found'
      }
    }
    const setup = {
      controllers: [Throttled],
      imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: 10 }])],
      providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    }
    await running(platform, setup, async ({ ask }) => {
      expect((await ask('/')).headers.get('x-ratelimit-remaining')).toBe('0')
      const refused = await ask('/')
      expect(refused.headers.get('retry-after')).toMatch(/^[1-6]\d?$/)
      expect(await readAnswer(refused)).toEqual(
        answerOf('rate-limited', { 'retry-after': refused.headers.get('retry-after')! }),
      )
    })
  })

  test('rateLimit is a guard, and middleware, and counts a request once', async () => {
    const limits = rateLimit({
      catalog: conditionCatalog,
      policies: [{ name: 'hour', limit: 2, window: '1h' }],
      key: (request) => String(request.headers['x-key']),
      exposeHeaders: true,
    })
    @Controller()
    class Limited {
      @Get()
      @UseGuards(limits)
      find(): string {
        return 'found'
      }
    }
    const setup = {
      controllers: [Limited],
      main: (app: { use(middleware: unknown): unknown; enableCors(options: object): void }) => {
        app.enableCors({ origin: '*', exposedHeaders: 'X-Own' })
        app.use(limits.use)
      },
    }
    await running(platform, setup, async ({ ask }) => {
      const headers = { 'X-Key': platform }
      const answers = [
        await ask('/', { headers }),
        await ask('/nowhere', { headers }),
        await ask('/', { headers }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 404, 429])
      expect(answers.map((answer) => answer.headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0'])
      expect(await readAnswer(answers[2]!)).toMatchObject({ body: { code: 'rate-limited' } })
      expect(await limits.peek(platform)).toMatchObject({ allowed: false })
    })
  })

  test('a guard alone limits its route, and a script may read its headers', async () => {
    const limits = rateLimit({
      catalog: conditionCatalog,
      policies: [{ name: 'hour', limit: 1, window: '1h' }],
      exposeHeaders: true,
    })
    @Controller()
    class Limited {
      @Get('limited')
      @UseGuards(limits)
      limited(): string {
        return 'found'
      }

      @Get('free')
      free(): string {
        return 'found'
      }
    }
    const setup = { controllers: [Limited], main: withCors }
    await running(platform, setup, async ({ ask }) => {
      const first = await ask('/limited')
      expect(first.headers.get('access-control-expose-headers')).toBe(
        'X-Own, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-ID, Link',
      )
      expect((await ask('/limited')).status).toBe(429)
      expect((await ask('/free')).status).toBe(200)
    })
  })

  test('@nestjs/swagger describes the app beside it', async () => {
    @Controller('orders')
    class Orders {
      @Get()
      find(): string {
        return 'found'
      }
    }
    const main = (app: Parameters<typeof SwaggerModule.setup>[1]): void =>
      SwaggerModule.setup(
        'api',
        app,
        () => SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Orders').build()),
        // Its pages need @fastify/static on Fastify.
        { ui: platform === 'Express' },
      )
    await running(platform, { controllers: [Orders], options: { reference: {} }, main }, async ({ ask }) => {
      const document = (await (await ask('/api-json')).json()) as { paths: object; info: object }
      expect([document.info, Object.keys(document.paths)]).toMatchObject([{ title: 'Orders' }, ['/orders']])
      expect((await ask('/errors')).status).toBe(200)
      expect(await readAnswer(await ask('/api-nothing'))).toEqual(answerOf('not-found'))
    })
  })

  test('the id of a request is the same for a controller, its answer and the log', async () => {
    @Injectable()
    class Ids {
      readonly seen: string[] = []
    }
    const ids = new Ids()
    @Controller()
    class Orders {
      @Get()
      find(@Req() request: object): never {
        ids.seen.push(requestIdOf(request))
        throw new Error('hunter2')
      }
    }
    await running(platform, { controllers: [Orders] }, async ({ ask, reports, reported }) => {
      const made = await ask('/')
      const sent = await ask('/', { headers: { 'X-Request-ID': 'req-9' } })
      await reported(2)
      const told = [made, sent].map(({ headers }) => headers.get('x-request-id'))
      expect(told).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), 'req-9'])
      expect(ids.seen).toEqual(told)
      expect(reports.map(({ requestId }) => requestId)).toEqual(told)
    })
  })
})
