// The CDN itself: what it does, and the errors that it throws. No framework is named here.
import { BizError, catalog } from 'bizerror/catalogs/cdn'

/** What every framework reads of an address. A parameter that is there twice may be an array. */
export type Query = Readonly<Record<string, unknown>>

/** What makes an app of each framework. */
export interface Options {
  /** Such APIs often answer everything with HTTP 200. */
  readonly httpStatus?: 200
}

const BLACKLIST = new Set(['blocked.example'])
const MAX_HOST_LENGTH = 80

/** What the error handler of each framework is given, and the pages of the errors. */
export const optionsOf = ({ httpStatus }: Options) => ({ catalog, httpStatus, docsUrl: '/errors/' }) as const

function hostOf({ host }: Query): string {
  return typeof host === 'string' ? host : ''
}

/** Makes a CDN. It does the action that a query names, and returns the body of the answer. */
export function createCdn(): (query: Query) => object {
  const hosts = new Map([['www.example.com', { projectId: 0, online: true }]])

  const actions: Readonly<Record<string, (query: Query) => unknown>> = {
    DescribeCdnHosts: () => [...hosts.keys()],

    AddCdnHost(query) {
      const host = hostOf(query)
      const projectId = Number(query['projectId'] ?? 0)
      if (host === '') throw new BizError(1012)
      if (host.length > MAX_HOST_LENGTH) throw new BizError(2114)
      if (BLACKLIST.has(host)) throw new BizError(2113)
      if (hosts.has(host)) throw new BizError(2001)
      if (!Number.isInteger(projectId) || projectId < 0) throw new BizError(2130)
      hosts.set(host, { projectId, online: false })
      return { host }
    },

    DeleteCdnHost(query) {
      const host = hosts.get(hostOf(query))
      if (!host) throw new BizError(2000)
      if (host.online) throw new BizError(5100)
      hosts.delete(hostOf(query))
      return undefined
    },
  }

  return (query) => {
    if (query['Signature'] === undefined) throw new BizError(4100)
    const name = String(query['Action'])
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!action) throw new BizError(1011)
    return catalog.ok(action(query))
  }
}
