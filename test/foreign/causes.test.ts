import { once } from 'node:events'
import { createServer, get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, graphql } from 'graphql'
import passport from 'passport'
import OAuth2Strategy from 'passport-oauth2'
import { afterAll, beforeAll, expect } from 'vitest'
import VError from 'verror'
import type { BizError } from '../../src/catalogs/cloud-waf.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { becomes } from './becomes.ts'
import { failureOf } from '../support/failure-of.ts'

const secret = 'hunter2'

/** What the token endpoint of an identity provider answers, by the code that the client brought. */
const ANSWERS: Readonly<Record<string, readonly [status: number, body: string]>> = {
  old: [400, JSON.stringify({ error: 'invalid_grant', error_description: secret })],
  ours: [401, JSON.stringify({ error: 'invalid_client', error_description: secret })],
  down: [503, `<h1>${secret}</h1>`],
}

let provider: Server
let address = ''
beforeAll(async () => {
  provider = createServer((request, response) => {
    let form = ''
    request.on('data', (chunk: Buffer) => (form += chunk.toString()))
    request.on('end', () => {
      const [status, body] = ANSWERS[new URLSearchParams(form).get('code')!]!
      response.writeHead(status).end(body)
    })
  })
  await once(provider.listen(0, '127.0.0.1'), 'listening')
  address = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
})
afterAll(() => {
  provider.close()
  provider.closeAllConnections()
})

/** Returns what passport hands on where a client comes back from its provider with a code. */
function logIn(code: string, tokenURL = `${address}/token`): Promise<never> {
  const strategy = new OAuth2Strategy(
    {
      authorizationURL: `${address}/authorize`,
      tokenURL,
      clientID: 'us',
      clientSecret: secret,
      callbackURL: `${address}/back`,
    },
    () => expect.unreachable(),
  )
  const authenticator = new passport.Passport().use(strategy)
  return new Promise((_, reject) => {
    const authenticate = authenticator.authenticate('oauth2', { session: false }) as (
      ...args: unknown[]
    ) => void
    authenticate({ query: { code }, headers: {}, logIn: () => {} }, {}, reject)
  })
}

becomes('R11: what passport-oauth2 hands on is what its `oauthError` says', [
  {
    what: 'a code that the provider refuses',
    fail: () => logIn('old'),
    becomes: 'token-invalid',
    logged: { type: 'TokenError', code: 'invalid_grant' },
  },
  {
    what: 'a client that the provider does not know',
    fail: () => logIn('ours'),
    becomes: 'upstream-failed',
    logged: { type: 'TokenError', code: 'invalid_client' },
  },
  {
    what: 'a provider that answers a page',
    fail: () => logIn('down'),
    becomes: 'upstream-failed',
    logged: {
      type: 'InternalOAuthError',
      cause: expect.objectContaining({ message: 'statusCode 503' }) as unknown,
    },
  },
  {
    what: 'a provider that is not there',
    fail: () => logIn('old', 'http://127.0.0.1:1/token'),
    becomes: 'upstream-failed',
    logged: {
      type: 'InternalOAuthError',
      cause: expect.objectContaining({ code: 'ECONNREFUSED' }) as unknown,
    },
  },
])

/** Returns the error of a GraphQL operation whose resolver throws. */
async function resolving(error: Error): Promise<never> {
  const { errors = [] } = await graphql({
    schema: buildSchema('type Query { name: String }'),
    source: '{ name }',
    rootValue: {
      name: () => {
        throw error
      },
    },
  })
  throw errors[0]!
}

const taken = conditionCatalog.BizError as new (key: string) => BizError

becomes('R11: what a library wraps under another name than `cause` decides', [
  {
    what: 'a BizError that a resolver of GraphQL threw',
    fail: () => resolving(new taken('already-exists')),
    becomes: 'already-exists',
    logged: { type: 'GraphQLError', cause: expect.objectContaining({ code: 'already-exists' }) as unknown },
  },
  {
    what: 'an error of a network that VError wraps',
    fail: async () => {
      throw new VError(await networkError(), 'No prices for %s', secret)
    },
    becomes: 'upstream-failed',
    logged: { type: 'VError', cause: expect.objectContaining({ code: 'ECONNREFUSED' }) as unknown },
  },
])

async function networkError(): Promise<Error> {
  return (await failureOf(() => once(get('http://127.0.0.1:1/'), 'response'))) as Error
}
