import {
  Body,
  Controller,
  Get,
  HttpCode,
  Module,
  Param,
  Post,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { BizErrorsModule, rateLimit, type AnyRequest } from 'bizerror/nest'
import * as gateway from './gateway.ts'

const keyOf = (request: AnyRequest) => request.headers['x-api-key']?.toString()

const key = (request: AnyRequest) => gateway.callerOf(keyOf(request), request.ip)

const limits = gateway.limits()
const exportLimit = rateLimit({ ...limits.exports, key })

class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    gateway.authenticate(keyOf(context.switchToHttp().getRequest<AnyRequest>()))
    return true
  }
}

@Controller('health')
class HealthController {
  @Get()
  health() {
    return gateway.health()
  }
}

@Controller('v1')
@UseGuards(KeyGuard)
class CallsController {
  @Get('quote')
  quote() {
    return gateway.quote()
  }

  @Get('forecast')
  forecast() {
    return gateway.forecast()
  }

  @Post('exports')
  @HttpCode(200)
  @UseGuards(exportLimit)
  startExport() {
    return gateway.startExport()
  }
}

@Controller('orders')
class OrdersController {
  @Post(':id/checkout')
  @HttpCode(200)
  checkout(@Param('id') id: string, @Body() payment: unknown) {
    return gateway.checkout(id, payment)
  }
}

@Module({
  imports: [
    BizErrorsModule.forRoot({
      ...gateway.options,
      reference: { title: 'Gateway', path: '/errors' },
      rateLimit: {
        ...limits.calls,
        key,
        skip: ({ originalUrl }) => /^\/(?:health$|errors)/.test(originalUrl),
      },
    }),
  ],
  controllers: [HealthController, CallsController, OrdersController],
})
class GatewayModule {}

export function createApp(): Promise<INestApplication> {
  return NestFactory.create(GatewayModule, { logger: ['error', 'warn'] })
}
