// Fails requests under a real OpenTelemetry SDK, and prints who found the span of each active and open.
import { channel } from 'node:diagnostics_channel'
import { trace } from '@opentelemetry/api'
import { endedSpan } from '../support/tracing.ts'

const { setTimeout: wait } = await import('node:timers/promises')
const { frameworks, listen } = await import('../support/frameworks.ts')
const { send } = await import('../support/raw.ts')

/** Marks the span that is active, if it is still open. */
const hear = (who: string) => (): void => void trace.getActiveSpan()?.setAttribute(`heard.${who}`, true)

channel('bizerror.answer').subscribe(hear('answers'))
channel('bizerror.report').subscribe(hear('reports'))
const routes = {
  '/throws': () => {
    throw new Error('x')
  },
  '/rejects': async () => {
    await wait(1)
    throw new Error('x')
  },
}
const logger = { error: hear('logger'), info: hear('logger') }
const options = { logger, onAnswer: hear('onAnswer'), onReport: hear('onReport') }
for (const { name, listener } of frameworks) {
  const { server, port } = await listen(listener({ options, routes }))
  for (const path of ['/throws', '/rejects', '/nowhere']) {
    await send(port, { path })
    const { attributes } = await endedSpan()
    const heard = Object.keys(attributes).filter((key) => key.startsWith('heard.'))
    console.log([name, path, ...heard.sort()].join(' '))
  }
  server.close()
  server.closeAllConnections()
}
