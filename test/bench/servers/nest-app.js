import 'reflect-metadata'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { fastifyServer, limitHook } from './fastify-server.js'
import { limitHeaders } from './job.js'

const PLATFORMS = {
  express: {
    create: (module) => NestFactory.create(module, { logger: false }),
    limit: (app) => app.use(limitHeaders),
    serve: (app) => app.getHttpServer(),
  },
  fastify: {
    create: (module) => NestFactory.create(module, new FastifyAdapter(), { logger: false }),
    limit: (app) => app.getHttpAdapter().getInstance().addHook('onRequest', limitHook),
    serve: (app) => fastifyServer(app.getHttpAdapter().getInstance()),
  },
}

/**
 * The server of a Nest app behind limit headers, whose only route throws.
 *
 * @param platform - `express` or `fastify`
 * @param make - makes what is thrown
 * @param imports - of its module
 * @param prepare - is given the app before it begins
 */
export async function nestServer(platform, make, imports, prepare = () => {}) {
  class App {}
  Module({ imports, controllers: [controllerOf(make)] })(App)
  const { create, limit, serve } = PLATFORMS[platform]
  const app = await create(App)
  limit(app)
  prepare(app)
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
