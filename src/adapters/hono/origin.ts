import type { Origin } from '../../report/report.ts'
import type { AnyContext } from './context.ts'

/** Names method and route of a request. */
export function originOf({ req }: AnyContext): Origin {
  return { method: req.method, route: routeOf(req) }
}

/** Returns the pattern of the route that failed, or that the middleware which failed stands before. */
function routeOf({ matchedRoutes, routeIndex }: AnyContext['req']): string | undefined {
  return matchedRoutes.slice(routeIndex).find(({ method, path }) => !isMiddleware(method, path))?.path
}

/** Hono knows middleware as routes of any method, below which there may be everything. */
function isMiddleware(method: string, path: string): boolean {
  return method === 'ALL' && path.endsWith('*')
}
