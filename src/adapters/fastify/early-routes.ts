import { isProduction } from '../../catalog/stack.ts'
import type { Logger } from '../../report/logger.ts'
import { attempt } from '../../report/report.ts'

/** The part of an app that is used. */
interface App {
  readonly addHook: (name: never, hook: never) => unknown
  readonly printRoutes: (options: never) => string
}

/**
 * Warns, but in production, once an app is ready of routes that were there before its error handler: Fastify keeps for each the one that was
 * set when it was added. Plugins may have routes that are nobody's business, so that only an app itself is looked at.
 */
export function warnOfEarlyRoutes(app: App, logger: Logger): void {
  // Plugins have their app as prototype. To list thousands of routes takes a moment, which no start in production has.
  if (isProduction() || Object.getPrototypeOf(app) !== Object.prototype) return
  app.addHook(
    'onReady' as never,
    function onReady(done: () => void): void {
      attempt(() => {
        const early = earlyRoutes(app)
        if (early.length > 0) logger.warn?.({}, messageOf(early))
      })
      done()
    } as never,
  )
}

// A line of the tree, and the one below it: https://fastify.dev/docs/latest/Reference/Server/#printroutes
const EARLY = /^[│├└─\s]*(?<route>\S.*)\n.*\(errorHandler\) "defaultErrorHandler\(\)"$/gm

/** @fastify/cors has it for what no route takes. It goes before, so that what is refused by a limiter has its headers too. */
const PREFLIGHTS = '* (OPTIONS)'

function earlyRoutes(app: App): readonly string[] {
  const tree = app.printRoutes({ commonPrefix: false, includeMeta: ['errorHandler'] } as never)
  return [...tree.matchAll(EARLY)]
    .map(({ groups }) => groups!['route']!)
    .filter((route) => route !== PREFLIGHTS)
}

function messageOf(early: readonly string[]): string {
  const [first] = early
  const routes = early.length === 1 ? `the route ${first}` : `${early.length} routes, such as ${first}`
  return `Fastify itself answers the errors of ${routes}, which came before bizErrors: register that first, by await app.register(bizErrors, options)`
}
