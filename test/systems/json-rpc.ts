import { defineCatalog } from '../../src/error/define-catalog.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

/** Codes are negative, the status is 200, and the answer has the id of the call. */
const rpc = defineCatalog({
  name: 'json-rpc',
  modules: {
    protocol: { range: '-32700--32600', status: 400 },
    server: { range: '-32099--32000', status: 500 },
  },
  // The status is that of the transport: the call has arrived.
  httpStatus: ({ status }) => (status === 429 ? 429 : 200),
  errors: {
    PARSE_ERROR: { code: -32700, message: 'Parse error' },
    INVALID_REQUEST: { code: -32600, message: 'Invalid Request' },
    METHOD_NOT_FOUND: { code: -32601, message: 'Method not found' },
    INVALID_PARAMS: { code: -32602, message: 'Invalid params' },
    INTERNAL_ERROR: { code: -32603, status: 500, message: 'Internal error' },
    NOTHING_MARSHALED: { code: -32001, message: 'No marshaled object found' },
    LIMITED: { code: -32005, status: 429, message: 'Limit exceeded' },
  },
  foreign: {
    byStatus: { 400: 'INVALID_REQUEST', 500: 'INTERNAL_ERROR' },
    byCondition: { 'malformed-body': 'PARSE_ERROR', 'validation-failed': 'INVALID_PARAMS' },
  },
  envelope: {
    body: ({ code, message, details }, request) => ({
      jsonrpc: '2.0',
      error: { code, message, data: details },
      id: idOf(request),
    }),
    success: (result, request) => ({ jsonrpc: '2.0', result: result ?? null, id: idOf(request) }),
    read: (body) => ({ code: read(read(body, 'error'), 'code') }),
  },
})
const { errors } = rpc

/** A call's id is a text, a number or null, and null where there is none (section 5). */
function idOf(request: unknown): string | number | null {
  // Express has the body on its request, Koa on the request of its context.
  const body = read(read(request, 'request') ?? request, 'body')
  const id = read(body, 'id')
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

const call = (body: string): NonNullable<System['cases'][number]['request']> => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body,
})

export const system: System = {
  name: 'JSON-RPC 2.0',
  source: 'https://www.jsonrpc.org/specification',
  options: { catalog: rpc },
  cases: [
    {
      title: 'an error has the id of its call',
      thrown: () => errors.METHOD_NOT_FOUND(),
      request: call('{"jsonrpc": "2.0", "method": "foobar", "id": "1"}'),
      status: 200,
      body: { jsonrpc: '2.0', error: { code: -32601, message: 'Method not found' }, id: '1' },
    },
    {
      title: 'an id that is a number stays one',
      thrown: () => errors.INVALID_PARAMS({ details: { expected: 2 } }),
      request: call('{"jsonrpc": "2.0", "method": "subtract", "params": [42], "id": 3}'),
      status: 200,
      body: {
        jsonrpc: '2.0',
        error: { code: -32602, message: 'Invalid params', data: { expected: 2 } },
        id: 3,
      },
    },
    {
      title: 'an id that is an object is no id',
      thrown: () => errors.INVALID_REQUEST(),
      request: call('{"jsonrpc": "2.0", "method": 1, "params": "bar", "id": {"toString": 1}}'),
      status: 200,
      body: { jsonrpc: '2.0', error: { code: -32600, message: 'Invalid Request' }, id: null },
    },
    {
      title: 'a call that is no JSON has no id',
      thrown: () => errors.METHOD_NOT_FOUND(),
      request: call('{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]'),
      status: 200,
      body: { jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' }, id: null },
      readAs: 'PARSE_ERROR',
    },
    {
      title: 'an error that nobody coded is the internal error, with the id of its call',
      thrown: () => new TypeError('connect ECONNREFUSED 10.0.0.7:5432'),
      request: call('{"jsonrpc": "2.0", "method": "sum", "id": 4}'),
      status: 200,
      body: { jsonrpc: '2.0', error: { code: -32603, message: 'Internal error' }, id: 4 },
      readAs: 'INTERNAL_ERROR',
    },
    {
      title: 'a limit is a 429',
      thrown: () => errors.LIMITED({ retryAfter: 10 }),
      request: call('{"jsonrpc": "2.0", "method": "eth_call", "id": 5}'),
      status: 429,
      headers: { 'Retry-After': '10' },
      body: { jsonrpc: '2.0', error: { code: -32005, message: 'Limit exceeded' }, id: 5 },
    },
  ],
  successes: [
    {
      title: 'a success has a result, and the id of its call',
      data: 19,
      request: { body: { id: 7 } },
      body: { jsonrpc: '2.0', result: 19, id: 7 },
    },
    { title: 'a success without a result has null', body: { jsonrpc: '2.0', result: null, id: null } },
  ],
}
