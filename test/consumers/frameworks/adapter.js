import { createResponder, factsOf } from 'bizerror/adapter'
import { BizError, catalog } from 'bizerror/catalogs/cloud-waf'
import { ask } from '../ask.cjs'

const respond = createResponder({ catalog })

function listener(request, response) {
  const thrown =
    request.url === '/conflict'
      ? new BizError(1006)
      : Object.assign(new Error('nothing here'), { status: 404 })
  const facts = factsOf({ header: (name) => request.headers[name] })
  const { status, headers, body, report } = respond(thrown, facts, request)
  response.writeHead(status, { 'X-Request-ID': facts.requestId, ...headers }).end(body)
  report()
}

for (const answer of await ask(listener, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
  console.log(JSON.stringify(answer))
