import { BizError, catalog } from 'bizerror/catalogs/cloud-waf'
import { withErrors } from 'bizerror/web'
import { askFetch } from '../ask.cjs'

const fetch = withErrors(
  (request) => {
    if (request.url.endsWith('/conflict')) throw new BizError(1006)
  },
  { catalog, requestId: {} },
)
for (const answer of await askFetch(fetch, ['/conflict', '/nowhere'], ['fr', 'zh-TW']))
  console.log(JSON.stringify(answer))
