import {
  All,
  Controller,
  HttpCode,
  Inject,
  Module,
  Query,
  type DynamicModule,
  type INestApplication,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { BizErrorsModule } from 'bizerror/nest'
import { createCdn, optionsOf, type Options, type Query as Sent } from './cdn.ts'

const CDN = Symbol('CDN')

@Controller('v2')
class CdnController {
  @Inject(CDN) private readonly call!: ReturnType<typeof createCdn>

  @All('index.php')
  @HttpCode(200)
  act(@Query() query: Sent) {
    return this.call(query)
  }
}

@Module({ controllers: [CdnController], providers: [{ provide: CDN, useFactory: createCdn }] })
class CdnModule {
  static forRoot(given: Options): DynamicModule {
    const reference = { title: 'CDN', path: '/errors' }
    return { module: CdnModule, imports: [BizErrorsModule.forRoot({ ...optionsOf(given), reference })] }
  }
}

export function createApp(given: Options = {}): Promise<INestApplication> {
  return NestFactory.create(CdnModule.forRoot(given), { logger: ['error', 'warn'] })
}
