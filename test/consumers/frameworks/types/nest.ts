import { Controller, Get, Injectable, Module, UseGuards, ValidationPipe } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { defineCatalog } from 'bizerror/catalog'
import {
  BizErrorsFilter,
  BizErrorsModule,
  nestLogger,
  rateLimit,
  requestId,
  requestIdOf,
  validationException,
  type AnyRequest,
  type BizErrorsOptions,
  type BizErrorsOptionsFactory,
} from 'bizerror/nest'

export const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { status: 409, message: 'Only {{left}} left' },
    TOO_MANY: { status: 429, message: 'Too many orders' },
  },
})
const policies = [{ name: 'hour', window: '1h', limit: 9, error: 'TOO_MANY' }] as const

@Injectable()
export class Config implements BizErrorsOptionsFactory<typeof shop> {
  createBizErrorsOptions(): BizErrorsOptions<typeof shop> {
    return { catalog: shop, locale: (request: AnyRequest) => request.headers['x-locale']?.toString() }
  }
}

@Controller()
export class Orders {
  @Get()
  @UseGuards(rateLimit({ catalog: shop, policies, key: (request) => request.ip }))
  list(request: object): string {
    return requestIdOf(request)
  }
}

@Module({
  imports: [
    BizErrorsModule.forRoot({
      catalog: shop,
      identify: { when: RangeError, error: 'TOO_MANY' },
      logger: nestLogger(),
      rateLimit: { policies },
      reference: { path: '/errors', title: 'Shop' },
    }),
    BizErrorsModule.forRootAsync({ useClass: Config }),
    BizErrorsModule.forRootAsync({ inject: [Config], useFactory: () => ({ catalog: shop }) }),
  ],
  controllers: [Orders],
})
export class AppModule {}

const app = await NestFactory.create(AppModule)
app.useGlobalFilters(new BizErrorsFilter({ catalog: shop, locale: (request) => request.url }))
app.useGlobalPipes(new ValidationPipe({ exceptionFactory: validationException }))
app.use(requestId())
// @ts-expect-error -- its message needs params
BizErrorsModule.forRoot({ catalog: shop, conceal: { 404: 'SOLD_OUT' } })
