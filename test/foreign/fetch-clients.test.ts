import nodeFetch from 'node-fetch'
import nodeFetch2 from 'node-fetch2'
import { becomes } from './becomes.ts'

for (const [name, fetch] of [
  ['node-fetch 3', nodeFetch],
  ['node-fetch 2', nodeFetch2],
] as const) {
  becomes(`R05: what ${name} rejects with becomes what it says`, [
    {
      what: 'a connection that is refused',
      fail: () => fetch('http://127.0.0.1:1/'),
      becomes: 'upstream-failed',
      logged: { type: 'FetchError', code: 'ECONNREFUSED' },
    },
  ])
}
