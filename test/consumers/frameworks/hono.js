import { Hono } from 'hono'
import { BizError, catalog } from 'bizerror/catalogs/cloud-waf'
import { bizErrors } from 'bizerror/hono'
import { askFetch } from '../ask.cjs'

const app = bizErrors(new Hono(), { catalog })
app.get('/conflict', () => {
  throw new BizError(1006)
})
for (const answer of await askFetch(app.fetch, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
  console.log(JSON.stringify(answer))
