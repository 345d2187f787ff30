import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  Module,
  Param,
  Post,
  Put,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { BizErrorsModule, rateLimit } from 'bizerror/nest'
import type { IncomingMessage } from 'node:http'
import { authenticate, CALLS, options, Secrets, testWebhook, WEBHOOK_TESTS } from './secrets.ts'

class TokenGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    authenticate(context.switchToHttp().getRequest<IncomingMessage>().headers.authorization)
    return true
  }
}

const webhookQuota = rateLimit({
  catalog: options.catalog,
  policies: WEBHOOK_TESTS,
  key: (request) => request.headers.authorization,
})

@Controller('v1/secrets/*path')
@UseGuards(TokenGuard)
class SecretsController {
  @Inject(Secrets) private readonly secrets!: Secrets

  @Get()
  read(@Param('path') path: readonly string[]) {
    return this.secrets.read(path.join('/'))
  }

  @Put()
  write(@Param('path') path: readonly string[], @Body() secret: unknown) {
    return this.secrets.write(path.join('/'), secret)
  }
}

@Controller('v1/webhooks')
@UseGuards(TokenGuard)
class WebhooksController {
  @Post('test')
  @HttpCode(200)
  @UseGuards(webhookQuota)
  test(@Body() webhook: unknown, @Headers('Accept-Language') language?: string) {
    return testWebhook(webhook, language)
  }
}

@Module({
  imports: [
    BizErrorsModule.forRoot({
      ...options,
      reference: { title: 'Secrets', path: '/errors' },
      rateLimit: { policies: CALLS },
    }),
  ],
  controllers: [SecretsController, WebhooksController],
  providers: [Secrets],
})
class SecretsModule {}

export function createApp(): Promise<INestApplication> {
  return NestFactory.create(SecretsModule, { logger: ['error', 'warn'] })
}
