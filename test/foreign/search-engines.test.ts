import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client as Client9 } from '@elastic/elasticsearch'
import { Client as OpenSearch } from '@opensearch-project/opensearch'
import { Client as Client8 } from 'elasticsearch8'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { recognize } from '../../src/identify/recognize.ts'
import { sampleFacts } from '../support/sample-facts.ts'
import { becomes, type Row } from './becomes.ts'
import { failureOf } from '../support/failure-of.ts'

interface Served {
  readonly status: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

/** What the server does with the next request: answers, waits for ever, or ends the connection. */
let reaction: Served | 'wait' | 'drop'
let server: Server
let node: string

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume()
    if (reaction === 'drop') request.socket.destroy()
    if (typeof reaction === 'string') return
    // https://www.elastic.co/docs/reference/elasticsearch/rest-apis/compatibility
    const type =
      request.headers.accept?.includes('vnd.') === true ? request.headers.accept : 'application/json'
    response.writeHead(reaction.status, {
      'Content-Type': type.split(',')[0],
      'X-Elastic-Product': 'Elasticsearch',
      ...reaction.headers,
    })
    response.end(JSON.stringify(reaction.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  node = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

interface Client {
  readonly get: (params: { index: string; id: string }) => Promise<unknown>
  readonly close: () => unknown
}

interface Settings {
  readonly node: string
  readonly maxRetries: number
  readonly requestTimeout?: number
  readonly nodeFilter?: () => boolean
}

const clients: readonly (readonly [name: string, make: (settings: Settings) => Client])[] = [
  ['@elastic/elasticsearch 9', (settings) => new Client9(settings)],
  ['@elastic/elasticsearch 8', (settings) => new Client8(settings)],
  ['@opensearch-project/opensearch', (settings) => new OpenSearch(settings)],
]

/** The body of an error: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options */
const error = (status: number, type: string): Served => ({
  status,
  body: { error: { root_cause: [{ type, reason: 'hunter2' }], type, reason: 'hunter2' }, status },
})

describe.each(clients)('%s', (name, make) => {
  async function get(settings: Partial<Settings> = {}): Promise<void> {
    const client = make({ node, maxRetries: 0, ...settings })
    try {
      await client.get({ index: 'members', id: 'ann' })
    } finally {
      await client.close()
    }
  }

  const answered = (what: string, served: Served, condition: Condition | undefined): Row => ({
    what,
    fail: () => {
      reaction = served
      return get()
    },
    becomes: condition,
    logged: { type: 'ResponseError' },
  })

  becomes(`R13: what a server tells ${name} becomes what it is`, [
    answered(
      'a document that is not there',
      { status: 404, body: { _index: 'members', _id: 'ann', found: false } },
      'not-found',
    ),
    answered(
      'a document that is not there to be deleted',
      { status: 404, body: { _index: 'members', _id: 'ann', result: 'not_found' } },
      'not-found',
    ),
    answered(
      'a document that is not there to be updated',
      error(404, 'document_missing_exception'),
      'not-found',
    ),
    answered('another version', error(409, 'version_conflict_engine_exception'), 'write-conflict'),
    answered('a document that cannot be read', error(400, 'document_parsing_exception'), 'validation-failed'),
    answered('the same by its older name', error(400, 'mapper_parsing_exception'), 'validation-failed'),
    answered(
      'a field that the mapping does not have',
      error(400, 'strict_dynamic_mapping_exception'),
      'validation-failed',
    ),
    {
      ...answered(
        'too many requests',
        { ...error(429, 'es_rejected_execution_exception'), headers: { 'Retry-After': '7' } },
        'unavailable',
      ),
      headers: { 'retry-after': '7' },
    },
    answered('a cluster without a master', error(503, 'cluster_block_exception'), 'unavailable'),
    answered('a proxy without a server', { status: 502, body: {} }, 'unavailable'),
    answered('a proxy that waited long enough', { status: 504, body: {} }, 'timeout'),
    answered('a server that fails', error(500, 'null_pointer_exception'), 'upstream-failed'),
    answered('an index that is not there', error(404, 'index_not_found_exception'), undefined),
    answered('a query that is wrong', error(400, 'parsing_exception'), undefined),
    answered('a key that is refused', error(401, 'security_exception'), undefined),
    answered('a key that may not', error(403, 'security_exception'), undefined),
  ])

  becomes(`R13: a server that ${name} cannot ask becomes unavailable, or a timeout`, [
    {
      what: 'a connection that is refused',
      fail: () => get({ node: 'http://127.0.0.1:1' }),
      becomes: 'unavailable',
      logged: { type: 'ConnectionError' },
    },
    {
      what: 'a connection that breaks',
      fail: () => {
        reaction = 'drop'
        return get()
      },
      becomes: 'unavailable',
      logged: { type: 'ConnectionError' },
    },
    {
      what: 'no server that is alive',
      fail: () => get({ nodeFilter: () => false }),
      becomes: 'unavailable',
      logged: { type: 'NoLivingConnectionsError' },
    },
    {
      what: 'an answer that does not come',
      fail: () => {
        reaction = 'wait'
        return get({ requestTimeout: 20 })
      },
      becomes: 'timeout',
      logged: { type: 'TimeoutError' },
    },
  ])
})

test('R13: a request to Elasticsearch that is aborted is a timeout, unless the client has left', async () => {
  reaction = 'wait'
  const client = new Client9({ node, maxRetries: 0 })
  const controller = new AbortController()
  const answered = client.get({ index: 'members', id: 'ann' }, { signal: controller.signal })
  await once(server, 'request')
  controller.abort()
  const error = await failureOf(() => answered)
  await client.close()
  expect(error).toHaveProperty('name', 'RequestAbortedError')
  expect(
    [false, true].map((clientGone) => recognize(error, { ...sampleFacts, clientGone })?.condition),
  ).toEqual(['timeout', 'client-gone'])
})
