import { createSecretKey, generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { Request, RequestHandler, Response } from 'express'
import { expressjwt, UnauthorizedError, type Params } from 'express-jwt'
import * as fc from 'fast-check'
import * as jose from 'jose'
import jwt from 'jsonwebtoken'
import passport from 'passport'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import { CONDITIONS, type Condition } from '../../../src/catalog/condition.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import { tokens } from '../../../src/identify/families/tokens.ts'
import { frameworks, listen, type Route } from '../../support/frameworks.ts'
import { send } from '../../support/raw.ts'
import { answersTo, errorHeaders, everywhere } from '../../support/answers.ts'
import { standardAnswer } from '../../support/standard-answer.ts'
import { conditionCatalog } from '../../support/conditions.ts'

const SECRET = 'a-secret-of-thirty-two-bytes-or-more'
const KEY = createSecretKey(Buffer.from(SECRET))
const EVA = { sub: 'eva' }
const HOUR = 3600
const now = (): number => Math.floor(Date.now() / 1000)

interface Case {
  readonly what: string
  readonly condition: Condition
  readonly fail: Route
  readonly authorization: string | undefined
}

function casesOf(
  source: string,
  rows: readonly (readonly [what: string, condition: Condition, fail: Route, authorization?: string])[],
): readonly Case[] {
  return rows.map(([what, condition, fail, authorization]) => ({
    what: `${source}: ${what}`,
    condition,
    fail,
    authorization,
  }))
}

// jsonwebtoken

const signed = (claims: object = {}, options: jwt.SignOptions = {}): string =>
  jwt.sign({ ...EVA, ...claims }, SECRET, options)

/** Changes a signature at its start, where every bit of a character counts. */
const forged = (token: string): string =>
  token.replace(/\.(.)([^.]*)$/, (_, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`)

const verify =
  (token: string, options: jwt.VerifyOptions = {}): Route =>
  () =>
    void jwt.verify(token, SECRET, options)

const ofJsonwebtoken = casesOf('jsonwebtoken', [
  ['expired', 'token-expired', verify(signed({ exp: now() - HOUR }))],
  ['older than allowed', 'token-expired', verify(signed({ iat: now() - HOUR }), { maxAge: '1m' })],
  ['expired before dates began', 'token-expired', verify(signed({ exp: -1e300 }))],
  ['not yet valid', 'token-invalid', verify(signed({ nbf: now() + HOUR }))],
  ['no token at all', 'token-invalid', verify('')],
  ['malformed', 'token-invalid', verify('eva')],
  ['a header that is no JSON', 'token-invalid', verify('a.b.c')],
  ['a wrong signature', 'token-invalid', verify(forged(signed()))],
  ['no signature', 'token-invalid', verify(signed().replace(/[^.]*$/, ''))],
  ['another algorithm', 'token-invalid', verify(signed(), { algorithms: ['HS512'] })],
  ['another audience', 'token-invalid', verify(signed(), { audience: 'us' })],
  ['another issuer', 'token-invalid', verify(signed(), { issuer: 'us' })],
  ['another subject', 'token-invalid', verify(signed(), { subject: 'tom' })],
  ['another nonce', 'token-invalid', verify(signed(), { nonce: 'n-1' })],
  ['another id', 'token-invalid', verify(signed(), { jwtid: 'j-1' })],
])

// jose

async function joseToken(claims: jose.JWTPayload = {}, header: object = {}): Promise<string> {
  return new jose.SignJWT({ ...EVA, ...claims }).setProtectedHeader({ alg: 'HS256', ...header }).sign(KEY)
}

const joseVerify =
  (token: () => Promise<string> | string, options: jose.JWTVerifyOptions = {}): Route =>
  async () =>
    void (await jose.jwtVerify(await token(), KEY, options))

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const joseJwe = (): Promise<string> =>
  new jose.EncryptJWT(EVA)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(createSecretKey(Buffer.alloc(32, 1)))

const joseDecrypt =
  (token: () => Promise<string> | string): Route =>
  async () =>
    void (await jose.jwtDecrypt(await token(), createSecretKey(Buffer.alloc(32, 2))))

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }

const rsaToken = (header: object): Promise<string> =>
  new jose.SignJWT(EVA).setProtectedHeader({ alg: 'RS256', ...header }).sign(privateKey)

/** A server of keys, good and bad, by path. */
let keys: { readonly port: number; readonly server: Server }

const keyServer: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  '/one': (response) => response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'k-1' }] })),
  '/two': (response) =>
    response.end(
      JSON.stringify({
        keys: [
          { ...jwk, kid: 'k-1' },
          { ...jwk, kid: 'k-2' },
        ],
      }),
    ),
  '/broken': (response) => response.writeHead(500).end('it is broken'),
  '/text': (response) => response.end('<html>'),
  '/other': (response) => response.end('{"keys":"eva"}'),
  '/silent': () => {},
  '/reset': (response) => response.socket?.resetAndDestroy(),
}

beforeAll(async () => {
  keys = await listen((request, response) => keyServer[request.url!]!(response))
})

afterAll(() => {
  keys.server.closeAllConnections()
  keys.server.close()
})

const joseRemote =
  (path: string, header: object): Route =>
  async () => {
    const url = new URL(`http://127.0.0.1:${keys.port}${path}`)
    const set = jose.createRemoteJWKSet(url, { timeoutDuration: path === '/silent' ? 50 : 20_000 })
    await jose.jwtVerify(await rsaToken(header), set)
  }

const ofJose = casesOf('jose', [
  ['expired', 'token-expired', joseVerify(() => joseToken({ exp: now() - HOUR }))],
  [
    'older than allowed',
    'token-expired',
    joseVerify(() => joseToken({ iat: now() - HOUR }), { maxTokenAge: '1m' }),
  ],
  ['not yet valid', 'token-invalid', joseVerify(() => joseToken({ nbf: now() + HOUR }))],
  ['another audience', 'token-invalid', joseVerify(() => joseToken({ aud: 'them' }), { audience: 'us' })],
  ['no issuer', 'token-invalid', joseVerify(() => joseToken(), { issuer: 'us' })],
  ['a claim that is missing', 'token-invalid', joseVerify(() => joseToken(), { requiredClaims: ['tenant'] })],
  ['malformed', 'token-invalid', joseVerify(() => 'eva')],
  [
    'claims that are no object',
    'token-invalid',
    joseVerify(() =>
      new jose.CompactSign(Buffer.from('["eva"]')).setProtectedHeader({ alg: 'HS256' }).sign(KEY),
    ),
  ],
  ['a wrong signature', 'token-invalid', joseVerify(async () => forged(await joseToken()))],
  ['another algorithm', 'token-invalid', joseVerify(() => joseToken(), { algorithms: ['HS512'] })],
  [
    'an extension that nobody knows',
    'token-invalid',
    joseVerify(() => `${base64url({ alg: 'HS256', crit: ['eva'], eva: 1 })}.${base64url(EVA)}.eva`),
  ],
  ['a JWE that is none', 'token-invalid', joseDecrypt(() => 'a.b.c.d.e')],
  ['a JWE for another key', 'token-invalid', joseDecrypt(joseJwe)],
  ['a key that is not in the set', 'token-invalid', joseRemote('/one', { kid: 'k-9' })],
  ['no key named, of two', 'token-invalid', joseRemote('/two', {})],
  [
    'an algorithm that no set of keys is for',
    'token-invalid',
    async () => {
      const set = jose.createRemoteJWKSet(new URL(`http://127.0.0.1:${keys.port}/one`))
      await jose.jwtVerify(await joseToken(), set)
    },
  ],
  ['a server of keys that does not answer', 'upstream-timeout', joseRemote('/silent', { kid: 'k-1' })],
  ['a server of keys that answers 500', 'upstream-failed', joseRemote('/broken', { kid: 'k-1' })],
  ['a server of keys that answers a page', 'upstream-failed', joseRemote('/text', { kid: 'k-1' })],
  ['a server of keys that answers no set', 'upstream-failed', joseRemote('/other', { kid: 'k-1' })],
  ['a server of keys that hangs up', 'upstream-failed', joseRemote('/reset', { kid: 'k-1' })],
])

// Middleware of Express. Koa has the same messages underneath, so it can run there, too.

function through(middleware: RequestHandler): Route {
  return (request: IncomingMessage, response: ServerResponse) =>
    new Promise((resolve, reject) => {
      middleware(request as Request, response as Response, (error?: unknown) => {
        if (error === undefined) resolve(undefined)
        else reject(error as Error)
      })
    })
}

const guard = (options: Partial<Params> = {}): Route =>
  through(expressjwt({ secret: SECRET, algorithms: ['HS256'], ...options }) as RequestHandler)

const ofExpressJwt = casesOf('express-jwt', [
  ['no token', 'not-authenticated', guard()],
  ['another scheme', 'not-authenticated', guard(), 'Basic ZXZhOmV2YQ=='],
  ['no scheme', 'not-authenticated', guard(), 'eva'],
  ['malformed', 'token-invalid', guard(), 'Bearer eva'],
  [
    'claims that are no JSON',
    'token-invalid',
    guard(),
    `Bearer ${base64url({ typ: 'JWT', alg: 'HS256' })}.eva.eva`,
  ],
  ['a wrong signature', 'token-invalid', guard(), `Bearer ${forged(signed())}`],
  ['another audience', 'token-invalid', guard({ audience: 'us' }), `Bearer ${signed()}`],
  ['expired', 'token-expired', guard(), `Bearer ${signed({ exp: now() - HOUR })}`],
  ['revoked', 'token-revoked', guard({ isRevoked: () => Promise.resolve(true) }), `Bearer ${signed()}`],
])

type VerifyToken = (token: string, done: (error: unknown, user?: unknown) => void) => void
// It has no types.
const { Strategy: BearerStrategy } = createRequire(import.meta.url)('passport-http-bearer') as {
  readonly Strategy: new (verify: VerifyToken) => passport.Strategy
}

const bearer = new BearerStrategy((_token, done) => done(null, false))
/** As a strategy says that it knows the user and refuses: https://github.com/jaredhanson/passport-strategy */
const refusal: passport.Strategy = {
  name: 'refusal',
  authenticate(this: passport.StrategyCreated<passport.Strategy>) {
    this.fail(403)
  },
}

const authenticate = (strategy: passport.Strategy): Route =>
  through(
    new passport.Passport().authenticate(strategy, { session: false, failWithError: true }) as RequestHandler,
  )

const ofPassport = casesOf('passport', [
  ['no token', 'not-authenticated', authenticate(bearer)],
  ['a token that nobody has', 'not-authenticated', authenticate(bearer), 'Bearer eva'],
  ['refused', 'forbidden', authenticate(refusal)],
])
/** What passport itself sets on the response: it stays where the catalog has no challenge. */
const CHALLENGES: ReadonlyMap<string, string> = new Map([
  ['passport: no token', 'Bearer realm="Users"'],
  ['passport: a token that nobody has', 'Bearer realm="Users", error="invalid_token"'],
])

const cases: readonly Case[] = [...ofJsonwebtoken, ...ofJose, ...ofExpressJwt, ...ofPassport]
const refusals = cases.filter(({ condition }) => CONDITIONS[condition] === 401)

const headersOf = ({ authorization }: Case): Record<string, string> =>
  authorization === undefined ? {} : { Authorization: authorization }

/** Passport sets WWW-Authenticate before us, so that ours stands in its place. */
const sorted = (answer: string): string => answer.split('\r\n').sort().join('\n')

describe('tokens', () => {
  for (const row of cases) {
    const { what, condition, fail } = row
    test(`are ${condition} when ${what}`, async () => {
      const challenge = CHALLENGES.get(what)
      const answers = await answersTo(fail, { catalog: conditionCatalog }, { headers: headersOf(row) })
      expect(answers).toEqual(
        everywhere({
          status: CONDITIONS[condition],
          headers: errorHeaders('en', challenge === undefined ? {} : { 'www-authenticate': challenge }),
          body: { code: condition, message: `It is ${condition}` },
        }),
      )
    })
  }

  test('a request that passport cannot read is malformed', async () => {
    const answers = await answersTo(
      authenticate(bearer),
      { catalog: conditionCatalog },
      { headers: { authorization: 'Bearer e v a' } },
    )
    expect(answers).toEqual(
      everywhere({
        status: 400,
        headers: errorHeaders(),
        body: { code: 'malformed-request', message: 'It is malformed-request' },
      }),
    )
  })

  describe('in cloud-waf, which has one code for all', () => {
    for (const { name, listener } of frameworks) {
      test(`every cause of a 401 has the same bytes on ${name}`, async () => {
        const routes = Object.fromEntries(refusals.map(({ fail }, index) => [`/${index}`, fail]))
        const { port, server } = await listen(listener({ options: { logger: { error: () => {} } }, routes }))
        const answers = await Promise.all(
          refusals.map((row, index) =>
            send(port, { path: `/${index}`, headers: { ...headersOf(row), 'X-Request-ID': 't-1' } }),
          ),
        )
        server.close()
        const answer = standardAnswer(
          401,
          { code: 401, message: 'Unauthenticated (missing/invalid/expired token)' },
          { requestId: 't-1', after: { 'WWW-Authenticate': 'ApiKey' } },
        )
        expect(answers.map(sorted)).toEqual(refusals.map(() => sorted(answer)))
      })
    }
  })

  describe('in secrets, which has a code for each', () => {
    const ANSWERS: Readonly<Partial<Record<Condition, readonly [status: number, code: string]>>> = {
      'token-expired': [401, 'token_expired'],
      'token-invalid': [401, 'token_invalid'],
      'token-revoked': [401, 'token_revoked'],
      'not-authenticated': [401, 'authentication_required'],
      forbidden: [403, 'forbidden'],
      'upstream-timeout': [504, 'backend_timeout'],
      'upstream-failed': [502, 'backend_error'],
    }
    // One source of each condition.
    const rows = Object.keys(ANSWERS).map((condition) => cases.find((row) => row.condition === condition)!)

    for (const row of rows) {
      test(`${row.what} has the code of ${row.condition}`, async () => {
        const [status, code] = ANSWERS[row.condition]!
        const answers = await answersTo(
          row.fail,
          { catalog: secrets },
          { headers: { ...headersOf(row), 'X-Request-ID': 't-1' } },
        )
        const message = secrets.get(code)!.message
        expect(answers).toEqual(
          everywhere({
            status,
            headers: errorHeaders('en', status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
            body: { error: { code, message, request_id: 't-1' } },
          }),
        )
      })
    }
  })

  test('a server of keys that cannot be reached is a failed upstream, not a bad token', async () => {
    // Nobody listens there, and no other test is given it.
    const set = jose.createRemoteJWKSet(new URL('http://127.0.0.1:2/'))
    const token = await rsaToken({ kid: 'k-1' })
    expect(await answersTo(async () => void (await jose.jwtVerify(token, set)))).toEqual(
      everywhere({
        status: 502,
        headers: errorHeaders(),
        body: { code: 500, message: 'Bad gateway' },
      }),
    )
  })
})

const NO_REQUEST = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

const conditionOf = (value: unknown): string | undefined => recognize(value, NO_REQUEST)?.condition

describe('what only looks like an error of a token', () => {
  const circular: Record<string, unknown> = { name: 'UnauthorizedError', code: 'invalid_token' }
  circular['inner'] = circular
  circular['cause'] = circular

  test.each<readonly [string, unknown]>([
    ['a name alone', { name: 'JsonWebTokenError' }],
    ['a message with a name', { name: 'NotBeforeError', message: 'jwt not active' }],
    ['an expiry without a date', Object.assign(new Error('x'), { name: 'TokenExpiredError', expiredAt: 7 })],
    ['a record with the code of jose', { code: 'ERR_JWS_INVALID', message: 'Invalid' }],
    ['a code of jose that is no string', Object.assign(new Error('x'), { code: ['ERR_JWS_INVALID'] })],
    ['a claim that is no string', Object.assign(new Error('x'), { code: 'ERR_JWT_EXPIRED', claim: 7 })],
    ['an OAuth error of another library', Object.assign(new Error('x'), { code: 'invalid_token' })],
    ['the name of express-jwt alone', Object.assign(new Error('x'), { name: 'UnauthorizedError' })],
    [
      'a status of passport that is text',
      Object.assign(new Error('x'), { name: 'AuthenticationError', status: '401' }),
    ],
    ['a Proxy that throws', new Proxy({}, { get: throwing })],
    ['a revoked Proxy', revoked()],
  ])('is not recognized: %s', (_what, value) => {
    expect(conditionOf(value)).toBeUndefined()
  })

  test.each<readonly [string, unknown, Condition]>([
    ['that is its own cause', circular, 'token-invalid'],
    [
      'with a getter that throws inside',
      Object.assign(new UnauthorizedError('invalid_token', new Proxy(new Error('x'), {})), {
        inner: new Proxy({}, { get: throwing }),
      }),
      'token-invalid',
    ],
    [
      'that is frozen',
      Object.freeze(new UnauthorizedError('revoked_token', { message: 'x' })),
      'token-revoked',
    ],
    [
      'that is a 401 of another server',
      Object.assign(new Error('x'), { name: 'AuthenticationError', status: 401, headers: new Headers() }),
      'upstream-failed',
    ],
  ])('is what it is, and no more: an error %s', (_what, value, condition) => {
    expect(conditionOf(value)).toBe(condition)
  })

  test('never makes recognize throw, whatever stands beside a mark', () => {
    const marks = tokens.rules.flatMap(({ property, values = [] }) =>
      values.map((value) => ({ [property!]: value })),
    )
    const getter = fc.oneof(
      fc.anything().map((value) => () => value),
      fc.constantFrom<() => unknown>(throwing, revoked, () => new Error('x')),
    )
    const names = ['stack', 'name', 'status', 'inner', 'claim', 'expiredAt', 'headers', 'cause']
    fc.assert(
      fc.property(
        fc.constantFrom(...marks),
        fc.dictionary(fc.constantFrom(...names), getter, { noNullPrototype: true }),
        (mark, getters) => {
          const error = { ...mark }
          for (const [name, get] of Object.entries(getters))
            if (!(name in mark)) Object.defineProperty(error, name, { get })
          const condition = conditionOf(error)
          expect(condition === undefined || condition in CONDITIONS).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})

function throwing(): never {
  throw new Error('hostile')
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
