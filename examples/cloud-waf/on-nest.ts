import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Module,
  Param,
  Post,
  UseGuards,
  type INestApplication,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { BizErrorsModule, rateLimit } from 'bizerror/nest'
import { CHARTS, createCloudWaf, options } from './cloud-waf.ts'

const WAF = Symbol('WAF')

const chartLimit = rateLimit({ catalog: options.catalog, policies: CHARTS })

@Controller()
class WafController {
  @Inject(WAF) private readonly waf!: ReturnType<typeof createCloudWaf>

  @Get('users/:id')
  user(@Param('id') id: string) {
    return this.waf.user(id)
  }

  @Post('users')
  @HttpCode(200)
  addUser(@Body() user: unknown) {
    return this.waf.addUser(user)
  }

  @Post('login')
  @HttpCode(200)
  login(@Body() credentials: unknown) {
    return this.waf.login(credentials)
  }

  @Post('api-keys')
  @HttpCode(200)
  addKey(@Body() key: unknown) {
    return this.waf.addKey(key)
  }

  @Delete('api-keys/:id')
  revokeKey(@Param('id') id: string) {
    return this.waf.revokeKey(id)
  }

  @Get('charts/:id')
  @UseGuards(chartLimit)
  chart(@Param('id') id: string) {
    return this.waf.chart(id)
  }

  @Post('alerts/:id/send')
  @HttpCode(200)
  sendAlert(@Param('id') id: string) {
    return this.waf.sendAlert(id)
  }
}

@Module({
  imports: [BizErrorsModule.forRoot({ ...options, reference: { title: 'Cloud WAF', path: '/errors' } })],
  controllers: [WafController],
  providers: [{ provide: WAF, useFactory: createCloudWaf }],
})
class WafModule {}

export function createApp(): Promise<INestApplication> {
  return NestFactory.create(WafModule, { logger: ['error', 'warn'] })
}
