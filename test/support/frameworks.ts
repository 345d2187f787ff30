import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodyParser } from '@koa/bodyparser'
import express from 'express'
import express4 from 'express4'
import Koa from 'koa'
import Koa2 from 'koa2'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'

// The major versions differ in types only where these tests do not look.
export const expresses = [
  ['Express 5', express],
  ['Express 4', express4 as unknown as typeof express],
] as const
export const koas = [
  ['Koa 3', Koa],
  ['Koa 2', Koa2 as unknown as typeof Koa],
] as const

export type FrameworkName = (typeof expresses)[number][0] | (typeof koas)[number][0]

/** The name of each framework, in the order of `frameworks`. */
export const frameworkNames: readonly FrameworkName[] = [...expresses, ...koas].map(([name]) => name)

export type Ability =
  | 'await a middleware'
  | 'cut an upload off'
  | 'hand on a hostile Proxy'
  | 'log on stderr by itself'
  | 'prepare a response'
  | 'read nothing as JSON'
  | 'show its socket'
  | 'unpack a body'
  | 'unpack br'

// Those of test/frameworks, too: to whom reads a case, what cannot be stands in one place.
const UNABLE: ReadonlyMap<string, readonly Ability[]> = new Map<string, readonly Ability[]>([
  ['Express 4', ['await a middleware', 'unpack br']],
  // Parses each body before its route is called, as it came; one of a type that it does not know is a 415.
  ['Fastify 5', ['cut an upload off', 'read nothing as JSON', 'unpack a body']],
  // To look at what was thrown may throw, and then that is what it hands on; Hono does so, too.
  ['Fastify 4', ['cut an upload off', 'hand on a hostile Proxy', 'read nothing as JSON', 'unpack a body']],
  // The connection is its host's.
  [
    'Hono',
    [
      'cut an upload off',
      'hand on a hostile Proxy',
      'read nothing as JSON',
      'show its socket',
      'unpack a body',
    ],
  ],
  [
    'Hono on Node',
    [
      'cut an upload off',
      'hand on a hostile Proxy',
      'read nothing as JSON',
      'show its socket',
      'unpack a body',
    ],
  ],
  // Its own logger logs.
  ['Nest on Express', ['log on stderr by itself']],
  [
    'Nest on Fastify',
    ['cut an upload off', 'log on stderr by itself', 'read nothing as JSON', 'unpack a body'],
  ],
  // A function of a Request has no response before it returns one.
  [
    'Web',
    ['cut an upload off', 'prepare a response', 'read nothing as JSON', 'show its socket', 'unpack a body'],
  ],
])

/** Whether a framework, with its own body parser, can do something that not all can. */
export function can(name: string, ability: Ability | undefined): boolean {
  return ability === undefined || !UNABLE.get(name)?.includes(ability)
}

/** A Koa app as node:http takes it. */
export function koaCallback(app: Koa): RequestListener {
  const callback = app.callback()
  return (request, response) => void callback(request, response)
}

/** What a route of the contract can do, whatever the framework: look at the request, set headers, throw. */
export type Route = (request: IncomingMessage, response: ServerResponse) => unknown

export interface Setup {
  readonly options?: HandlerOptions
  readonly routes: Readonly<Record<string, Route>>
  /** Without it, a framework is left out. */
  readonly needs?: Ability
}

export interface Framework {
  readonly name: string
  /** An app with requestId, a JSON parser, the routes (any method), and errorHandler. */
  readonly listener: (setup: Setup) => RequestListener
}

/** The options of an app, which is one of the cloud-waf catalog unless they name another. */
export function optionsOf({ options }: Setup): HandlerOptions {
  return { catalog: cloudWaf, ...options }
}

function routeFor({ routes }: Setup, request: IncomingMessage): Route | undefined {
  return routes[request.url!.split('?')[0]!]
}

export const express5: Framework = {
  name: 'Express 5',
  listener(setup) {
    const app = express()
    app.disable('x-powered-by')
    app.use(expressFace.requestId())
    app.use(express.json())
    app.use((request, response, next) => {
      const route = routeFor(setup, request)
      return route ? route(request, response) : next()
    })
    app.use(expressFace.notFound())
    app.use(expressFace.errorHandler(optionsOf(setup)))
    return app
  },
}

const express4Framework: Framework = {
  name: 'Express 4',
  listener(setup) {
    const app = express4()
    app.disable('x-powered-by')
    app.use(expressFace.requestId())
    app.use(express4.json())
    app.use(
      expressFace.asyncHandler<IncomingMessage, ServerResponse>((request, response, next) => {
        const route = routeFor(setup, request)
        return route ? route(request, response) : next()
      }),
    )
    app.use(expressFace.notFound())
    app.use(expressFace.errorHandler(optionsOf(setup)))
    return app
  },
}

function koaListener(app: Koa, setup: Setup): RequestListener {
  app.use(koaFace.errorHandler(optionsOf(setup)))
  app.use(koaFace.requestId())
  app.use(bodyParser())
  app.use(async (context, next) => {
    const route = routeFor(setup, context.req)
    const body: unknown = route ? await route(context.req, context.res) : await next()
    if (body !== undefined) context.body = body
  })
  return koaCallback(app)
}

/** What the contract runs on. The tests in test/frameworks choose others before anything looks. */
export let frameworks: readonly Framework[] = [
  express5,
  express4Framework,
  ...koas.map(([name, Version]) => ({ name, listener: (setup: Setup) => koaListener(new Version(), setup) })),
]

/** Whether all texts are asked for in a language. */
export let isAskedFor: (locale: string) => boolean = () => true

/** Chooses what the contract runs on, and in which languages all texts are asked for. */
export function runOn(others: readonly Framework[], locales: readonly string[]): void {
  frameworks = others
  isAskedFor = (locale) => locales.includes(locale)
}

/** Starts a listener on a free loopback port. */
export async function listen(
  listener: RequestListener,
): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, server }
}
