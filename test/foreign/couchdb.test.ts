import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import nano from 'nano'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { answersTo, everywhere } from '../support/answers.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { freePort } from '../support/free-port.ts'
import { answerOf } from '../support/stacks.ts'
import { becomes, type Row } from './becomes.ts'
import { failureOf } from '../support/failure-of.ts'

let answer: { readonly status: number; readonly body?: object }
let server: Server
let url: string

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume()
    response.writeHead(answer.status, { 'Content-Type': 'application/json' })
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(answer.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** https://docs.couchdb.org/en/stable/json-structure.html#couchdb-error-status */
const refusal = (
  what: string,
  status: number,
  error: string,
  reason: string,
  condition: Condition | undefined,
): Row => ({
  what,
  fail: () => {
    answer = { status, body: { error, reason } }
    return nano(url).use('members').get('ann')
  },
  becomes: condition,
})

becomes('R13: what CouchDB tells nano becomes what it is', [
  refusal('a document that is not there', 404, 'not_found', 'missing', 'not-found'),
  refusal('a document that was deleted', 404, 'not_found', 'deleted', 'not-found'),
  {
    what: 'a document that is asked for with HEAD',
    fail: () => {
      answer = { status: 404 }
      return nano(url).use('members').head('ann')
    },
    becomes: 'not-found',
  },
  refusal('a database that is not there', 404, 'not_found', 'Database does not exist.', undefined),
  refusal('a view that is not there', 404, 'not_found', 'missing_named_view', undefined),
  refusal('another revision', 409, 'conflict', 'Document update conflict.', 'write-conflict'),
  refusal(
    'a database that there is',
    412,
    'file_exists',
    'The database could not be created, the file already exists.',
    'already-exists',
  ),
  refusal('a request that is wrong', 400, 'bad_request', 'invalid UTF-8 JSON', undefined),
  refusal('a password that is refused', 401, 'unauthorized', 'Name or password is incorrect.', undefined),
  refusal('a user that may not', 403, 'forbidden', 'You are not allowed to access this db.', undefined),
  refusal('too many requests', 429, 'too_many_requests', 'hunter2', 'unavailable'),
  refusal('a server that cannot serve', 503, 'service_unavailable', 'hunter2', 'unavailable'),
  refusal('a proxy without a server', 502, 'bad_gateway', 'hunter2', 'unavailable'),
  refusal('a proxy that waited long enough', 504, 'timeout', 'hunter2', 'timeout'),
  refusal('a server that fails', 500, 'internal_server_error', 'hunter2', 'upstream-failed'),
])

test('R13: a server that nano cannot reach has no mark, and is known by a line of identify', async () => {
  const port = await freePort()
  const error = await failureOf(() => nano(`http://127.0.0.1:${port}`).use('members').get('ann'))
  const fail = (): never => {
    throw error
  }
  const options = { catalog: conditionCatalog }
  expect([
    await answersTo(fail, options),
    await answersTo(fail, { ...options, identify: { when: isOfConnection, condition: 'unavailable' } }),
  ]).toEqual([everywhere(answerOf('unrecognized')), everywhere(answerOf('unavailable'))])
})

function isOfConnection(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('error happened in your connection')
}
