import { isObject } from '../guard/options.ts'
import { read } from '../guard/read.ts'
import { SetupError } from '../guard/setup-error.ts'

/** The frameworks that have a face, and its entry point. */
export const ENTRIES = {
  Express: 'bizerror/express',
  Koa: 'bizerror/koa',
  Fastify: 'bizerror/fastify',
  Hono: 'bizerror/hono',
  Nest: 'bizerror/nest',
} as const

export type Face = keyof typeof ENTRIES

const isFunction = (value: unknown, key: string): boolean => typeof read(value, key) === 'function'

/** How apps, routers, and what is handed to middleware are known. Others are taken as they are. */
const MARKS: readonly (readonly [Face, (value: unknown) => boolean])[] = [
  ['Nest', (app) => isFunction(app, 'useGlobalFilters') && isFunction(app, 'getHttpAdapter')],
  ['Nest', (host) => isFunction(host, 'switchToHttp')],
  ['Fastify', (app) => isFunction(app, 'register') && isFunction(app, 'addHook')],
  // Requests and replies.
  ['Fastify', (given) => isObject(read(given, 'raw'))],
  ['Hono', (app) => isFunction(app, 'fetch') && isFunction(app, 'onError')],
  ['Hono', (context) => isObject(read(read(context, 'req'), 'raw'))],
  ['Express', (app) => isFunction(app, 'handle')],
  // Requests and responses. A context of Koa has its app, which is no function.
  ['Express', (given) => isFunction(given, 'app')],
  ['Koa', (app) => isFunction(app, 'callback')],
  // @koa/router
  ['Koa', (router) => isFunction(router, 'routes')],
  ['Koa', (context) => isObject(read(context, 'req')) && isFunction(read(context, 'res'), 'setHeader')],
]

/** Returns whose app, router, context, request or response a value is. */
export function faceOf(value: unknown): Face | undefined {
  return MARKS.find(([, isOf]) => isOf(value))?.[0]
}

/**
 * Returns the mistake of who mounts what is one framework's on another, which says where that framework's is.
 *
 * @param face - whose function was called
 * @param given - what it was called with, the surest first: an error may look like anything
 */
export function notOn(face: Face, name: string, ...given: readonly unknown[]): SetupError {
  return mistakeOf(
    face,
    name,
    given.map(faceOf).find((found) => found !== undefined && found !== face),
  )
}

/** Hands that mistake on as Express does an error: its version 4 sees no promise that rejects. */
export function refuse(face: Face, name: string, given: readonly unknown[], expressNext: unknown): void {
  const mistake = notOn(face, name, ...given)
  if (typeof expressNext !== 'function') throw mistake
  expressNext(mistake)
}

/** @param found - the framework that it was mounted on, where that is known */
export function mistakeOf(face: Face, name: string, found: Face | undefined): SetupError {
  const entry = face === 'Express' ? 'bizerror' : ENTRIES[face]
  const others = Object.keys(ENTRIES) as Face[]
  const remedies = (found === undefined ? others.filter((other) => other !== face) : [found]).map(
    (other) => `on ${other}, use ${ENTRIES[other]}`,
  )
  return new SetupError(
    `${name} of ${entry} is ${face}'s, and this is no app of ${face}: ${remedies.join('; ')}`,
  )
}
