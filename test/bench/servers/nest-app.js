import 'reflect-metadata'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { fastifyServer, idHook, limitHook } from './fastify-server.js'
import { limitHeaders, setRequestId } from './job.js'

const PLATFORMS = {
  express: {
    create: (module) => NestFactory.create(module, { logger: false }),
    limit: (app) => app.use(limitHeaders),
    tellId: (app) => app.use(setRequestId),
    serve: (app) => app.getHttpServer(),
  },
  fastify: {
    create: (module) => NestFactory.create(module, new FastifyAdapter(), { logger: false }),
    limit: (app) => app.getHttpAdapter().getInstance().addHook('onRequest', limitHook),
    tellId: (app) => app.getHttpAdapter().getInstance().addHook('onRequest', idHook),
    serve: (app) => fastifyServer(app.getHttpAdapter().getInstance()),
  },
}

/**
 * The server of a Nest app behind limit headers, whose only route throws.
 *
 * @param platform - `express` or `fastify`
 * @param make - makes what is thrown
 * @param imports - of its module
 * @param filters - for all that is thrown
 * @param tellsId - whether the app tells an id by itself
 */
export async function nestServer(platform, make, { imports = [], filters = [], tellsId = false }) {
  class App {}
  Module({ imports, controllers: [controllerOf(make)] })(App)
  const { create, limit, tellId, serve } = PLATFORMS[platform]
  const app = await create(App)
  limit(app)
  if (tellsId) tellId(app)
  app.useGlobalFilters(...filters)
  await app.init()
  return serve(app)
}

// Plain JavaScript has no decorators: they are called.
function controllerOf(make) {
  class Users {
    create() {
      throw make()
    }
  }
  Get()(Users.prototype, 'create', Object.getOwnPropertyDescriptor(Users.prototype, 'create'))
  Controller()(Users)
  return Users
}
