import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClerkClient, verifyToken } from '@clerk/backend'
import jwt, { type SignOptions } from 'jsonwebtoken'
import { afterAll, beforeAll } from 'vitest'
import { becomes } from './becomes.ts'

const secret = 'hunter2'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwtKey = publicKey.export({ format: 'pem', type: 'spki' }).toString()

const now = Math.floor(Date.now() / 1000)
const signed = (claims: object = {}, options: SignOptions = {}): string =>
  jwt.sign({ sub: 'eva', exp: now + 3600, ...claims }, privateKey, {
    algorithm: 'RS256',
    keyid: 'k-1',
    ...options,
  })
const good = signed()

const verify = (token: string, options: object = { jwtKey }): Promise<unknown> => verifyToken(token, options)

/** What the server answers, by the first part of a path. https://clerk.com/docs/reference/backend-api */
const ANSWERS: Readonly<Record<string, readonly [status: number, body: object]>> = {
  refused: [401, { errors: [{ code: 'clerk_key_invalid', message: secret }] }],
  missing: [404, { errors: [{ code: 'resource_not_found', message: secret }], clerk_trace_id: 't' }],
  throttled: [429, { errors: [{ code: 'too_many_requests', message: secret }], clerk_trace_id: 't' }],
  late: [504, { errors: [] }],
  down: [500, { errors: [] }],
  keyless: [200, { keys: [] }],
  others: [200, { keys: [{ kid: 'k-2' }] }],
}

let server: Server
let address = ''
beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, body] = ANSWERS[request.url!.split('/')[1]!]!
    response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '7' })
    response.end(JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const byServer = (answer: string): Promise<unknown> =>
  verify(good, { secretKey: 'sk_test_x', apiUrl: `${address}/${answer}`, skipJwksCache: true })

const client = (apiUrl: string) =>
  createClerkClient({ secretKey: 'sk_test_x', jwtKey, apiUrl, telemetry: { disabled: true } })

const user = (answer: string): Promise<unknown> => client(`${address}/${answer}`).users.getUser('u')

becomes("R13: what Clerk says of a client's token", [
  {
    what: 'that has expired',
    fail: () => verify(signed({ exp: 1 })),
    becomes: 'token-expired',
  },
  { what: 'that was forged', fail: () => verify(`${good.slice(0, -4)}AAAA`), becomes: 'token-invalid' },
  { what: 'that is none', fail: () => verify('e.v.a'), becomes: 'token-invalid' },
  { what: 'that is empty', fail: () => verify(''), becomes: 'token-invalid' },
  { what: 'that is not yet valid', fail: () => verify(signed({ nbf: now + 600 })), becomes: 'token-invalid' },
  { what: 'of the future', fail: () => verify(signed({ iat: now + 600 })), becomes: 'token-invalid' },
  {
    what: 'of another party',
    fail: () => verify(signed({ azp: 'https://else' }), { jwtKey, authorizedParties: ['https://shop'] }),
    becomes: 'token-invalid',
  },
  {
    what: 'for another audience',
    fail: () => verify(signed({ aud: 'bank' }), { jwtKey, audience: 'shop' }),
    becomes: 'token-invalid',
  },
  {
    what: 'of another algorithm',
    fail: () => verify(jwt.sign({ sub: 'eva' }, secret)),
    becomes: 'token-invalid',
  },
  {
    what: 'of an algorithm that the key is not for',
    fail: () => verify(signed({}, { algorithm: 'RS384' })),
    becomes: 'token-invalid',
  },
  { what: 'of a key that Clerk does not have', fail: () => byServer('others'), becomes: 'token-invalid' },
  {
    what: 'of a machine',
    fail: () => client(address).m2m.verify({ token: signed({ sub: 'mch_1', cat: 'm2m_token', exp: 1 }) }),
    becomes: 'token-invalid',
  },
])

becomes("R01: what Clerk cannot check is not the client's fault", [
  { what: 'a key that is not set', fail: () => verify(good, {}), becomes: undefined },
  { what: 'a secret key that Clerk refuses', fail: () => byServer('refused'), becomes: 'upstream-failed' },
  { what: 'a server that fails', fail: () => byServer('down'), becomes: 'upstream-failed' },
  { what: 'a server without keys', fail: () => byServer('keyless'), becomes: 'upstream-failed' },
])

becomes("R02: what Clerk's API answered to us is not answered to our client", [
  {
    what: 'a key that is refused',
    fail: () => user('refused'),
    becomes: 'upstream-failed',
    logged: { type: 'ClerkAPIResponseError' },
  },
  { what: 'a user that is not there', fail: () => user('missing'), becomes: 'upstream-failed' },
  {
    what: 'too many requests',
    fail: () => user('throttled'),
    becomes: 'unavailable',
    headers: { 'retry-after': '7' },
  },
  { what: 'a timeout', fail: () => user('late'), becomes: 'upstream-timeout' },
  { what: 'a fault', fail: () => user('down'), becomes: 'upstream-failed' },
  {
    what: 'nothing',
    fail: () => client('http://127.0.0.1:1').users.getUser('u'),
    becomes: 'upstream-failed',
  },
])
