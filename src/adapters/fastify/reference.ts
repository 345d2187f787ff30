import type { FastifyRequest } from 'fastify'
import type { ReferenceOptions } from '../../contract/docs/options.ts'
import { createReference } from '../../contract/docs/reference.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { isObject } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { createPageHandler } from './page-handler.ts'
import { settle, throwing, type Done } from './plugin.ts'

/** The part of an app that is used. */
interface App {
  readonly route: (route: never) => unknown
}

/**
 * The plugin that serves pages which document every error of a catalog, for people and as Markdown and JSON: let
 * `docsUrl` lead there. For Fastify 5 and 4.
 *
 * @param options - those of `errorHandler`, what the pages show, and Fastify's `prefix`, `'/errors'` where there is none
 * @throws SetupError - when an option is wrong
 * @example
 * app.register(reference, { catalog: shop, title: 'Shop API', prefix: '/errors' })
 */
export function reference<TCatalog extends Catalog = Catalog, TRequest extends object = FastifyRequest>(
  app: App,
  options?: ReferenceOptions<TCatalog, TRequest>,
): void
// `register` reads the type of the options from the last of these, if nothing in it is optional or generic.
export function reference(app: App, options: ReferenceOptions<Catalog, FastifyRequest>, done: Done): void
export function reference(
  app: App,
  options: ReferenceOptions<Catalog, FastifyRequest> = {},
  done: Done = throwing,
): void {
  settle(done, () => {
    if (typeof read(app, 'route') !== 'function') throw notRegistered(app)
    const handler = createPageHandler(createReference(withoutRegisterOptions(options)))
    // @fastify/swagger leaves a hidden route out: a page is no operation of the API.
    const route = { method: ['GET', 'HEAD'], schema: { hide: true }, handler }
    const base = read(options, 'prefix') === undefined ? '/errors' : ''
    for (const url of [base === '' ? '/' : base, `${base}/*`]) app.route({ ...route, url } as never)
  })
}

function notRegistered(given: unknown): SetupError {
  return new SetupError(
    `reference was called with ${show(given)}. It is a plugin: app.register(reference, { catalog, prefix: '/errors' })`,
  )
}

/** https://fastify.dev/docs/latest/Reference/Plugins/#plugin-options */
function withoutRegisterOptions<TOptions extends object>(options: TOptions): TOptions {
  if (!isObject(options)) return options
  const {
    prefix: _,
    logLevel: __,
    logSerializers: ___,
    ...given
  } = options as TOptions & {
    readonly prefix?: unknown
    readonly logLevel?: unknown
    readonly logSerializers?: unknown
  }
  return given as unknown as TOptions
}
