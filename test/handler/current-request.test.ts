import { afterEach, expect, test, vi } from 'vitest'
import { currentRequest, openContext } from '../../src/handler/current-request.ts'
import { requestId } from '../../src/adapters/express/request-id.ts'
import { genReqId } from '../../src/adapters/fastify/request-id.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

const STORAGE = Symbol.for('bizerror.currentRequest')

afterEach(() => {
  vi.unstubAllGlobals()
})

const asked = { requestId: 'r-1', acceptLanguage: 'de', traceparent: undefined }

test('currentRequest is what was entered, after every await of it, and nothing beside', async () => {
  const enter = openContext()
  const inside = enter(asked, async () => {
    await Promise.resolve()
    return currentRequest()
  })
  expect(currentRequest()).toBeUndefined()
  expect(await inside).toEqual({ requestId: 'r-1', locale: 'de', traceId: undefined })
})

test('copies of the package know each other’s requests', async () => {
  vi.resetModules()
  const copy = await import('../../src/handler/current-request.ts')
  expect(copy.currentRequest).not.toBe(currentRequest)
  expect(openContext()(asked, copy.currentRequest)?.requestId).toBe('r-1')
  expect(copy.openContext()(asked, currentRequest)?.requestId).toBe('r-1')
})

test('the option context is refused where the host has no AsyncLocalStorage, and currentRequest is undefined', () => {
  vi.stubGlobal(STORAGE as unknown as string, undefined)
  vi.stubGlobal('process', { env: {} })
  expect(() => requestId({ context: true })).toThrow(
    new SetupError(
      'Option context of requestId is true, and this host has no AsyncLocalStorage. Leave it out; on Cloudflare Workers, set the compatibility flag nodejs_compat.',
    ),
  )
  expect(currentRequest()).toBeUndefined()
  expect(() => requestId({ context: false })).not.toThrow()
})

test('nothing is made where nobody asks for it', () => {
  vi.stubGlobal(STORAGE as unknown as string, undefined)
  requestId()
  requestId({ context: false })
  expect((globalThis as { [STORAGE]?: unknown })[STORAGE]).toBeUndefined()
})

test('the option context is checked, and belongs to requestId', () => {
  expect(() => requestId({ context: 'yes' as unknown as boolean })).toThrow(
    new SetupError('Option context is "yes". Give true or false.'),
  )
  expect(() => genReqId({ context: true } as object)).toThrow(
    new SetupError(
      `genReqId has no "context". It is of requestId: app.addHook('onRequest', requestId({ context: true })).`,
    ),
  )
})
