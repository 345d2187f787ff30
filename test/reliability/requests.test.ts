import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { converse, keepAlive } from '../support/converse.ts'
import { frameworks, type Route } from '../support/frameworks.ts'
import { expectGuarantees, run } from '../support/guarantees.ts'
import { escaping, onAll, serve } from '../support/served.ts'
import { startWatch } from '../support/stopwatch.ts'
import { answers } from '../support/whole-answer.ts'
import {
  boom,
  conflict,
  expectAlive,
  expectAnswer,
  expectReported,
  fail,
  ID,
  whole,
} from './kept-connections.ts'

describe('P-E06: a client that leaves', () => {
  for (const [how, leave] of [
    ['closes', 'destroy'],
    ['resets the connection', 'resetAndDestroy'],
  ] as const) {
    for (const [what, error] of [
      ['a foreign error', boom],
      ['a BizError', new BizError(1006)],
    ] as const) {
      const thrown: unknown[] = []
      onAll(
        `P-E06: nothing is written and nothing logged as an error, for ${what} thrown 80 ms after the client ${how}`,
        {
          routes: {
            '/': async (_request, response) => {
              await new Promise((resolve) => response.once('close', resolve))
              await sleep(80)
              thrown.push(error)
              throw error
            },
          },
        },
        async (served) => {
          const talk = await converse(served.port, keepAlive('/', ID))
          await sleep(20)
          talk.socket[leave]()
          await served.reported(1)
          expect(thrown).toContain(error)
          expect(served.reports.map(({ sent }) => sent)).toEqual([false])
          expect(served.log.map(([level]) => level)).toEqual(['info'])
          expect(talk.text()).toBe('')
          await expectAlive(served)
        },
      )
    }
  }
})

describe('P-E07: other methods', () => {
  for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'DELETE', 'PATCH', 'PUT', 'SEARCH']) {
    answers(
      `P-E07: ${method} on a failing route has the whole answer`,
      {
        route: () => {
          throw new BizError(1006)
        },
        request: { method },
      },
      { status: 409, body: conflict },
    )
  }
})

describe('P-E08: a body that is not sent to its end', () => {
  const closing = whole.conflict
    .replace('Connection: keep-alive\r\nKeep-Alive: timeout=5', 'Connection: close')
    .split('\r\n')
    .sort()
  for (const [name, header, part] of [
    ['of 1,000,000 bytes of which ten come', 'Content-Length: 1000000', '0123456789'],
    ['of 1,000,000 bytes of which none comes', 'Content-Length: 1000000', ''],
    ['in chunks of which one comes', 'Transfer-Encoding: chunked', '4\r\npart\r\n'],
  ] as const) {
    for (const [when, route] of [
      ['at once', fail],
      [
        'after 20 ms',
        async () => {
          await sleep(20)
          throw new BizError(1006)
        },
      ],
    ] as const) {
      onAll(
        `P-E08: an error thrown ${when} is answered with Connection: close, for a body ${name}`,
        { routes: { '/': route }, needs: 'cut an upload off' },
        async (served) => {
          const request = keepAlive('/', [...ID, header], 'POST')
          const elapsed = startWatch()
          const talk = await converse(served.port, request + part)
          expect((await talk.closed()).split('\r\n').sort()).toEqual(closing)
          expect(elapsed(), 'G2: in time').toBeLessThan(500)
          await expectReported(served, { sent: true, level: 'info' })
          await expectAlive(served)
        },
      )
    }
  }

  for (const [name, header, body] of [
    ['with a length', 'Content-Length: 10', '{"a":"bc"}'],
    ['in chunks', 'Transfer-Encoding: chunked', 'a\r\n{"a":"bc"}\r\n0\r\n\r\n'],
    ['that is empty', 'Content-Length: 0', ''],
  ] as const) {
    onAll(
      `P-E08: the connection is kept for a body ${name} that was received whole`,
      { routes: { '/': fail }, ...(body === '' && { needs: 'read nothing as JSON' }) },
      (served) =>
        expectAnswer(
          served,
          whole.conflict,
          keepAlive('/', [...ID, 'Content-Type: application/json', header], 'POST') + body,
        ),
    )
  }
})

describe('P-E09: pipelining', () => {
  for (const [name, route] of Object.entries<Route>({
    'thrown at once': () => {
      throw new BizError(1006)
    },
    'rejected, the first one last': async (request) => {
      await sleep(request.headers['x-request-id'] === 'p-1' ? 40 : 1)
      throw new BizError(1006)
    },
  })) {
    onAll(
      `P-E09: three pipelined GETs get three answers in order on a kept connection, for errors ${name}`,
      { routes: { '/': route } },
      async ({ port }) => {
        const ids = ['p-1', 'p-2', 'p-3']
        const talk = await converse(port, ids.map((id) => keepAlive('/', [`X-Request-ID: ${id}`])).join(''))
        const expected = ids.map((id) => whole.conflict.replace('probe-1', id)).join('')
        await talk.until((text) => text.length >= expected.length, 'three answers')
        expect([talk.text(), talk.socket.destroyed]).toEqual([expected, false])
        talk.socket.write(keepAlive('/', ID))
        await talk.until((text) => text === expected + whole.conflict, 'a fourth answer')
        talk.socket.destroy()
      },
    )
  }
})

describe('P-J05: a path that cannot be decoded', () => {
  // Routers look at a method before the path, or after it.
  for (const method of ['GET', 'ACL']) {
    for (const framework of frameworks) {
      test(`P-J05: ${method} of it is answered, and it is not reflected, on ${framework.name}`, async () => {
        const probe = { request: { method, path: '/%ff' }, secrets: ['%ff'] }
        expectGuarantees(await run(framework, probe), probe)
      })
    }
  }
})

describe('P-E13: errors outside the request', () => {
  for (const [name, escape] of [
    [
      'a throw inside setTimeout',
      () => {
        setTimeout(() => {
          throw boom
        }, 1)
      },
    ],
    ['a promise that nobody waits for', () => void Promise.reject(boom)],
  ] as const) {
    for (const { name: framework, listener } of frameworks) {
      test(`P-E13: ${name} reaches the process, since no handler of ours hides it, on ${framework}`, async () => {
        const escaped = await escaping(() =>
          serve(
            framework,
            (options) =>
              listener({
                options,
                routes: {
                  '/': (_request, response) => {
                    escape()
                    response.end('done')
                  },
                },
              }),
            async (served) => {
              const talk = await converse(served.port, keepAlive('/', ID))
              await talk.until((text) => text.includes('done'), 'the answer')
              await sleep(20)
              expect(served.reports).toEqual([])
              talk.socket.destroy()
            },
          ),
        )
        expect(escaped).toEqual([boom])
      })
    }
  }
})

describe('P-E16: two rejections', () => {
  onAll(
    'P-E16: the first of two rejections is answered, and the second does not reach the process',
    {
      routes: {
        '/': () =>
          Promise.all([
            sleep(1).then(() => Promise.reject(new BizError(1006))),
            sleep(1)
              .then(() => sleep(5))
              .then(() => Promise.reject(boom)),
          ]),
      },
    },
    async (served) => {
      await expectAnswer(served, whole.conflict)
      await sleep(20)
      await expectReported(served, { sent: true, level: 'info' })
    },
  )
})
