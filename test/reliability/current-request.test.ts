import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { currentRequest } from '../../src/handler/current-request.ts'
import { serving } from '../support/apps.ts'
import { frameworks, type Setup } from '../support/frameworks.ts'
import { parse } from '../support/guarantees.ts'
import { send } from '../support/raw.ts'
import { record } from '../support/whole-answer.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

const GERMAN = {
  path: '/?de',
  headers: {
    'X-Request-ID': 'of-de',
    'Accept-Language': 'fr;q=0.5, de_at',
    traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
  },
}
const JAPANESE = { path: '/?ja', headers: { 'X-Request-ID': 'of-ja', 'Accept-Language': 'ja, *' } }

const ofGerman = { requestId: 'of-de', locale: 'de-AT', traceId: TRACE }
const ofJapanese = { requestId: 'of-ja', locale: 'ja', traceId: undefined }

type Told = readonly [what: string, request: ReturnType<typeof currentRequest>]

/** An app whose route and hooks tell what they are told of their request. */
function setupOf(told: Told[], context: boolean): Setup {
  const tell = (what: string) => (): void => void told.push([what, currentRequest()])
  return {
    requestId: { context },
    options: {
      locale: () => currentRequest()?.locale,
      logger: { error: tell('log'), warn: tell('log'), info: tell('log') },
      onAnswer: tell('answer'),
      onReport: tell('report'),
    },
    routes: {
      '/': async () => {
        await sleep(5)
        tell('route')()
        throw new BizError(1004)
      },
    },
  }
}

describe.each(frameworks)('currentRequest on $name', ({ listener }) => {
  test('P-R11: tells each of two requests at once of itself, in its route and to the functions of its error handler', async () => {
    const told: Told[] = []
    await serving(listener(setupOf(told, true)), async (port) => {
      const answers = await Promise.all([GERMAN, JAPANESE].map((request) => send(port, request)))
      const headers = answers.map((answer) => record(parse(answer).headers))
      expect(headers.map((each) => [each['x-request-id'], each['content-language']])).toEqual([
        ['of-de', 'de'],
        ['of-ja', 'ja'],
      ])
      await expect.poll(() => told.length, { interval: 5 }).toBe(8)
      expect(currentRequest()).toBeUndefined()
    })
    const whats = ['route', 'answer', 'report', 'log']
    for (const request of [ofGerman, ofJapanese]) {
      const its = told.filter(([, each]) => each?.requestId === request.requestId)
      expect(its).toEqual(whats.map((what) => [what, request]))
    }
  })

  test('P-R11: tells nothing where it was not asked for', async () => {
    const told: Told[] = []
    await serving(listener(setupOf(told, false)), async (port) => {
      await send(port, GERMAN)
      await expect.poll(() => told.length, { interval: 5 }).toBe(4)
    })
    expect(told.map(([, request]) => request)).toEqual(Array.from({ length: 4 }))
  })
})

test('P-R11: what is written on the one of currentRequest changes no other', async () => {
  const told: unknown[] = []
  const setup: Setup = {
    requestId: { context: true },
    routes: {
      '/': (_request, response) => {
        // pino writes on what its mixin returns.
        Object.assign(currentRequest()!, { requestId: 'forged', msg: 'x' })
        told.push(currentRequest())
        response.end()
      },
    },
  }
  await serving(frameworks[0]!.listener(setup), (port) => send(port, GERMAN))
  expect(told).toEqual([ofGerman])
})
