import Fastify from 'fastify'
import { BizError, catalog } from 'bizerror/catalogs/cloud-waf'
import { bizErrors } from 'bizerror/fastify'
import { ask } from '../ask.cjs'

const app = Fastify()
await app.register(bizErrors, { catalog })
app.get('/conflict', async () => {
  throw new BizError(1006)
})
await app.ready()
for (const answer of await ask(app.routing, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
  console.log(JSON.stringify(answer))
