import { read } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { isRequest, uncalled } from '../../guard/mounted.ts'

/** The part of an app that is used. */
export interface Mountable {
  /** Mounts middleware behind what is mounted. */
  readonly use: (middleware: never) => unknown
}

/** Methods by which apps and routers are known. Others that have `use` are taken as they are. */
const MARKS = {
  Fastify: ['register', 'addHook'],
  Hono: ['fetch', 'onError'],
  Express: ['handle'],
  Koa: ['callback'],
  '@koa/router': ['routes'],
} as const

/**
 * Refuses what is no app, and the app of another framework.
 *
 * @param face - whose middleware is to be mounted
 * @throws SetupError
 */
export function checkApp(app: Mountable, face: 'Express' | 'Koa'): void {
  if (isRequest(app)) throw uncalled('bizErrors(app, options)')
  const kind = kindOf(app)
  if (kind === 'Fastify' || kind === 'Hono') {
    throw new SetupError(
      `bizErrors was given an app of ${kind}, and is for Express and Koa. Answer its errors with describeError`,
    )
  }
  if (typeof read(app, 'use') !== 'function') {
    throw new SetupError(`bizErrors was called with ${show(app)}. Give the app, and its options after it.`)
  }
  if (kind === undefined || (kind === 'Express') === (face === 'Express')) return
  throw new SetupError(
    face === 'Express'
      ? `bizErrors of bizerror is Express's, and was given an app of Koa: use bizerror/koa`
      : `bizErrors of bizerror/koa is Koa's, and was given an app of Express: use bizerror/express`,
  )
}

function kindOf(app: unknown): keyof typeof MARKS | undefined {
  const kinds = Object.keys(MARKS) as (keyof typeof MARKS)[]
  return kinds.find((kind) => MARKS[kind].every((method) => typeof read(app, method) === 'function'))
}
