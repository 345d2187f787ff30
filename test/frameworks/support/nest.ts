import 'reflect-metadata'
import type { RequestListener } from 'node:http'
import { All, Controller, Module, Req, Res, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { Express, Request, Response } from 'express'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { frameworkErrors } from '../../../src/adapters/fastify/index.ts'
import { BizErrorsModule } from '../../../src/adapters/nest/index.ts'
import { bundleOf, optionsOf, type Framework, type Route, type Setup } from '../../support/frameworks.ts'
import { addMethods, runOnReply } from './fastify.ts'
import { later } from './later.ts'

/** Calls a route with the request and the response of a platform. */
type Call<TRequest, TResponse> = (route: Route, request: TRequest, response: TResponse) => unknown

/** An app whose controller has a method for each route. */
function appOf<TRequest, TResponse>(setup: Setup, call: Call<TRequest, TResponse>): Type<object> {
  class Routes {}
  for (const [index, [path, route]] of Object.entries(setup.routes).entries()) {
    const name = `route${index}`
    const value = (request: TRequest, response: TResponse): unknown => call(route, request, response)
    const method = { value, configurable: true }
    Object.defineProperty(Routes.prototype, name, method)
    Req()(Routes.prototype, name, 0)
    Res()(Routes.prototype, name, 1)
    All(path)(Routes.prototype, name, method)
  }
  Controller()(Routes)
  class App {}
  Module({ imports: [BizErrorsModule.forRoot(bundleOf(setup))], controllers: [Routes] })(App)
  return App
}

const call: Call<Request, Response> = (route, request, response) => route(request, response)

async function onExpress(setup: Setup): Promise<RequestListener> {
  const app = await NestFactory.create(appOf(setup, call), new ExpressAdapter(), { logger: false })
  const express = app.getHttpAdapter().getInstance() as Express
  express.disable('x-powered-by')
  await app.init()
  return express
}

const callOnReply: Call<FastifyRequest, FastifyReply> = (route, _request, reply) => runOnReply(route, reply)

async function onFastify(setup: Setup): Promise<RequestListener> {
  // What Fastify finds wrong before it calls a route is no business of Nest's.
  const adapter = new FastifyAdapter({ frameworkErrors: frameworkErrors(optionsOf(setup)) })
  addMethods(adapter.getInstance())
  const app = await NestFactory.create<NestFastifyApplication>(appOf(setup, callOnReply), adapter, {
    logger: false,
  })
  await app.init()
  const fastify = app.getHttpAdapter().getInstance()
  await fastify.ready()
  return (request, response) => fastify.routing(request, response)
}

export const nestFrameworks: readonly Framework[] = [
  { name: 'Nest on Express', listener: (setup) => later(onExpress(setup)) },
  { name: 'Nest on Fastify', listener: (setup) => later(onFastify(setup)) },
]
