import { read } from '../../guard/read.ts'
import type { Origin } from '../../report/report.ts'

/** The pattern of a route: Fastify's request has it among its options, Express's on the route. */
export function originOf(request: unknown): Origin {
  const method = read(request, 'method')
  const route = read(read(request, 'routeOptions'), 'url') ?? read(read(request, 'route'), 'path')
  return {
    method: typeof method === 'string' ? method : 'GET',
    route: typeof route === 'string' ? route : undefined,
  }
}
