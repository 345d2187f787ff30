import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BizError } from '../../../../src/catalogs/cloud-waf.ts'
import type { StateChange } from '../../../../src/rate-limit/stores/fallback/fallback.ts'
import { postgresStore } from '../../../../src/rate-limit/stores/postgres/postgres-store.ts'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../../../identify/families/databases/postgres.ts'
import { frameworkNames } from '../../../support/frameworks.ts'
import { send } from '../../../support/raw.ts'
import { serve } from '../../../support/served.ts'
import { limitedOn, pipeline, type Options } from '../../limited.ts'
import { conflict, LIMITED, masked } from '../away-http.ts'
import { poolOf, type CountingPool } from './machines.ts'

type Responses = Readonly<Record<'up' | 'hanging' | 'down', readonly string[]>>

/** Resolves for all once so many have come, and something is done. */
function barrier(count: number, act: () => void | Promise<void>): () => Promise<void> {
  let come = 0
  let all: () => void
  const met = new Promise<void>((resolve) => (all = resolve)).then(act)
  return () => {
    if (++come === count) all()
    return met
  }
}

describeWithPostgres('rateLimit with postgresStore', () => {
  let server: Postgres
  let pool: CountingPool

  beforeAll(async () => {
    server = await startPostgres()
    pool = poolOf(server)
  }, START_TIMEOUT)

  afterAll(async () => {
    await pool?.pool.end()
    await server?.stop()
  })

  describe('with PostgreSQL away', () => {
    /** What each framework answers, and what its limiter tells. */
    const told = new Map<string, { responses: Responses; states: readonly string[] }>()

    // All on one server at once: each phase is waited for once.
    beforeAll(async () => {
      const hanging = barrier(frameworkNames.length, () => server.pause())
      const down = barrier(frameworkNames.length, () => {
        server.resume()
        return server.kill()
      })
      await Promise.all(
        frameworkNames.map(async (framework) => {
          const changes: StateChange[] = []
          const limit: Options = {
            policies: [{ name: 'minute', limit: 5, window: '1m' }],
            key: () => framework,
            // Longer than a busy machine takes for an answer of a server that is there.
            store: postgresStore(pool, { timeout: '2s' }),
            onStateChange: (change) => changes.push(change),
          }
          const routes = {
            '/': () => {
              throw new BizError(1006)
            },
          }
          const responses = await serve(...limitedOn(framework, { limit, routes }), async ({ port }) => {
            const ask = async (): Promise<string> =>
              masked(await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } }))
            const up = [await ask(), await ask()]
            await hanging()
            const local = [await ask(), await ask()]
            await down()
            return { up, hanging: local, down: [await ask(), await ask(), await ask(), await ask()] }
          })
          told.set(framework, { responses, states: changes.map(({ state }) => state) })
        }),
      )
      await server.start()
    }, START_TIMEOUT)

    test.each(frameworkNames)(
      'N04, N06: with PostgreSQL away, every response has its headers and none tells of it, on %s',
      (framework) => {
        expect(told.get(framework)).toEqual({
          responses: {
            up: [conflict(4), conflict(3)],
            // Counted in this process from here on.
            hanging: [conflict(4), conflict(3)],
            down: [conflict(2), conflict(1), conflict(0), LIMITED],
          },
          states: ['degraded'],
        })
      },
    )
  })

  test('M10: 300 parallel requests over HTTP against a limit of 30: exactly 30 pass', async () => {
    const limit: Options = {
      policies: [{ name: 'minute', limit: 30, window: '1m' }],
      key: () => 'client',
      store: postgresStore(pool, { table: 'exact', timeout: '10s' }),
    }
    const app = limitedOn('Express 5', {
      limit,
      routes: { '/': (_request, response) => void response.writeHead(204).end() },
    })
    const statuses = await serve(...app, async ({ port }) =>
      Promise.all(Array.from({ length: 20 }, () => pipeline(port, 15))),
    )
    const count = (status: string): number => statuses.flat().filter((one) => one === status).length
    expect({ passed: count('204'), refused: count('429') }).toEqual({ passed: 30, refused: 270 })
    const admin = new Client(server.connection)
    await admin.connect()
    expect((await admin.query('SELECT key FROM exact')).rows).toEqual([{ key: 'client' }])
    await admin.end()
  })
})
