const { Hono } = require('hono')
const { BizError, catalog } = require('bizerror/catalogs/cloud-waf')
const { bizErrors } = require('bizerror/hono')
const { askFetch } = require('../ask.cjs')

const app = bizErrors(new Hono(), { catalog })
app.get('/conflict', () => {
  throw new BizError(1006)
})

async function main() {
  for (const answer of await askFetch(app.fetch, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
    console.log(JSON.stringify(answer))
}

void main()
