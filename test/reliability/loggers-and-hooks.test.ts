import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { converse, keepAlive } from '../support/converse.ts'
import { send } from '../support/raw.ts'
import { onAll } from '../support/served.ts'
import { standardAnswer } from '../support/standard-answer.ts'
import { startWatch } from '../support/stopwatch.ts'

const conflict = { code: 1006, message: 'Username already exists' }
const internal = { code: 500, message: 'Internal server error' }

onAll(
  'P-F03: a hook that changes the report changes nothing in the answer or the log',
  {
    routes: {
      '/': () => {
        throw new BizError(1006)
      },
    },
    options: {
      onAnswer: (answer) => {
        Object.assign(answer, { code: 7, requestId: 'changed', status: 200 })
      },
      onReport: (report) => {
        Object.assign(report, { code: 7, requestId: 'changed', status: 200 })
      },
    },
  },
  async ({ port, log }) => {
    expect(await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } })).toBe(
      standardAnswer(409, conflict),
    )
    await expect.poll(() => log.length, { interval: 5 }).toBe(1)
    expect(log).toEqual([
      ['info', expect.objectContaining({ code: 1006, requestId: 'probe-1', status: 409 }), conflict.message],
    ])
  },
)

onAll(
  'P-F08: an asynchronous logger of 10 s delays nothing',
  {
    options: { logger: { error: () => sleep(10_000, undefined, { ref: false }) } },
    routes: {
      '/': () => {
        throw new Error('x')
      },
    },
  },
  async ({ port }) => {
    const elapsed = startWatch()
    for (let request = 0; request < 3; request++) {
      const talk = await converse(port, keepAlive('/'))
      await talk.until((text) => text.endsWith(JSON.stringify(internal)), 'the answer')
      talk.socket.destroy()
    }
    expect(elapsed()).toBeLessThan(5_000)
  },
)
