import { SetupError, show } from './setup-error.ts'

const POLICY = "It is of a policy: { policies: [{ name: 'minute', limit: 100, window: '1m' }] }"

/** Names that belong elsewhere: an option that is known where they are given, and what to write. */
const ELSEWHERE: Readonly<Record<string, readonly [beside: string, remedy: string]>> = {
  path: ['hide', 'The path of the pages is prefix on Fastify, and the one of app.use on Express.'],
  prefix: ['hide', 'The path of the pages is path on Koa, Hono and Nest, and the one of app.use on Express.'],
  limit: ['policies', POLICY],
  window: ['policies', POLICY],
  // As other limiters call them.
  max: ['policies', POLICY],
  windowMs: ['policies', POLICY],
  timeWindow: ['policies', POLICY],
  ttl: ['policies', POLICY],
  context: ['generate', "It is of requestId: app.addHook('onRequest', requestId({ context: true }))."],
  keyGenerator: ['policies', 'Did you mean key?'],
  foreign: ['identify', 'It is of the catalog: defineCatalog({ foreign })'],
}

/**
 * Refuses names that belong elsewhere, and says where.
 *
 * @param known - the names that there are
 * @throws SetupError
 */
export function checkElsewhere(where: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name) || !Object.hasOwn(ELSEWHERE, name)) continue
    const [beside, remedy] = ELSEWHERE[name]!
    if (known.includes(beside)) {
      throw new SetupError(`${where} has no ${show(name)}. ${remedy}`)
    }
  }
}
