import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { auth, requiredScopes, type AuthOptions } from 'express-oauth2-jwt-bearer'
import jwt from 'jsonwebtoken'
import { serving } from '../support/apps.ts'
import { becomes } from './becomes.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
const brokenPem = pem.replace(/.{40}\n/, 'broken\n')

const issuer = 'https://issuer.example/'
const HOUR_ON = Math.floor(Date.now() / 1000) + 3600
const signed = (claims: object = {}): string =>
  jwt.sign({ sub: 'eva', iss: issuer, aud: 'shop', exp: HOUR_ON, ...claims }, privateKey, {
    algorithm: 'RS256',
    keyid: 'k-1',
  })
const good = signed()
const forged = `${good.slice(0, -4)}AAAA`
const encoded = (text: string): string => Buffer.from(text).toString('base64url')
const ofOtherKey = `${encoded('{"alg":"ES256"}')}.${encoded('{}')}.${encoded('x')}`

const byKey = { issuer, audience: 'shop', publicKey: pem, tokenSigningAlg: 'RS256' } as const

/** Rejects with what the library hands on for a request. */
async function checked(
  options: AuthOptions,
  headers: Readonly<Record<string, string>> = {},
  { query = '', scopes }: { readonly query?: string; readonly scopes?: string } = {},
): Promise<void> {
  let passed: unknown
  const app = express()
  app.use(auth(options))
  if (scopes !== undefined) app.use(requiredScopes(scopes))
  app.use(((error, _request, response, _next) => {
    passed = error
    response.end()
  }) satisfies ErrorRequestHandler)
  await serving(app, async (port) => void (await fetch(`http://127.0.0.1:${port}/${query}`, { headers })))
  if (passed !== undefined) throw passed
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

/** Checks a good token with the keys of a server that does this. */
function checkedBy(server: RequestListener, options: Partial<AuthOptions> = {}): Promise<void> {
  return serving(server, (port) =>
    checked({ issuer, audience: 'shop', jwksUri: `http://127.0.0.1:${port}/keys`, ...options }, bearer(good)),
  )
}

const answering =
  (status: number, body: string) =>
  (_request: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(status).end(body)

/** What the client is asked for, without the library's words. */
const headers = {
  'www-authenticate':
    'Bearer realm="api", DPoP algs="RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES256K ES384 ES512 EdDSA"',
}

becomes('R07: what express-oauth2-jwt-bearer says of the client is its fault', [
  {
    what: 'no token',
    fail: () => checked(byKey),
    becomes: 'not-authenticated',
    headers,
    logged: { type: 'UnauthorizedError' },
  },
  {
    what: 'a token that has expired',
    fail: () => checked(byKey, bearer(signed({ exp: 1 }))),
    becomes: 'token-expired',
    headers,
    logged: { type: 'InvalidTokenError', code: 'invalid_token' },
  },
  {
    what: 'a token that was forged',
    fail: () => checked(byKey, bearer(forged)),
    becomes: 'token-invalid',
    headers,
  },
  {
    what: 'a token that is none',
    fail: () => checked(byKey, bearer('eva')),
    becomes: 'token-invalid',
    headers,
  },
  {
    what: 'a token for another API',
    fail: () => checked(byKey, bearer(signed({ aud: 'bank' }))),
    becomes: 'token-invalid',
    headers,
  },
  {
    what: 'a token of another issuer',
    fail: () => checked(byKey, bearer(signed({ iss: 'https://else.example/' }))),
    becomes: 'token-invalid',
    headers,
  },
  {
    what: 'a token that asks for an algorithm that the key is not for',
    fail: () => checked(byKey, bearer(ofOtherKey)),
    becomes: 'token-invalid',
    headers,
  },
  {
    what: 'a token whose key the server does not have',
    fail: () => checkedBy(answering(200, '{"keys":[]}')),
    becomes: 'token-invalid',
    headers,
  },
  {
    what: 'two tokens',
    fail: () => checked(byKey, bearer(good), { query: `?access_token=${good}` }),
    becomes: 'malformed-request',
    logged: { type: 'InvalidRequestError', code: 'invalid_request' },
  },
  {
    what: 'a scope that the token does not have',
    fail: () => checked(byKey, bearer(signed({ scope: 'read' })), { scopes: 'write admin' }),
    becomes: 'forbidden',
    headers: {
      'www-authenticate':
        'Bearer realm="api", error="insufficient_scope", error_description="Insufficient Scope", scope="write admin"',
    },
    logged: { type: 'InsufficientScopeError', code: 'insufficient_scope' },
  },
])

becomes('R01: what express-oauth2-jwt-bearer cannot check is not the fault of the client', [
  {
    what: 'an issuer that cannot be reached',
    fail: () => checked({ issuerBaseURL: 'http://127.0.0.1:1', audience: 'shop' }, bearer(good)),
    becomes: 'upstream-failed',
    logged: { type: 'InvalidTokenError' },
  },
  {
    what: 'a key server that refuses the connection',
    fail: () => checked({ issuer, audience: 'shop', jwksUri: 'http://127.0.0.1:1/keys' }, bearer(good)),
    becomes: 'upstream-failed',
  },
  {
    what: 'a key server that hangs up',
    fail: () => checkedBy((request) => request.socket.destroy()),
    becomes: 'upstream-failed',
  },
  {
    what: 'a key server that fails',
    fail: () => checkedBy(answering(500, '')),
    becomes: 'upstream-failed',
  },
  {
    what: 'a key server that answers no JSON',
    fail: () => checkedBy(answering(200, '<h1>')),
    becomes: 'upstream-failed',
  },
  {
    what: 'a key server that answers no keys',
    fail: () => checkedBy(answering(200, '{}')),
    becomes: 'upstream-failed',
  },
  {
    what: 'a key server that is silent',
    fail: () => checkedBy(() => {}, { timeoutDuration: 50 }),
    becomes: 'upstream-timeout',
  },
  {
    what: 'a key that is no PEM',
    fail: () => checked({ ...byKey, publicKey: 'none' }, bearer(good)),
    becomes: undefined,
  },
  {
    what: 'a key whose PEM is broken',
    fail: () => checked({ ...byKey, publicKey: brokenPem }, bearer(good)),
    becomes: undefined,
  },
])
