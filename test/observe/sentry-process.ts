// Fails requests under the real Sentry, as an app has it, and prints the events that would be sent. In a process of its
// own: Sentry patches others for good.
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import * as Sentry from '@sentry/node'
import { catalog } from '../../src/catalogs/cloud-waf.ts'
import { sentry, shouldHandleError, type SentryEvent } from '../../src/observe/sentry.ts'

interface Sent extends SentryEvent {
  readonly exception: {
    readonly values: readonly { type: string; value: string; mechanism: { type: string } }[]
  }
}

/** What Sentry sends: a head, and items with heads of their own. */
type Envelope = readonly [object, readonly (readonly [{ readonly type: string }, unknown])[]]

const events: Sent[] = []
Sentry.init({
  dsn: 'http://key@127.0.0.1:9/1',
  transport: () => ({
    send: async (envelope) => {
      for (const [{ type }, item] of (envelope as unknown as Envelope)[1]) {
        if (type === 'event') events.push(item as Sent)
      }
      return {}
    },
    flush: async () => true,
  }),
  // The default ones take their time with an event: without them it is complete before the error was answered.
  defaultIntegrations: false,
  integrations: [
    Sentry.dedupeIntegration(),
    Sentry.expressIntegration({ shouldHandleError: shouldHandleError({ catalog }) }),
    Sentry.koaIntegration(),
    // These do not ask.
    Sentry.fastifyIntegration(),
    Sentry.honoIntegration(),
  ],
})
// What is required is patched, and what is imported is not.
const require = createRequire(import.meta.url)
for (const patched of ['express', 'koa', 'hono']) require(patched)

const { BizError, defineCatalog } = await import('../../src/index.ts')
const { frameworks, listen } = await import('../support/frameworks.ts')
const { send } = await import('../support/raw.ts')
const { fastifyFrameworks } = await import('../frameworks/support/fastify.ts')
const { honoFrameworks } = await import('../frameworks/support/hono.ts')
const { nestFrameworks } = await import('../frameworks/support/nest.ts')

const always200 = defineCatalog({
  name: 'chat',
  errors: {
    LOST: { code: 7, status: 500, message: 'Lost' },
    GONE: { code: 8, status: 404, message: 'Gone' },
  },
  httpStatus: 200,
})
const fail = (make: () => unknown) => (): never => {
  throw make()
}
const conflict = new BizError(1006)
const routes = {
  '/conflict': fail(() => conflict),
  '/duplicate': fail(() =>
    Object.assign(new Error('duplicate key value'), { code: '23505', severity: 'ERROR' }),
  ),
  '/fault': fail(() => new TypeError('boom')),
  '/later': async () => {
    await setImmediate()
    throw new TypeError('boom later')
  },
  '/known': fail(() => new BizError(500)),
  '/timeout': fail(() =>
    Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' }),
  ),
  '/lost': fail(() => new always200.BizError('LOST')),
  '/gone': fail(() => new always200.BizError('GONE')),
  '/object': fail(() => ({ kind: 'lost', password: 'hunter2' })),
  '/text': fail(() => 'boom text'),
  '/frozen': fail(() => Object.freeze(new Error('frozen'))),
}
const observe = sentry({ client: Sentry })
// As for a second app: an event is completed once.
sentry({ client: Sentry })
const options = { logger: { error: () => {} }, observe }
const all = [frameworks[0]!, frameworks[2]!, fastifyFrameworks[0]!, honoFrameworks[0]!, nestFrameworks[0]!]

async function tell(name: string, path: string, answer: string): Promise<void> {
  await setImmediate()
  await Sentry.flush(2_000)
  const told = events.splice(0).map((event) => {
    const { exception, tags, fingerprint } = event
    const { type, value, mechanism } = exception.values.at(-1)!
    const leaks = JSON.stringify(event).includes('hunter2') || undefined
    return { by: mechanism.type, what: `${type}: ${value}`, tags, fingerprint, leaks }
  })
  console.log(JSON.stringify([name, path, Number(answer.slice(9, 12)), ...told]))
}

for (const { name, listener } of all) {
  const { port, server } = await listen(listener({ options, routes }))
  for (const path of Object.keys(routes)) {
    await tell(name, path, await send(port, { path, headers: { 'X-Request-ID': `id-${path.slice(1)}` } }))
  }
  server.close()
  server.closeAllConnections()
}

// A client that leaves, in front of a fault.
const { koaCallback } = await import('../support/frameworks.ts')
const { errorHandler } = await import('../../src/adapters/koa/index.ts')
const { default: Koa } = await import('koa')
const app = new Koa()
app.use(errorHandler(options))
app.use(async ({ req }) => {
  await once(req.socket, 'close')
  throw new BizError(500)
})
const { port, server } = await listen(koaCallback(app))
const socket = connect(port, '127.0.0.1', () => {
  socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n')
  setTimeout(() => socket.destroy(), 20)
})
await once(socket, 'close')
await wait(50)
await tell('a client that left', '/', '')
server.close()

// What an app captures by itself is its own, whatever is answered.
Sentry.captureException(conflict, { tags: { request_id: 'mine' }, fingerprint: ['mine'] })
await tell('the app', '/conflict', '')
process.exit()
