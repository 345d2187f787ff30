import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DynamicModule, INestApplication, ModuleMetadata } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { describe, expect } from 'vitest'
import { BizErrorsModule, type BizErrorsOptions } from '../../../src/adapters/nest/index.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { recorder } from '../../support/served.ts'

export type Platform = (typeof platforms)[number]

/** What Nest runs on. */
export const platforms = ['Express', 'Fastify'] as const

/** Runs the same tests on both platforms. */
export function onBoth(tests: (platform: Platform) => void): void {
  for (const platform of platforms) describe(`Nest on ${platform}`, () => tests(platform))
}

/** An error of the catalog of the conditions. */
export function conflict(): Error {
  const { errors } = conditionCatalog as unknown as { readonly errors: Record<string, () => Error> }
  return errors['conflict']!()
}

export interface Setup extends ModuleMetadata {
  /** Beside the catalog of the conditions, and a logger that records. */
  readonly options?: BizErrorsOptions | undefined
  /** Modules in the place of the one with `options`. */
  readonly modules?: ModuleMetadata['imports']
  /** Does what `main.ts` would do. */
  readonly main?: (app: INestApplication, recording: ReturnType<typeof recorder>['options']) => unknown
  /** @default Express and Fastify as Nest makes them */
  readonly adapter?: ExpressAdapter | FastifyAdapter
}

export interface Running extends Pick<ReturnType<typeof recorder>, 'reports' | 'log'> {
  readonly app: INestApplication
  readonly port: number
  readonly url: string
  readonly ask: (path: string, request?: RequestInit) => Promise<Response>
  /** Resolves once so many errors were reported. */
  readonly reported: (count: number) => Promise<void>
  readonly close: () => Promise<void>
}

class AppModule {
  readonly isRoot = true
}

/** Starts an app. */
export async function start(
  platform: Platform,
  { options, modules, main, adapter, imports = [], ...metadata }: Setup,
): Promise<Running> {
  const { reports, log, options: recording } = recorder()
  const ours = modules ?? [BizErrorsModule.forRoot({ catalog: conditionCatalog, ...recording, ...options })]
  const root: DynamicModule = { ...metadata, module: AppModule, imports: [...ours, ...imports] }
  const made = adapter ?? (platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter())
  const app = await NestFactory.create(root, made, { logger: false, abortOnError: false })
  if (made instanceof ExpressAdapter) made.disable('x-powered-by')
  const server = app.getHttpServer() as Server
  async function close(): Promise<void> {
    server.closeAllConnections()
    await app.close()
  }
  try {
    await main?.(app, recording)
    await app.listen(0, '127.0.0.1')
  } catch (error) {
    await close()
    throw error
  }
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    app,
    port,
    url,
    reports,
    log,
    close,
    ask: (path, request) => fetch(url + path, request),
    async reported(count) {
      await expect.poll(() => reports.length, { timeout: 10_000, interval: 5 }).toBe(count)
    },
  }
}

/** Runs an app while `use` does. */
export async function running<TResult>(
  platform: Platform,
  setup: Setup,
  use: (running: Running) => Promise<TResult>,
): Promise<TResult> {
  const started = await start(platform, setup)
  try {
    return await use(started)
  } finally {
    await started.close()
  }
}
