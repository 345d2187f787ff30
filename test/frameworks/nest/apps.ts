import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DynamicModule, INestApplication, ModuleMetadata } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { describe } from 'vitest'
import { BizErrorsModule, type BizErrorsOptions } from '../../../src/adapters/nest/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import { recorder } from '../../support/served.ts'

export type Platform = (typeof platforms)[number]

/** What Nest runs on, each as an app is made for it. */
export const platforms = ['Express', 'Fastify'] as const

/** Runs the same tests on both platforms. */
export function onBoth(tests: (platform: Platform) => void): void {
  for (const platform of platforms) describe(`Nest on ${platform}`, () => tests(platform))
}

interface Setup extends ModuleMetadata {
  readonly options?: BizErrorsOptions
  /** The module in the place of the one with `options`. */
  readonly module?: ModuleMetadata['imports']
  /** Does what `main.ts` would do. */
  readonly main?: (app: INestApplication) => unknown
}

class AppModule {
  readonly isRoot = true
}

interface Running extends Pick<ReturnType<typeof recorder>, 'reports' | 'log'> {
  readonly app: INestApplication
  readonly port: number
  readonly url: string
}

/** Runs an app of the cloud-waf catalog while `use` does. */
export async function running<TResult>(
  platform: Platform,
  { options, module, main, imports = [], ...metadata }: Setup,
  use: (running: Running) => Promise<TResult>,
): Promise<TResult> {
  const { reports, log, options: recording } = recorder()
  const root: DynamicModule = {
    ...metadata,
    module: AppModule,
    imports: [...(module ?? [BizErrorsModule.forRoot({ catalog, ...recording, ...options })]), ...imports],
  }
  const adapter = platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter()
  const app = await NestFactory.create(root, adapter, { logger: false, abortOnError: false })
  try {
    await main?.(app)
    await app.listen(0, '127.0.0.1')
    const { port } = (app.getHttpServer() as Server).address() as AddressInfo
    return await use({ app, port, url: `http://127.0.0.1:${port}`, reports, log })
  } finally {
    ;(app.getHttpServer() as Server).closeAllConnections()
    await app.close()
  }
}
