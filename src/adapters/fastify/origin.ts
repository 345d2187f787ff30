import { read } from '../../guard/read.ts'
import type { Origin } from '../../report/report.ts'

/** The route is the pattern with all of its prefixes. */
export function originOf(request: unknown): Origin {
  const method = read(request, 'method')
  const route = read(read(request, 'routeOptions'), 'url')
  return {
    method: typeof method === 'string' ? method : 'GET',
    route: typeof route === 'string' ? route : undefined,
  }
}
