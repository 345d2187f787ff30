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

/** Whether a framework is one of these, and not of test/frameworks. */
export function isNamed(name: string): boolean {
  return (frameworkNames as readonly string[]).includes(name)
}

const FASTIFY = ['Fastify 5', 'Fastify 4', 'Nest on Fastify']
const HONO = ['Hono on Node', 'Hono']

/** What not all frameworks can, each with its own body parser, and who of all of them cannot. */
const UNABLE = {
  'await a middleware': ['Express 4'],
  // They load plugins and modules first.
  'be set up at once': [...FASTIFY, 'Nest on Express'],
  // Fastify parses a body before its route is called, if it knows its type; that of a Request is its host's.
  'cut an upload off': [...FASTIFY, ...HONO, 'Web'],
  // To look at what was thrown may throw, and then that is what they hand on.
  'hand on a hostile Proxy': ['Fastify 4', ...HONO],
  // Nest's own logger logs.
  'log on stderr by itself': ['Nest on Express', 'Nest on Fastify'],
  // A body is parsed as it came.
  'look at an encoding': [...FASTIFY, ...HONO],
  // A function of a Request has no response before it returns one.
  'prepare a response': ['Web'],
  'read nothing as JSON': [...FASTIFY, ...HONO, 'Web'],
  // What routes of these tests get is not what the framework has.
  'show its response': [...FASTIFY, ...HONO, 'Web'],
  'unpack br': ['Express 4'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Ability = keyof typeof UNABLE

/** Whether a framework can do what is needed. */
export function can(name: string, ability: Ability | undefined): boolean {
  return ability === undefined || !(UNABLE[ability] as readonly string[]).includes(name)
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
  /** Those of `requestId`. */
  readonly requestId?: { readonly context: boolean }
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

/** The same with those of `requestId`, for who takes them together. */
export function bundleOf(setup: Setup): HandlerOptions & Pick<Setup, 'requestId'> {
  return { ...optionsOf(setup), ...(setup.requestId && { requestId: setup.requestId }) }
}

function routeFor({ routes }: Setup, request: IncomingMessage): Route | undefined {
  return routes[request.url!.split('?')[0]!]
}

export const express5: Framework = {
  name: 'Express 5',
  listener(setup) {
    const app = express()
    app.disable('x-powered-by')
    app.use(expressFace.requestId(setup.requestId))
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
    app.use(expressFace.requestId(setup.requestId))
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
  app.use(koaFace.requestId(setup.requestId))
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
  besideFirst = Infinity
}

let besideFirst = Infinity
let taken = 0

/** From now on a case runs on the first framework, and on so many of the others, which take turns. */
export function takeTurns(count: number): void {
  besideFirst = count
  taken = 0
}

/** What the next case runs on. */
export function frameworksInTurn(needs?: Ability): readonly Framework[] {
  const able = frameworks.filter(({ name }) => can(name, needs))
  const [first, ...others] = able
  if (first === undefined || besideFirst >= others.length) return able
  const from = taken
  taken += besideFirst
  return [first, ...Array.from({ length: besideFirst }, (_, turn) => others[(from + turn) % others.length]!)]
}

/** Starts a listener on a free loopback port. */
export async function listen(
  listener: RequestListener,
): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, server }
}
