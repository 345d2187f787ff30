import type { RequestListener } from 'node:http'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import fastify4 from 'fastify4'
import { bizErrors, frameworkErrors } from '../../../src/adapters/fastify/index.ts'
import { bundleOf, optionsOf, type Framework, type Route, type Setup } from '../../support/frameworks.ts'
import { later } from './later.ts'
import { Prepared } from './prepared.ts'

/** The major versions, which differ in types only where these tests do not look. */
export const fastifies = [
  ['Fastify 5', fastify],
  ['Fastify 4', fastify4 as unknown as typeof fastify],
] as const

async function listenerOf(create: typeof fastify, setup: Setup): Promise<RequestListener> {
  const app = create({ frameworkErrors: frameworkErrors(optionsOf(setup)) })
  addMethods(app)
  await app.register(bizErrors, bundleOf(setup))
  for (const [path, route] of Object.entries(setup.routes)) {
    app.all(path, (_request, reply) => runOnReply(route, reply))
  }
  await app.ready()
  return (request, response) => app.routing(request, response)
}

/** Fastify 5 answers methods such as these only where an app adds them. */
export function addMethods(app: FastifyInstance): void {
  if (!('addHttpMethod' in app)) return
  for (const method of ['PROPFIND', 'SEARCH']) app.addHttpMethod(method)
}

/** Runs a route of the contract, and sends what it ended the reply with. */
export async function runOnReply(route: Route, reply: FastifyReply): Promise<FastifyReply> {
  const prepared = new Prepared({
    get: (name) => (reply.getHeader(name) as string | undefined) ?? null,
    set: (name, value) => void reply.header(name, value),
    delete: (name) => void reply.removeHeader(name),
    status: (status) => void reply.code(status),
    onClose: (tell) => reply.raw.once('close', tell),
    phrase(text) {
      reply.raw.statusMessage = text
    },
  })
  await route(reply.request.raw, prepared.response)
  return reply.send(prepared.body)
}

export const fastifyFrameworks: readonly Framework[] = fastifies.map(([name, create]) => ({
  name,
  listener: (setup) => later(listenerOf(create, setup)),
}))
