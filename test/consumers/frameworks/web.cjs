const { BizError, catalog } = require('bizerror/catalogs/cloud-waf')
const { withErrors } = require('bizerror/web')
const { askFetch } = require('../ask.cjs')

const fetch = withErrors(
  (request) => {
    if (request.url.endsWith('/conflict')) throw new BizError(1006)
  },
  { catalog, requestId: {} },
)

async function main() {
  for (const answer of await askFetch(fetch, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
    console.log(JSON.stringify(answer))
}

void main()
