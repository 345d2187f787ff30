// Every system is written for several frameworks: examples/<system>/on-<framework>.ts. Each is started in its own way.
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { INestApplication } from '@nestjs/common'
import type { Express } from 'express'
import type { FastifyInstance } from 'fastify'
import type { Hono } from 'hono'
import type Koa from 'koa'

const hostname = '127.0.0.1'

/** What Workers, Deno and Bun serve by themselves. */
interface Worker {
  readonly fetch: (request: Request) => Promise<Response>
}

/** Starts an app of each framework on a free port of this machine. */
const FRAMEWORKS = {
  express: (app: Express) => app.listen(0, hostname),

  koa: (app: Koa) => app.listen(0, hostname),

  async fastify(app: FastifyInstance) {
    await app.listen({ port: 0, host: hostname })
    return app.server
  },

  hono: ({ fetch }: Hono) => serve({ fetch, hostname, port: 0 }) as Server,

  web: ({ fetch }: Worker) => serve({ fetch, hostname, port: 0 }) as Server,

  async nest(app: INestApplication) {
    await app.listen(0, hostname)
    return app.getHttpServer() as Server
  },
}

/** What an app can be written for. */
export type Framework = keyof typeof FRAMEWORKS

/** The systems, and what each is written for: the first is taken where none is named. */
export const SYSTEMS: ReadonlyMap<string, readonly Framework[]> = new Map([
  ['cloud-waf', writtenFor('cloud-waf', 'express')],
  ['cdn', writtenFor('cdn', 'koa')],
  ['gateway', writtenFor('gateway', 'express')],
  ['secrets', writtenFor('secrets', 'koa')],
])

function writtenFor(system: string, first: Framework): readonly Framework[] {
  const files = readdirSync(new URL(system, import.meta.url))
  const all = (Object.keys(FRAMEWORKS) as Framework[]).filter((name) => files.includes(`on-${name}.ts`))
  return [first, ...all.filter((name) => name !== first)]
}

/** The server of one of them, once it listens. */
export async function listen(system: string, framework: Framework, options?: object): Promise<Server> {
  const { createApp } = (await import(/* @vite-ignore */ `./${system}/on-${framework}.ts`)) as {
    readonly createApp: (options?: object) => unknown
  }
  const server = await FRAMEWORKS[framework]((await createApp(options)) as never)
  if (!server.listening) await once(server, 'listening')
  return server
}
