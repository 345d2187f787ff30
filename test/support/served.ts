import type { RequestListener } from 'node:http'
import type { Express } from 'express'
import type Koa from 'koa'
import { expect, test } from 'vitest'
import { catalog } from '../../src/catalogs/cloud-waf.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { Logger } from '../../src/report/logger.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { expresses, frameworksInTurn, koaCallback, koas, listen, type Setup } from './frameworks.ts'

export type ExpressApp = Express

type Log = readonly [level: string, record: Readonly<Record<string, unknown>>, message: string]

/** A running server, and what it reported so far. */
export interface Served {
  readonly framework: string
  readonly port: number
  readonly reports: readonly ErrorReport[]
  readonly log: readonly Log[]
  /** Resolves once so many errors were reported; rejects after ten seconds. */
  readonly reported: (count: number) => Promise<void>
}

type Recording = HandlerOptions & { readonly logger: Logger }

/** Options that record what an error handler reports. */
export function recorder(): {
  readonly reports: ErrorReport[]
  readonly log: Log[]
  readonly options: Recording
} {
  const reports: ErrorReport[] = []
  const log: Log[] = []
  const at = (level: string) => (record: object, message: string) =>
    log.push([level, record as Log[1], message])
  return {
    reports,
    log,
    options: {
      logger: { error: at('error'), warn: at('warn'), info: at('info') },
      onReport: (report) => reports.push(report),
    },
  }
}

/** Runs a server of the cloud-waf catalog while `use` does. */
export async function serve<TResult>(
  framework: string,
  makeListener: (options: Recording) => RequestListener,
  use: (served: Served) => Promise<TResult>,
): Promise<TResult> {
  const { reports, log, options } = recorder()
  const { port, server } = await listen(makeListener({ catalog, ...options }))
  async function reported(count: number): Promise<void> {
    await expect.poll(() => reports.length, { timeout: 10_000, interval: 5 }).toBe(count)
  }
  try {
    return await use({ framework, port, reports, log, reported })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** Tests a behavior on every framework, or on those whose turn it is. What `use` returns must be the same on all of them. */
export function onAll(title: string, setup: Setup, use: (served: Served) => Promise<unknown>): void {
  onThese(
    title,
    frameworksInTurn(setup.needs).map(({ name, listener }) => [
      name,
      (options) => listener({ ...setup, options: { ...options, ...setup.options } }),
    ]),
    use,
  )
}

export type App = readonly [name: string, makeListener: (options: Recording) => RequestListener]

/** Tests a behavior on some apps. What `use` returns must be the same on all of them. */
export function onThese(
  title: string,
  apps: readonly App[],
  use: (served: Served) => Promise<unknown>,
): void {
  test(title, async () => {
    const results = await Promise.all(
      apps.map(async ([name, makeListener]) => ({ name, result: await serve(name, makeListener, use) })),
    )
    for (const { name, result } of results) {
      expect(result, `G12: ${name} as ${results[0]!.name}`).toEqual(results[0]!.result)
    }
  })
}

type Build<TApp> = (app: TApp, options: Recording) => void

/** Express 5 and 4 with what `build` mounts. */
export function expressApps(build: Build<ExpressApp>): App[] {
  return expresses.map(([name, create]) => [
    name,
    (options) => {
      const app = create()
      app.disable('x-powered-by')
      build(app, options)
      return app
    },
  ])
}

/** Koa 3 and 2 with what `build` mounts. */
export function koaApps(build: Build<Koa>): App[] {
  return koas.map(([name, Version]) => [
    name,
    (options) => {
      const app = new Version()
      build(app, options)
      return koaCallback(app)
    },
  ])
}

/** What reaches the process instead of the error handler while `use` runs. Vitest's own listeners are set aside. */
export async function escaping(use: () => Promise<void>): Promise<readonly unknown[]> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const escaped: unknown[] = []
  const catchIt = (error: unknown): void => void escaped.push(error)
  const asides = events.map((event) => {
    const listeners = process.listeners(event as 'uncaughtException')
    process.removeAllListeners(event)
    process.on(event, catchIt)
    return { event, listeners }
  })
  try {
    await use()
    return escaped
  } finally {
    for (const { event, listeners } of asides) {
      process.removeAllListeners(event)
      for (const listener of listeners) process.on(event as 'uncaughtException', listener)
    }
  }
}
