import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namesOf } from '../../../../src/rate-limit/stores/postgres/sql.ts'
import {
  describeWithPostgres,
  START_TIMEOUT,
  startPostgres,
  type Postgres,
} from '../../../identify/families/databases/postgres.ts'
import { built } from '../../../support/built.ts'

const script = built(new URL('exact-process.ts', import.meta.url))

async function message(child: ChildProcess): Promise<unknown> {
  const [value] = (await once(child, 'message')) as [unknown]
  return value
}

describeWithPostgres('4 processes that share a limit in PostgreSQL', () => {
  let server: Postgres
  let children: readonly ChildProcess[] = []

  beforeAll(async () => {
    server = await startPostgres()
    children = Array.from({ length: 4 }, () => fork(script, [JSON.stringify(server.connection)]))
    expect(await Promise.all(children.map(message))).toEqual(['ready', 'ready', 'ready', 'ready'])
  }, START_TIMEOUT)

  afterAll(async () => {
    for (const child of children) child.kill()
    await server?.stop()
  })

  // SQL's escape for the space in the name of an isolation is a backslash.
  test.each(['read\\ committed', 'repeatable\\ read', 'serializable'])(
    'M10: of 1,200 requests at once, the first ones to need the table, exactly 100 pass where the default isolation is %s',
    async (isolation) => {
      const admin = new Client(server.connection)
      await admin.connect()
      try {
        const counts = Promise.all(children.map(message))
        for (const child of children) child.send(isolation)
        const passed = (await counts) as number[]
        expect(passed.reduce((sum, count) => sum + count, 0)).toBe(100)
        const { rows } = await admin.query<{ counters: Record<string, number[]> }>(
          'SELECT counters FROM bizerror_limits',
        )
        expect(rows).toHaveLength(1)
        expect(
          Object.values(rows[0]!.counters).map(([, , , newest, before = 0]) => newest! + before),
        ).toEqual([100, 100, 100])
      } finally {
        await admin.query('DROP TABLE bizerror_limits')
        await admin.query(`DROP PROCEDURE ${namesOf('bizerror_limits').procedure}`)
        await admin.end()
      }
    },
    START_TIMEOUT,
  )
})
