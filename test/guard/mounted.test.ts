import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { checkCalled, isRequest } from '../../src/guard/mounted.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET' })
const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error('hostile')
    },
  },
)

describe('T03: what a framework hands to its middleware', () => {
  for (const [what, value] of [
    ["Node's request", request],
    ["a context of Koa's", { req: request, method: 'GET', headers: {} }],
    ["a context of Hono's", { req: { method: 'GET', raw: new Request('http://host/') } }],
    ['a request of the Fetch standard', new Request('http://host/')],
  ] as const) {
    test(`T03: is known: ${what}`, () => {
      expect(isRequest(value)).toBe(true)
      expect(() => checkCalled('requestId()', value)).toThrow(
        new SetupError('requestId was mounted uncalled; call it: requestId()'),
      )
    })
  }

  for (const [what, value] of [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'GET'],
    ['options', { headers: { draft: 'draft-11' }, catalog: {} }],
    ['a misspelled option', { method: 'GET' }],
    ['an error of an HTTP client, which names a method', { method: 'GET', headers: 'x' }],
    ['what cannot be read', hostile],
  ] as const) {
    test(`T03: is not taken for it: ${what}`, () => {
      expect(isRequest(value)).toBe(false)
      expect(() => checkCalled('requestId()', value)).not.toThrow()
    })
  }
})
