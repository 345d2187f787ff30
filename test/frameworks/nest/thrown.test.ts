import {
  BadRequestException,
  Controller,
  createParamDecorator,
  ForbiddenException,
  Get,
  Head,
  HttpException,
  Inject,
  Injectable,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Scope,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type CanActivate,
  type MiddlewareConsumer,
  type NestInterceptor,
  type NestModule,
  type PipeTransform,
} from '@nestjs/common'
import { REQUEST } from '@nestjs/core'
import { map, of, throwError, timer } from 'rxjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAnswer } from '../../support/answers.ts'
import { answerOf } from '../../support/stacks.ts'
import { conflict, onBoth, start, type Running } from './apps.ts'

const secret = 'hunter2'

function fail(...errors: readonly unknown[]): never {
  throw errors.length === 0 ? conflict() : errors[0]
}

const failingGuard: CanActivate = { canActivate: () => fail() }
const closedGuard: CanActivate = { canActivate: () => false }
const lateGuard: CanActivate = { canActivate: () => Promise.reject(conflict()) }
const failingPipe: PipeTransform = { transform: () => fail() }
const before: NestInterceptor = { intercept: () => fail() }
const after: NestInterceptor = { intercept: (_context, next) => next.handle().pipe(map(() => fail())) }
const Failing = createParamDecorator(() => fail())

/** A provider that each request makes anew, and that cannot be made. */
@Injectable({ scope: Scope.REQUEST })
class Tenant {
  constructor(@Inject(REQUEST) request: { readonly headers: object }) {
    if (!('x-tenant' in request.headers)) fail()
  }
}

@Controller('tenant')
class Tenants {
  readonly tenant: Tenant

  constructor(@Inject(Tenant) tenant: Tenant) {
    this.tenant = tenant
  }

  @Get()
  find(): string {
    return 'found'
  }
}

@Controller()
class Failures {
  @Get('sync')
  sync(): never {
    return fail()
  }

  @Get('async')
  async later(): Promise<never> {
    await Promise.resolve()
    return fail()
  }

  @Get('observable')
  observable(): object {
    return throwError(conflict)
  }

  @Get('observable-later')
  observableLater(): object {
    return timer(1).pipe(map(() => fail()))
  }

  @Get('guard')
  @UseGuards(failingGuard)
  guard(): void {}

  @Get('guard-later')
  @UseGuards(lateGuard)
  guardLater(): void {}

  @Get('closed')
  @UseGuards(closedGuard)
  closed(): void {}

  @Get('pipe/:id')
  @UsePipes(failingPipe)
  pipe(@Param('id') id: string): string {
    return id
  }

  @Get('int/:id')
  int(@Param('id', ParseIntPipe) id: number): number {
    return id
  }

  @Get('param')
  param(@Failing() value: unknown): unknown {
    return value
  }

  @Get('before')
  @UseInterceptors(before)
  before(): void {}

  @Get('after')
  @UseInterceptors(after)
  after(): object {
    return of('a body')
  }

  @Get('http')
  http(): never {
    return fail(new HttpException({ message: secret, secret }, 409))
  }

  @Get('wrapped')
  wrapped(): never {
    return fail(new HttpException(secret, 400, { cause: conflict() }))
  }

  @Get('forbidden')
  forbidden(): never {
    return fail(new ForbiddenException(secret))
  }

  @Get('unforeseen')
  unforeseen(): never {
    return fail(new Error(secret))
  }

  @Get('undefined')
  nothing(): never {
    return fail(undefined)
  }

  @Get('null')
  nil(): never {
    return fail(null)
  }

  @Get('text')
  text(): never {
    return fail(secret)
  }

  @Get('hostile')
  hostile(): never {
    const trap = (): never => fail(new Error(secret))
    return fail(new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap }))
  }

  @Get('body')
  body(): object {
    const circular: Record<string, unknown> = { secret }
    circular['itself'] = circular
    return circular
  }

  @Get('bigint')
  bigint(): object {
    return { big: 1n }
  }

  @Head('head')
  head(): never {
    return fail()
  }

  @Post('body')
  post(): string {
    return 'posted'
  }
}

@Module({})
class Middleware implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(() => fail()).forRoutes('middleware/sync')
    consumer.apply(async () => Promise.reject(conflict())).forRoutes('middleware/async')
    consumer
      .apply((_request: unknown, _response: unknown, next: (error: unknown) => void) => next(conflict()))
      .forRoutes('middleware/next')
  }
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

type Case = readonly [what: string, path: string, condition: string, request?: RequestInit]

onBoth((platform) => {
  let running: Running
  beforeAll(async () => {
    running = await start(platform, {
      controllers: [Failures, Tenants],
      providers: [Tenant],
      imports: [Middleware],
      main(app) {
        app.use('/main/sync', () => fail())
        app.use('/main/next', (_request: unknown, _response: unknown, next: (error: unknown) => void) =>
          next(new BadRequestException(secret)),
        )
      },
    })
  })
  afterAll(() => running.close())

  const cases: readonly Case[] = [
    ['by a controller', '/sync', 'conflict'],
    ['by an async one', '/async', 'conflict'],
    ['by an observable', '/observable', 'conflict'],
    ['by an observable, later', '/observable-later', 'conflict'],
    ['by a guard', '/guard', 'conflict'],
    ['by an async guard', '/guard-later', 'conflict'],
    ['where a guard says no', '/closed', 'forbidden'],
    ['by a pipe', '/pipe/1', 'conflict'],
    ['by a pipe of Nest', '/int/x', 'malformed-request'],
    ['by a decorator of a param', '/param', 'conflict'],
    ['by an interceptor', '/before', 'conflict'],
    ['by an interceptor, of the answer', '/after', 'conflict'],
    ['where a provider of the request cannot be made', '/tenant', 'conflict'],
    ['by middleware', '/middleware/sync', 'conflict'],
    ['by async middleware', '/middleware/async', 'conflict'],
    ['by middleware, to next', '/middleware/next', 'conflict'],
    ['by middleware of main.ts, to next', '/main/next', 'malformed-request'],
    ['as an HTTP exception', '/http', 'conflict'],
    ['as an HTTP exception around an error of the catalog', '/wrapped', 'conflict'],
    ['as an exception of a class of its own', '/forbidden', 'forbidden'],
    ['as an error that nobody foresaw', '/unforeseen', 'unrecognized'],
    ['as undefined', '/undefined', 'unrecognized'],
    ['as null', '/null', 'unrecognized'],
    ['as a text', '/text', 'unrecognized'],
    ['as a Proxy that throws', '/hostile', 'unrecognized'],
    ['by a body that JSON cannot hold', '/body', 'unrecognized'],
    ['by a BigInt in a body', '/bigint', 'unrecognized'],
    ['for a path that there is not', '/nowhere', 'not-found'],
    ['for a method that there is not', '/sync', 'not-found', { method: 'DELETE' }],
    // Fastify does not ask Nest: `frameworkErrors`.
    ...(platform === 'Express'
      ? [['for a path that cannot be decoded', '/int/%FF', 'malformed-request'] as const]
      : []),
    [
      'for a body that is no JSON',
      '/body',
      'malformed-body',
      { method: 'POST', headers: JSON_TYPE, body: '{"a' },
    ],
    [
      'for a body that is too large',
      '/body',
      'body-too-large',
      { method: 'POST', headers: JSON_TYPE, body: JSON.stringify('x'.repeat(2_000_000)) },
    ],
  ]
  for (const [what, path, condition, request] of cases) {
    test(`what is thrown ${what} is answered`, async () => {
      const seen = running.reports.length
      const answer = await readAnswer(await running.ask(path, request))
      expect(answer).toEqual(answerOf(condition))
      await running.reported(seen + 1)
      const report = running.reports[seen]!
      expect([report.key, report.sent, report.clientGone]).toEqual([condition, true, false])
    })
  }

  test('HEAD is answered without a body', async () => {
    const response = await running.ask('/head', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([409, ''])
    expect(response.headers.get('content-length')).toBe('46')
  })
})
