import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import fastify4 from 'fastify4'
import { expect, test } from 'vitest'
import * as face from '../../../src/adapters/fastify/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../../src/report/report.ts'
import { recorder } from '../../support/served.ts'

// The major versions differ in types only where these tests do not look.
export const fastifies = [
  ['Fastify 5', Fastify],
  ['Fastify 4', fastify4 as unknown as typeof Fastify],
] as const

export type FastifyApp = FastifyInstance
export type Recorded = ReturnType<typeof recorder>

/** A running app, and what it reported so far. */
export interface ServedFastify extends Pick<Recorded, 'log'> {
  readonly name: string
  readonly app: FastifyApp
  readonly port: number
  readonly reports: readonly ErrorReport[]
  /** Resolves once so many errors were reported; rejects after ten seconds. */
  readonly reported: (count: number) => Promise<void>
}

export interface Serving {
  /** Options of the bundle, beside a catalog and what records. */
  readonly options?: face.BizErrorsOptions
  /** Options of the server. */
  readonly server?: (recorded: Recorded) => FastifyServerOptions
  /** What is registered before the bundle. */
  readonly before?: (app: FastifyApp, recorded: Recorded) => unknown
  /** What is registered behind it. */
  readonly routes?: (app: FastifyApp, recorded: Recorded) => unknown
}

/** Runs an app with the bundle while `use` does. */
export async function serveFastify<TResult>(
  [name, create]: (typeof fastifies)[number],
  { options, server, before, routes }: Serving,
  use: (served: ServedFastify) => Promise<TResult>,
): Promise<TResult> {
  const recorded = recorder()
  const app = create({ ...server?.(recorded) })
  await before?.(app, recorded)
  await app.register(face.bizErrors, { catalog, ...recorded.options, ...options })
  await routes?.(app, recorded)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const { reports, log } = recorded
  async function reported(count: number): Promise<void> {
    await expect.poll(() => reports.length, { timeout: 10_000, interval: 5 }).toBe(count)
  }
  try {
    return await use({ name, app, port, reports, log, reported })
  } finally {
    // A server of HTTP/2 has none that stay.
    ;(app.server as Partial<typeof app.server>).closeAllConnections?.()
    await app.close()
  }
}

/** Tests a behavior on Fastify 5 and 4. What `use` returns must be the same on both. */
export function onFastify(
  title: string,
  serving: Serving,
  use: (served: ServedFastify) => Promise<unknown>,
): void {
  test(title, async () => {
    const results: unknown[] = []
    // One after the other: a failure names its version.
    for (const fastify of fastifies) {
      // oxlint-disable-next-line no-await-in-loop
      results.push(await serveFastify(fastify, serving, use))
    }
    expect(results[1], 'Fastify 4 as Fastify 5').toEqual(results[0])
  })
}

/** Does something as soon as its time has come, in a turn of its own. */
export function once(isTime: () => boolean, act: () => void): void {
  const timer = setInterval(() => {
    if (!isTime()) return
    clearInterval(timer)
    act()
  }, 1)
}
