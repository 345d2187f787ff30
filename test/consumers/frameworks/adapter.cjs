const { createResponder, factsOf } = require('bizerror/adapter')
const { BizError, catalog } = require('bizerror/catalogs/cloud-waf')
const { ask } = require('../ask.cjs')

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

async function main() {
  for (const answer of await ask(listener, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
    console.log(JSON.stringify(answer))
}

void main()
