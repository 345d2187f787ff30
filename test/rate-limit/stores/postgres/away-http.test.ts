import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

  test.each(frameworkNames)(
    'N04, N06: with PostgreSQL away, every response has its headers and none tells of it, on %s',
    async (framework) => {
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
      const app = limitedOn(framework, { limit, routes })
      const responses = await serve(...app, async ({ port }) => {
        const ask = async (): Promise<string> =>
          masked(await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } }))
        const up = [await ask(), await ask()]
        server.pause()
        const hanging = [await ask(), await ask()]
        server.resume()
        await server.kill()
        const down = [await ask(), await ask(), await ask(), await ask()]
        return { up, hanging, down }
      })
      await server.start()
      expect(responses).toEqual({
        up: [conflict(4), conflict(3)],
        // Counted in this process from here on.
        hanging: [conflict(4), conflict(3)],
        down: [conflict(2), conflict(1), conflict(0), LIMITED],
      })
      expect(changes.map(({ state }) => state)).toEqual(['degraded'])
    },
    START_TIMEOUT,
  )

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
