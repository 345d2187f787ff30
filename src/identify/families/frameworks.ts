import type { Family } from '../library-rule.ts'
import { fastify } from './frameworks/fastify.ts'
import { hono } from './frameworks/hono.ts'
import { nestjs } from './frameworks/nestjs.ts'
import { routingControllers } from './frameworks/routing-controllers.ts'

/** Errors that were made for HTTP, by frameworks that have another word for the status or tell more than it. */
export const frameworks: Family = {
  name: 'Frameworks',
  rules: [...nestjs, ...routingControllers, ...fastify, ...hono],
}
