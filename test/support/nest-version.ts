import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type * as Common from '@nestjs/common'
import type * as Core from '@nestjs/core'
import * as esbuild from 'esbuild'
import type * as Face from '../../src/adapters/nest/index.ts'

/** A version of Nest, and our face as it is beside it. */
export interface NestVersion {
  readonly common: typeof Common
  readonly core: typeof Core
  readonly face: typeof Face
  /** Loads a package of that version. */
  readonly require: NodeJS.Require
}

const LOCALES = fileURLToPath(new URL('../../locales/index.cjs', import.meta.url))

/** Makes our face find the Nest that is installed in a folder. */
export async function nestOf(folder: string): Promise<NestVersion> {
  const require = createRequire(`${folder}/_`)
  const out = mkdtempSync(`${tmpdir()}/bizerror-nest-`)
  try {
    await esbuild.build({
      entryPoints: [fileURLToPath(new URL('../../src/adapters/nest/index.ts', import.meta.url))],
      outfile: `${out}/face.cjs`,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      plugins: [
        {
          name: 'its-own-nest',
          setup(build) {
            build.onResolve({ filter: /^(?:@nestjs\/.+|rxjs)$/ }, ({ path }) => ({
              path: require.resolve(path),
              external: true,
            }))
            build.onResolve({ filter: /locales\/index\.cjs$/ }, () => ({ path: LOCALES, external: true }))
          },
        },
      ],
    })
    return {
      common: require('@nestjs/common') as typeof Common,
      core: require('@nestjs/core') as typeof Core,
      face: require(`${out}/face.cjs`) as typeof Face,
      require,
    }
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** Runs an app of that version while `use` does. Its routes fail in the ways that a version might answer differently. */
export async function runningOn<TResult>(
  { common, core, face }: NestVersion,
  adapter: Common.HttpServer,
  options: Face.BizErrorsOptions,
  fail: () => never,
  use: (ask: (path: string, request?: RequestInit) => Promise<Response>) => Promise<TResult>,
): Promise<TResult> {
  class Root {
    readonly isRoot = true
  }
  class Failures {
    find(): never {
      return fail()
    }

    fail(): never {
      throw new Error('hunter2')
    }

    create(): string {
      return 'created'
    }

    own(): never {
      throw new OwnError()
    }
  }
  class OwnError extends Error {}
  class OwnFilter {
    catch(_exception: unknown, host: Common.ArgumentsHost): void {
      host
        .switchToHttp()
        .getResponse<{ status(code: number): { send(text: string): void } }>()
        .status(418)
        .send('own')
    }
  }
  const { Catch, Controller, Get, Post } = common
  Catch(OwnError)(OwnFilter)
  const route = (name: keyof Failures, decorate: MethodDecorator): unknown =>
    decorate(Failures.prototype, name, Object.getOwnPropertyDescriptor(Failures.prototype, name)!)
  Controller()(Failures)
  route('find', Get('/'))
  route('fail', Get('/unforeseen'))
  route('create', Post('/'))
  route('own', Get('/own'))
  const app = await core.NestFactory.create(
    {
      module: Root,
      imports: [face.BizErrorsModule.forRoot(options)],
      controllers: [Failures],
      providers: [{ provide: core.APP_FILTER, useClass: OwnFilter }],
    },
    adapter as never,
    { logger: false, abortOnError: false },
  )
  await app.listen(0, '127.0.0.1')
  const server = app.getHttpServer() as Server
  const { port } = server.address() as AddressInfo
  try {
    return await use((path, request) => fetch(`http://127.0.0.1:${port}${path}`, request))
  } finally {
    server.closeAllConnections()
    await app.close()
  }
}
