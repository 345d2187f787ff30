import { createHmac, generateKeyPairSync } from 'node:crypto'
import type { RequestListener } from 'node:http'
import type { RequestHandler } from 'express'
import { expressjwt, UnauthorizedError, type Params } from 'express-jwt'
import * as jose from 'jose'
import jwt, { type GetPublicKeyOrSecret, type Secret, type VerifyOptions } from 'jsonwebtoken'
import jwksRsa from 'jwks-rsa'
import koaJwt from 'koa-jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { listen, type Framework, type Route } from '../support/frameworks.ts'
import { freePort } from '../support/free-port.ts'
import { answersOn, expressWith, koaWith } from '../support/stacks.ts'
import { recorder } from '../support/served.ts'
import { blames } from '../support/whose-fault.ts'

const SECRET = 'a-secret-of-thirty-two-bytes-or-more'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const publicPem = rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString()
const brokenPem = publicPem.replace(/.{40}\n/, 'broken\n')

const signed = (claims: object = {}, options: jwt.SignOptions = {}): string =>
  jwt.sign({ sub: 'eva', ...claims }, SECRET, options)
const signedRsa = (options: jwt.SignOptions = {}): string =>
  jwt.sign({ sub: 'eva' }, rsa.privateKey, { algorithm: 'RS256', keyid: 'k-1', ...options })

const good = signed()
const expired = signed({ exp: 1 })
const forged = (token: string): string =>
  token.replace(/\.(.)([^.]*)$/, (_, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`)
const shortened = (token: string): string => token.slice(0, -9)

const base64url = (text: string): string => Buffer.from(text).toString('base64url')
const unsigned = (header: object, payload = '{}'): string =>
  `${base64url(JSON.stringify(header))}.${base64url(payload)}`
const hmac = (text: string): string =>
  `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`
const noJson = hmac(unsigned({ typ: 'JWT', alg: 'HS256' }, '{"sub":'))

/** A server of keys that works, and others that do not, by path; and a port that nobody listens on. */
const named = (kid: string): object => ({ ...jwk, kid })
const jwk = { ...rsa.publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }
const keyServer: Readonly<Record<string, RequestListener>> = {
  '/keys': (_request, response) => response.end(JSON.stringify({ keys: [named('k-1'), named('k-2')] })),
  '/none': (_request, response) => response.end('{"keys":[]}'),
  '/broken': (_request, response) => response.writeHead(500).end('s3cr3t'),
  '/page': (_request, response) => response.end('<html>'),
  '/reset': (_request, response) => response.socket?.resetAndDestroy(),
  '/silent': () => {},
}
const keys = { up: '', down: '', close: (): void => {} }

beforeAll(async () => {
  const { port, server } = await listen((request, response) => keyServer[request.url!]!(request, response))
  keys.up = `http://127.0.0.1:${port}`
  keys.down = `http://127.0.0.1:${await freePort()}/`
  keys.close = () => {
    server.closeAllConnections()
    server.close()
  }
})

afterAll(() => keys.close())

const at =
  (path: string): (() => string) =>
  () =>
    keys.up + path
const nowhere = (): string => keys.down

const verify =
  (token: unknown, secret: unknown, options: VerifyOptions = {}): Route =>
  () =>
    void jwt.verify(token as string, secret as Secret, options)
const lax = (options: object): VerifyOptions => options

/** Only of a server that is silent nothing is expected: others may take what a busy machine does. */
const patienceFor = (uri: string): number => (uri.endsWith('/silent') ? 200 : 20_000)

/** As jsonwebtoken's README has it. */
const verifyWith =
  (key: GetPublicKeyOrSecret, token = signedRsa()): Route =>
  () =>
    new Promise((resolve, reject) => {
      jwt.verify(token, key, (error, payload) => {
        if (error) reject(error)
        else resolve(payload)
      })
    })
const keyFrom =
  (uri: () => string, options: object = {}): GetPublicKeyOrSecret =>
  ({ kid }, done) => {
    jwksRsa({ jwksUri: uri(), timeout: patienceFor(uri()), ...options }).getSigningKey(kid, (error, key) =>
      done(error, key?.getPublicKey()),
    )
  }

describe('R01: jsonwebtoken', () => {
  for (const [what, route] of Object.entries({
    'is not there': verify('', SECRET),
    'is no text': verify(['a', 'b'], SECRET),
    'is malformed': verify('eva', SECRET),
    'has a header that is no JSON': verify('a.b.c', SECRET),
    'has a payload that is no JSON': verify(noJson, SECRET),
    'has no signature': verify(`${unsigned({ alg: 'HS256' })}.`, SECRET),
    'is forged': verify(forged(good), SECRET),
    'asks for no algorithm': verify(`${unsigned({ alg: 'none' })}.x`, SECRET),
    'asks for another algorithm': verify(good, rsa.publicKey, { algorithms: ['RS256'] }),
    'has a signature that is too short for ES256': verify(
      shortened(jwt.sign({}, ec.privateKey, { algorithm: 'ES256' })),
      ec.publicKey,
    ),
    'has an nbf that is no number': verify(hmac(unsigned({ alg: 'HS256' }, '{"nbf":"now"}')), SECRET),
    'has an exp that is no number': verify(hmac(unsigned({ alg: 'HS256' }, '{"exp":"now"}')), SECRET),
    'is not active yet': verify(signed({ nbf: 4e9 }), SECRET),
    'is for another audience': verify(signed({ aud: 'them' }), SECRET, { audience: [/^us$/, 'we'] }),
    'is of another issuer': verify(good, SECRET, { issuer: ['us', 'we'] }),
    'has another subject': verify(good, SECRET, { subject: 'tom' }),
    'has another id': verify(good, SECRET, { jwtid: 'j-1' }),
    'has another nonce': verify(good, SECRET, { nonce: 'n-1' }),
    'has no time where there is a greatest age': verify(signed({}, { noTimestamp: true }), SECRET, {
      maxAge: '1h',
    }),
  })) {
    blames(`R01: a token that ${what} is the client's fault`, route, 'token-invalid')
  }
  blames('R01: an expired token is token-expired', verify(expired, SECRET), 'token-expired')
  blames(
    'R01: a token that is too old is token-expired',
    verify(signed({ iat: 1 }), SECRET, { maxAge: '1h' }),
    'token-expired',
  )

  for (const [what, route] of Object.entries({
    'a secret that is not set': verify(good, undefined),
    'a secret that is empty': verify(good, ''),
    'a secret that is null': verify(good, null),
    'a secret that is not set, of a token without signature': verify(
      `${unsigned({ alg: 'none' })}.`,
      undefined,
    ),
    'a secret that is no key': verify(good, { kid: 'k-1' }),
    'a broken PEM': verify(signedRsa(), brokenPem, { algorithms: ['RS256'] }),
    'a PEM with its line breaks escaped': verify(signedRsa(), publicPem.replaceAll('\n', String.raw`\n`), {
      algorithms: ['RS256'],
    }),
    'a public key where a secret is needed': verify(good, rsa.publicKey, { algorithms: ['HS256'] }),
    'a key of an unknown type': verify(signedRsa(), ed.publicKey, { algorithms: ['RS256'] }),
    'a key of another type': verify(signedRsa(), ec.publicKey, { algorithms: ['RS256'] }),
    'a clock that is no number': verify(good, SECRET, lax({ clockTimestamp: 'now' })),
    'a nonce that is empty': verify(good, SECRET, { nonce: ' ' }),
    'a greatest age that is none': verify(good, SECRET, { maxAge: 'soon' }),
    'an option of the wrong type': verify(good, SECRET, lax({ allowInvalidAsymmetricKeyTypes: 1 })),
    'a key callback without a callback': verify(good, () => SECRET),
    'what an app says by its own error': () => {
      throw new jwt.JsonWebTokenError('the token store is away')
    },
  })) {
    blames(`R01: ${what} is the server's fault`, route, 'unrecognized')
  }

  blames(
    'R01: the 401 of a catch for whatever jsonwebtoken throws does not hide the fault',
    () => {
      try {
        jwt.verify(good, undefined as unknown as Secret)
      } catch (error) {
        throw Object.assign(error as Error, { status: 401, expose: true })
      }
    },
    'unrecognized',
  )

  blames(
    'R01: a key that the key server does not know is asked for by the token',
    verifyWith(keyFrom(at('/keys')), signedRsa({ keyid: 'k-9' })),
    'token-invalid',
  )
  blames(
    'R01: no key named, of two, is the fault of the token',
    verifyWith(keyFrom(at('/keys')), jwt.sign({}, rsa.privateKey, { algorithm: 'RS256' })),
    'token-invalid',
  )
  blames('R01: a key server that is down', verifyWith(keyFrom(nowhere)), 'upstream-failed')
  blames('R01: a key server that hangs up', verifyWith(keyFrom(at('/reset'))), 'upstream-failed')
  blames('R01: a key server that is silent', verifyWith(keyFrom(at('/silent'))), 'upstream-failed')
  blames('R01: a key server that answers 500', verifyWith(keyFrom(at('/broken'))), 'unrecognized')
  blames('R01: a key server that answers a page', verifyWith(keyFrom(at('/page'))), 'unrecognized')
  blames('R01: a key server without keys', verifyWith(keyFrom(at('/none'))), 'unrecognized')
  blames('R01: an address that is none', verifyWith(keyFrom(() => 'eva')), 'unrecognized')
  blames(
    'R01: a callback that fails',
    verifyWith((_header, done) => done(new Error('no such table: keys'))),
    'unrecognized',
  )
  blames(
    'R01: a callback that knows no key',
    verifyWith((_header, done) => done(null)),
    'unrecognized',
  )
  blames(
    'R01: a callback whose database does not answer in time',
    verifyWith((_header, done) => done(new Error('connect ETIMEDOUT 10.0.0.1:5432'))),
    'upstream-timeout',
  )
})

const askKey =
  (uri: () => string, kid: string, options: object = {}): Route =>
  async () =>
    void (await jwksRsa({ jwksUri: uri(), timeout: patienceFor(uri()), ...options }).getSigningKey(kid))

describe('R01: jwks-rsa', () => {
  blames('R01: a kid that nobody has is the client’s', askKey(at('/keys'), 'k-9'), 'token-invalid')
  blames('R01: a key server that is down', askKey(nowhere, 'k-1'), 'upstream-failed')
  blames('R01: a key server that answers 500', askKey(at('/broken'), 'k-1'), 'upstream-failed')
  blames('R01: a key server that answers a page', askKey(at('/page'), 'k-1'), 'upstream-failed')
  blames('R01: a key server without keys', askKey(at('/none'), 'k-1'), 'upstream-failed')
  blames('R01: a key server that is silent', askKey(at('/silent'), 'k-1'), 'upstream-failed')
  blames(
    'R01: a fetcher of the app that fails',
    askKey(nowhere, 'k-1', { fetcher: () => Promise.reject(new Error('refused')) }),
    'upstream-failed',
  )
  blames(
    'R01: its own limit',
    async () => {
      const client = jwksRsa({
        jwksUri: at('/keys')(),
        cache: false,
        rateLimit: true,
        jwksRequestsPerMinute: 1,
      })
      await client.getSigningKey('k-1')
      await client.getSigningKey('k-1')
    },
    'unavailable',
  )
  blames(
    'R01: an address that is none',
    askKey(() => 'eva', 'k-1'),
    'unrecognized',
  )
})

const bearer = (token: string): RequestInit => ({ headers: { Authorization: `Bearer ${token}` } })

const expressGuarded = (options: Partial<Params>): readonly Framework[] =>
  expressWith((app) =>
    app.use(expressjwt({ secret: SECRET, algorithms: ['HS256'], ...options }) as RequestHandler),
  )
/** The address is known once the server of keys listens. */
const expressFrom = (uri: () => string, options: object = {}): readonly Framework[] => {
  let secret: Params['secret'] | undefined
  return expressGuarded({
    algorithms: ['RS256'],
    secret: (request, token) => {
      secret ??= jwksRsa.expressJwtSecret({
        jwksUri: uri(),
        timeout: patienceFor(uri()),
        ...options,
      }) as Params['secret']
      return (secret as Exclude<Params['secret'], Secret>)(request, token)
    },
  })
}

describe('R01: express-jwt', () => {
  blames('R01: expired', expressGuarded({}), 'token-expired', bearer(expired))
  blames('R01: forged', expressGuarded({}), 'token-invalid', bearer(forged(good)))
  blames('R01: a payload that is no JSON', expressGuarded({}), 'token-invalid', bearer(noJson))
  blames('R01: another audience', expressGuarded({ audience: 'us' }), 'token-invalid', bearer(good))
  blames(
    'R01: a key that the key server does not know',
    expressFrom(at('/keys')),
    'token-invalid',
    bearer(signedRsa({ keyid: 'k-9' })),
  )
  blames(
    'R01: a key that the key server does not know, passed on',
    expressFrom(at('/keys'), {
      handleSigningKeyError: (error: Error | null, done: (error: Error | null) => void) => done(error),
    }),
    'token-invalid',
    bearer(signedRsa({ keyid: 'k-9' })),
  )

  const faults: Readonly<Record<string, Partial<Params>>> = {
    'a function without a secret': { secret: () => undefined },
    'a function with an empty secret': { secret: () => Promise.resolve('') },
    'a broken PEM': { secret: brokenPem, algorithms: ['RS256', 'HS256'] },
    'a public key where a secret is needed': { secret: rsa.publicKey },
    'an algorithm that there is not': { algorithms: ['HS256'], secret: { kid: 'k-1' } as unknown as Secret },
    'a greatest age that is none': { maxAge: 'soon' } as Partial<Params>,
    'a clock that is no number': { clockTimestamp: 'now' } as unknown as Partial<Params>,
    'a function that fails': { secret: () => Promise.reject(new Error('no such table: keys')) },
  }
  for (const [what, options] of Object.entries(faults)) {
    const token = options.algorithms?.includes('RS256') ? signedRsa() : good
    blames(`R01: ${what} is the server's fault`, expressGuarded(options), 'unrecognized', bearer(token))
  }
  blames('R01: a key server that is down', expressFrom(nowhere), 'upstream-failed', bearer(signedRsa()))
  blames(
    'R01: a key server that answers 500',
    expressFrom(at('/broken')),
    'upstream-failed',
    bearer(signedRsa()),
  )
  blames('R01: a key server of text', expressFrom(at('/page')), 'upstream-failed', bearer(signedRsa()))
  blames(
    'R01: a key server that is silent',
    expressFrom(at('/silent')),
    'upstream-failed',
    bearer(signedRsa()),
  )

  blames(
    'R01: what the app says with its class is what it says',
    () => {
      throw new UnauthorizedError('invalid_token', { message: 'logged out' })
    },
    'token-invalid',
  )
  blames(
    'R01: what its class wraps is what that is',
    () => {
      const inner = Object.assign(new Error('x'), {
        cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }),
      })
      throw new UnauthorizedError('invalid_token', inner)
    },
    'upstream-failed',
  )
})

type KoaJwtOptions = Omit<Partial<koaJwt.Options>, 'secret'> & { readonly secret?: unknown }
const koaGuarded = (options: KoaJwtOptions): readonly Framework[] =>
  koaWith((app) => app.use(koaJwt({ secret: SECRET, ...options } as koaJwt.Options)))
const koaFrom = (uri: () => string): readonly Framework[] => {
  let provider: ReturnType<typeof jwksRsa.koaJwtSecret> | undefined
  return koaGuarded({
    secret: (header: jwksRsa.TokenHeader) => {
      provider ??= jwksRsa.koaJwtSecret({ jwksUri: uri(), timeout: patienceFor(uri()) })
      return provider(header)
    },
  })
}

describe('R01: koa-jwt', () => {
  for (const debug of [false, true]) {
    const how = debug ? ' (debug)' : ''
    blames(`R01: no token${how}`, koaGuarded({ debug }), 'not-authenticated')
    blames(`R01: expired${how}`, koaGuarded({ debug }), 'token-expired', bearer(expired))
    blames(`R01: forged${how}`, koaGuarded({ debug }), 'token-invalid', bearer(forged(good)))
    blames(
      `R01: no secret${how}`,
      koaGuarded({ debug, secret: () => undefined }),
      'unrecognized',
      bearer(good),
    )
  }
  blames('R01: malformed', koaGuarded({ secret: () => SECRET }), 'token-invalid', bearer('e.v.a'))
  blames('R01: a payload that is no JSON', koaGuarded({}), 'token-invalid', bearer(noJson))
  blames(
    'R01: a payload that is no JSON, before a provider',
    koaGuarded({ secret: () => SECRET }),
    'token-invalid',
    bearer(noJson),
  )
  blames(
    'R01: revoked',
    koaGuarded({ isRevoked: () => Promise.resolve(true) }),
    'token-revoked',
    bearer(good),
  )
  blames(
    'R01: of several secrets none fits',
    koaGuarded({ secret: ['a', 'b'] }),
    'token-invalid',
    bearer(good),
  )
  blames(
    'R01: a kid that nobody has',
    koaFrom(at('/keys')),
    'token-invalid',
    bearer(signedRsa({ keyid: 'k-9' })),
  )
  blames('R01: an algorithm that no key server is for', koaFrom(at('/keys')), 'token-invalid', bearer(good))

  blames(
    'R01: a broken PEM',
    koaGuarded({ secret: brokenPem, algorithms: ['RS256'] }),
    'unrecognized',
    bearer(signedRsa()),
  )
  blames(
    'R01: a provider that fails',
    koaGuarded({ secret: () => Promise.reject(new Error('no such table: keys')) }),
    'unrecognized',
    bearer(good),
  )
  blames(
    'R01: a provider whose JSON is none is no malformed token',
    koaGuarded({ secret: () => JSON.parse('<html>') as unknown }),
    'unrecognized',
    bearer(good),
  )
  blames(
    'R01: a check for revoked tokens that fails',
    koaGuarded({ isRevoked: () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNRESET' })) }),
    'upstream-failed',
    bearer(good),
  )
  blames('R01: a key server that is down', koaFrom(nowhere), 'upstream-failed', bearer(signedRsa()))
  blames('R01: a key server that answers 500', koaFrom(at('/broken')), 'upstream-failed', bearer(signedRsa()))
  blames(
    'R01: a key server that answers a page',
    koaFrom(at('/page')),
    'upstream-failed',
    bearer(signedRsa()),
  )

  test('R01: a BizError of a provider is the answer, and the log tells what koa-jwt wraps', async () => {
    const koa = koaGuarded({
      secret: () => Promise.reject(new BizError(1006)),
    })
    const failing = koaGuarded({ secret: () => Promise.reject(new Error('no such table: keys')) })
    const answers = await answersOn(koa, bearer(good))
    expect(Object.values(answers).map(({ status, body }) => [status, body])).toEqual(
      koa.map(() => [409, { code: 1006, message: 'Username already exists' }]),
    )
    const { options, log } = recorder()
    await answersOn(failing, bearer(good), {}, options)
    expect(log.map(([, { err }]) => (err as { cause?: { message: string } }).cause?.message)).toEqual(
      koa.map(() => 'no such table: keys'),
    )
  })
})

const joseVerify =
  (token: string, secret: unknown, options: jose.JWTVerifyOptions = {}): Route =>
  async () =>
    void (await jose.jwtVerify(token, secret as Uint8Array, options))

describe('R01: jose', () => {
  const key = new TextEncoder().encode(SECRET)
  blames('R01: a good key and a forged token', joseVerify(forged(good), key), 'token-invalid')
  blames(
    "R01: a token that asks for an unknown algorithm is the client's fault",
    joseVerify(`${unsigned({ alg: 'HS255' })}.x`, key),
    'token-invalid',
  )
  for (const [what, route] of Object.entries({
    'a secret that is not set': joseVerify(good, undefined),
    'a secret that is empty': joseVerify(good, new Uint8Array()),
    'a secret that is a text': joseVerify(good, SECRET),
    'a key of another type': joseVerify(good, rsa.publicKey),
    'a private key': joseVerify(signedRsa(), rsa.privateKey),
    'a function that finds no key': joseVerify(good, () => undefined),
    'a function that fails': joseVerify(good, () => Promise.reject(new Error('no such table: keys'))),
    'an option of the wrong type': joseVerify(good, key, { algorithms: 'HS256' as unknown as string[] }),
    'a greatest age that is none': joseVerify(good, key, { maxTokenAge: 'soon' }),
    'a broken PEM': async () => void (await jose.importSPKI(brokenPem, 'RS256')),
    'a token that is made without a header': () => new jose.SignJWT({}).sign(key) as Promise<never>,
    'a token that is made with an unknown algorithm': () =>
      new jose.SignJWT({}).setProtectedHeader({ alg: 'HS255' }).sign(key) as Promise<never>,
    'a token that is encrypted in an unknown way': () =>
      new jose.EncryptJWT({}).setProtectedHeader({ alg: 'dir', enc: 'A1' }).encrypt(key) as Promise<never>,
    'a JWK that is none': async () => void (await jose.importJWK({ kty: 'RSA' }, 'RS256')),
  })) {
    blames(`R01: ${what} is the server's fault`, route, 'unrecognized')
  }
  blames(
    'R01: a function whose server is down',
    joseVerify(good, () => fetch(nowhere())),
    'upstream-failed',
  )
})
