import type { IncomingMessage } from 'node:http'
import type { Reference } from '../../contract/docs/reference.ts'
import { read } from '../../guard/read.ts'
import { sendPage, type PageReply } from '../node/fastify-page.ts'
import { pageRequest } from '../node/reference.ts'

interface Request {
  readonly raw: IncomingMessage
}

interface Reply extends PageReply {
  callNotFound(): unknown
}

/** Makes the handler of the routes that pages have. */
export function createPageHandler(answer: Reference): (request: Request, reply: Reply) => void {
  return (request, reply) => {
    const { raw } = request
    const { url = '/' } = raw
    const sentUrl = read(request, 'originalUrl')
    const below = urlBelow(patternOf(request), url)
    const page = answer(pageRequest(raw, below, typeof sentUrl === 'string' ? sentUrl : url))
    if (page === undefined) reply.callNotFound()
    else sendPage(reply, page)
  }
}

/** `/errors/*`, with all of its prefixes. */
function patternOf(request: Request): string {
  return String(read(read(request, 'routeOptions'), 'url'))
}

/** Path and query below the place of the pages, as sent: in a param, Fastify has decoded a code's own slash. */
function urlBelow(pattern: string, url: string): string {
  const [path = ''] = url.split('?', 1)
  const above = pattern.split('/').length - (pattern.endsWith('*') ? 1 : 0)
  return `/${path.split('/').slice(above).join('/')}${url.slice(path.length)}`
}
