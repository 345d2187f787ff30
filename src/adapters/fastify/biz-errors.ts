import type { FastifyRequest } from 'fastify'
import { checkInstalled } from '../../dependencies.cjs'
import type { Catalog } from '../../catalog/catalog.ts'
import { stderrLogger } from '../../report/stderr.ts'
import { partsOf, type BizErrorsOptions } from '../bundle.ts'
import { watchBodies } from '../node/fastify-bodies.ts'
import { warnOfEarlyRoutes } from './early-routes.ts'
import { createErrorHandler } from './error-handler.ts'
import { notFound } from './not-found.ts'
import { rateLimit } from './rate-limit.ts'
import { settle, throwing, type Done } from './plugin.ts'
import { hasLogger, loggerOf } from './request-log.ts'
import { requestId } from './request-id.ts'

checkInstalled('fastify', 'bizerror/fastify')

/** The part of an app that is used, whatever its server and its logger are. */
export interface FastifyApp {
  readonly register: (plugin: never, options?: never) => unknown
  readonly addHook: (name: never, hook: never) => unknown
  readonly setErrorHandler: (handler: never) => unknown
  readonly setNotFoundHandler: (handler: never) => unknown
  readonly printRoutes: (options: never) => string
  readonly log: object
}

/**
 * The plugin that sets `errorHandler` and `notFound`, and adds `requestId` and `rateLimit`: register it before routes,
 * and before plugins that have some. It is for the app that it is registered on, and all of its plugins. For Fastify 5
 * and 4.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * await app.register(bizErrors, { catalog: shop })
 */
export function bizErrors<
  TCatalog extends Catalog = Catalog,
  TRequest extends object = FastifyRequest,
  TLimiterCatalog extends Catalog = TCatalog,
>(app: FastifyApp, options?: BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog>): void
// `register` reads the type of the options from the last of these, if nothing in it is optional or generic: the names in
// them are checked by `{ … } satisfies BizErrorsOptions<typeof shop>`.
export function bizErrors(
  app: FastifyApp,
  options: BizErrorsOptions<Catalog, FastifyRequest>,
  done: Done,
): void
export function bizErrors(
  app: FastifyApp,
  options: BizErrorsOptions<Catalog, FastifyRequest> = {},
  done: Done = throwing,
): void {
  settle(done, () => {
    const { handler, requestId: id, rateLimit: limits } = partsOf('Fastify', app, options)
    const { log } = app
    const answer = createErrorHandler(handler, hasLogger(log) ? loggerOf : stderrLogger)
    app.setErrorHandler(answer as never)
    app.setNotFoundHandler(notFound() as never)
    const add = app.addHook.bind(app) as (name: string, hook: unknown) => unknown
    add('onRequest', requestId(id))
    add('onSend', watchBodies(answer))
    if (limits !== undefined) add('onRequest', rateLimit(limits))
    const logger = [handler.logger, log].find(hasLogger)
    warnOfEarlyRoutes(app, logger ?? stderrLogger)
  })
}

// https://github.com/fastify/fastify-plugin: what it sets is set for the app itself, not for a child of it.
Object.assign(bizErrors, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'bizerror',
  [Symbol.for('plugin-meta')]: { name: 'bizerror', fastify: '4.x || 5.x' },
})
