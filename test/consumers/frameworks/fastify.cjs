const Fastify = require('fastify')
const { BizError, catalog } = require('bizerror/catalogs/cloud-waf')
const { bizErrors } = require('bizerror/fastify')
const { ask } = require('../ask.cjs')

async function main() {
  const app = Fastify()
  await app.register(bizErrors, { catalog })
  app.get('/conflict', async () => {
    throw new BizError(1006)
  })
  await app.ready()
  for (const answer of await ask(app.routing, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
    console.log(JSON.stringify(answer))
}

void main()
