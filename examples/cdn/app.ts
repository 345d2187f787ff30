import { errorHandler, reference, requestId } from 'bizerror/koa'
import { BizError, catalog } from 'bizerror/catalogs/cdn'
import Koa from 'koa'

interface Options {
  /** Such APIs often answer everything with HTTP 200. */
  readonly httpStatus?: 200
}

const BLACKLIST = new Set(['blocked.example'])
const MAX_HOST_LENGTH = 80

export function createApp({ httpStatus }: Options = {}): Koa {
  const hosts = new Map([['www.example.com', { projectId: 0, online: true }]])

  const actions: Readonly<Record<string, (query: URLSearchParams) => unknown>> = {
    DescribeCdnHosts: () => [...hosts.keys()],

    AddCdnHost(query) {
      const host = query.get('host') ?? ''
      const projectId = Number(query.get('projectId') ?? 0)
      if (host === '') throw new BizError(1012)
      if (host.length > MAX_HOST_LENGTH) throw new BizError(2114)
      if (BLACKLIST.has(host)) throw new BizError(2113)
      if (hosts.has(host)) throw new BizError(2001)
      if (!Number.isInteger(projectId) || projectId < 0) throw new BizError(2130)
      hosts.set(host, { projectId, online: false })
      return { host }
    },

    DeleteCdnHost(query) {
      const host = hosts.get(query.get('host') ?? '')
      if (!host) throw new BizError(2000)
      if (host.online) throw new BizError(5100)
      hosts.delete(query.get('host')!)
      return undefined
    },
  }

  const app = new Koa()
  const options = { catalog, httpStatus, docsUrl: '/errors/' }
  app.use(errorHandler(options))
  app.use(requestId())
  app.use(reference({ ...options, title: 'CDN', path: '/errors' }))
  app.use((ctx) => {
    if (ctx.path !== '/v2/index.php') return
    const query = ctx.URL.searchParams
    if (!query.has('Signature')) throw new BizError(4100)
    const name = query.get('Action') ?? ''
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!action) throw new BizError(1011)
    ctx.body = catalog.ok(action(query))
  })
  return app
}
