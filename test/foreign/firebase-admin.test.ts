import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Agent } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import * as grpc from '@grpc/grpc-js'
import { cert, initializeApp, type App } from 'firebase-admin/app'
import { getAppCheck } from 'firebase-admin/app-check'
import { getAuth, type Auth } from 'firebase-admin/auth'
import { getFirestore, type Firestore } from 'firebase-admin/firestore'
import { getMessaging } from 'firebase-admin/messaging'
import jwt from 'jsonwebtoken'
import { afterAll, beforeAll } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { becomes, type Row } from './becomes.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const KEYS: Answer = [200, { known: publicKey }]

type Answer = readonly [status: number, body: unknown]
type Answers = Readonly<Record<'keys' | 'api', Answer>>

/** What Google answers now: the keys that tokens are signed with, and its APIs. */
let answers: Answers

const google = createServer((request, response) => {
  const [status, body] = /x509|publicKeys/.test(request.url!) ? answers.keys : answers.api
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})

/** Leads every request for Google to a port here. */
class Here extends Agent {
  readonly #port: () => number

  constructor(port: () => number) {
    super()
    this.#port = port
  }

  override createConnection(): Socket {
    return connect(this.#port(), '127.0.0.1')
  }
}

let apps = 0

function appAt(port: () => number, token = async (): Promise<string> => 'hunter2'): App {
  const credential = {
    getAccessToken: async () => ({ access_token: await token(), expires_in: 3600 }),
  }
  return initializeApp({ projectId: 'shop', credential, httpAgent: new Here(port) }, `app ${apps++}`)
}

const app = appAt(() => (google.address() as AddressInfo).port)
const offline = appAt(() => 1)
const anonymous = appAt(
  () => 1,
  async () => Promise.reject(new Error('no metadata server')),
)

/** Firestore, which answers to every write with the status that its document is named for. */
const writes = {
  commit: {
    path: '/google.firestore.v1.Firestore/Commit',
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
} as const

const store = new grpc.Server()
store.addService(writes, {
  commit({ request }: { readonly request: Buffer }, answer: grpc.sendUnaryData<Buffer>) {
    answer({ code: Number(/statuses\/(\d+)/.exec(request.toString('latin1'))![1]), details: 'hunter2' })
  },
})

let firestore: Firestore

beforeAll(async () => {
  await once(google.listen(0, '127.0.0.1'), 'listening')
  const port = await new Promise<number>((resolve, reject) => {
    store.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    )
  })
  const account = { projectId: 'shop', clientEmail: 'shop@example.com', privateKey }
  firestore = getFirestore(initializeApp({ credential: cert(account) }, 'firestore'))
  firestore.settings({ host: `127.0.0.1:${port}`, ssl: false })
})

afterAll(async () => {
  await firestore.terminate()
  store.forceShutdown()
  google.close()
  google.closeAllConnections()
})

/** Calls Firebase while Google answers so. */
function when(given: Partial<Answers>, call: (auth: Auth) => unknown): () => unknown {
  return () => {
    answers = { keys: KEYS, api: [500, {}], ...given }
    return call(getAuth(app))
  }
}

/** https://cloud.google.com/apis/design/errors#http_mapping */
function refusal(status: number, message: string): Partial<Answers> {
  return { api: [status, { error: { code: status, message, status: message } }] }
}

const NOW = Math.floor(Date.now() / 1000)

function token(claims: object = {}, keyid = 'known'): string {
  const all = {
    sub: 'u7',
    aud: 'shop',
    iss: 'https://securetoken.google.com/shop',
    auth_time: NOW - 60,
    iat: NOW - 60,
    exp: NOW + 3600,
    ...claims,
  }
  return jwt.sign(all, privateKey, { algorithm: 'RS256', keyid })
}

const COOKIE = { iss: 'https://session.firebase.google.com/shop' }

const verify = (idToken: string, given: Partial<Answers> = {}): (() => unknown) =>
  when(given, (auth) => auth.verifyIdToken(idToken))

/** What Identity Platform knows of a user (https://cloud.google.com/identity-platform/docs/reference/rest/v1/UserInfo). */
const user = (facts: object): Partial<Answers> => ({ api: [200, { users: [{ localId: 'u7', ...facts }] }] })

const checked = (given: Partial<Answers>): (() => unknown) =>
  when(given, (auth) => auth.verifyIdToken(token(), true))

const ARGUMENT = { code: 'auth/argument-error' }

becomes("R07: a token that Firebase does not accept is the client's", [
  {
    what: 'an ID token that has expired',
    fail: verify(token({ exp: NOW - 1 })),
    becomes: 'token-expired',
    logged: { code: 'auth/id-token-expired' },
  },
  {
    what: 'a session cookie that has expired',
    fail: when({}, (auth) => auth.verifySessionCookie(token({ ...COOKIE, exp: NOW - 1 }))),
    becomes: 'token-expired',
  },
  {
    what: 'an ID token that is none',
    fail: verify('hunter2'),
    becomes: 'token-invalid',
    logged: ARGUMENT,
  },
  { what: 'an empty one', fail: verify(''), becomes: 'token-invalid', logged: ARGUMENT },
  {
    what: 'no ID token',
    fail: when({}, (auth) => auth.verifyIdToken(undefined as unknown as string)),
    becomes: 'token-invalid',
    logged: ARGUMENT,
  },
  {
    what: 'a session cookie that is none',
    fail: when({}, (auth) => auth.verifySessionCookie('hunter2')),
    becomes: 'token-invalid',
    logged: ARGUMENT,
  },
  { what: 'one of another project', fail: verify(token({ aud: 'pub' })), becomes: 'token-invalid' },
  { what: 'one of another issuer', fail: verify(token(COOKIE)), becomes: 'token-invalid' },
  { what: 'one of nobody', fail: verify(token({ sub: '' })), becomes: 'token-invalid' },
  { what: 'one of an unknown key', fail: verify(token({}, 'unknown')), becomes: 'token-invalid' },
  {
    what: 'one that is signed with a secret',
    fail: verify(jwt.sign({ sub: 'u7', aud: 'shop' }, 'hunter2')),
    becomes: 'token-invalid',
  },
  {
    what: 'a custom token',
    fail: when({}, async (auth) =>
      auth.verifyIdToken(
        jwt.sign(
          {
            aud: 'https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit',
          },
          privateKey,
          { algorithm: 'RS256' },
        ),
      ),
    ),
    becomes: 'token-invalid',
  },
  {
    what: 'one whose signature is of another',
    fail: verify(token({ sub: 'u8' }).replace(/[^.]+$/, token().split('.')[2]!)),
    becomes: 'token-invalid',
  },
  {
    what: 'one that was revoked',
    fail: checked(user({ validSince: String(NOW) })),
    becomes: 'token-revoked',
    logged: { code: 'auth/id-token-revoked' },
  },
  {
    what: 'one of a user who is disabled',
    fail: checked(user({ disabled: true })),
    becomes: 'forbidden',
    logged: { code: 'auth/user-disabled' },
  },
  {
    what: 'one that Google itself refuses',
    fail: when(refusal(400, 'INVALID_ID_TOKEN'), (auth) =>
      auth.createSessionCookie('hunter2', { expiresIn: 3_600_000 }),
    ),
    becomes: 'token-invalid',
  },
  {
    what: 'an App Check token that is none',
    fail: () => getAppCheck(app).verifyToken('hunter2'),
    becomes: 'token-invalid',
    logged: { code: 'app-check/invalid-argument' },
  },
])

becomes("R01: a token that cannot be checked for Google's fault is no quiet 401", [
  {
    what: 'keys that cannot be reached',
    fail: () => getAuth(offline).verifyIdToken(token()),
    becomes: 'upstream-failed',
    logged: ARGUMENT,
  },
  {
    what: 'keys that are refused',
    fail: () => {
      answers = { keys: [500, { error: 'hunter2' }], api: [500, {}] }
      return getAuth(appAt(() => (google.address() as AddressInfo).port)).verifyIdToken(token())
    },
    becomes: 'upstream-failed',
    logged: ARGUMENT,
  },
  {
    what: 'an argument of the app that is wrong',
    fail: when({}, (auth) => auth.createUser(7 as unknown as object)),
    becomes: undefined,
    logged: ARGUMENT,
  },
])

const ada = { email: 'ada@example.com', password: 'hunter2' }

becomes('R07: what Firebase says of an account becomes what it means', [
  {
    what: 'an email that is taken',
    fail: when(refusal(400, 'EMAIL_EXISTS'), (auth) => auth.createUser(ada)),
    becomes: 'already-exists',
    logged: { code: 'auth/email-already-exists' },
  },
  {
    what: 'an id that is taken',
    fail: when(refusal(400, 'DUPLICATE_LOCAL_ID'), (auth) => auth.createUser({ uid: 'u7' })),
    becomes: 'already-exists',
  },
  {
    what: 'an email that is none',
    fail: when({}, (auth) => auth.createUser({ ...ada, email: 'ada' })),
    becomes: 'validation-failed',
  },
  {
    what: 'a password that is too short',
    fail: when({}, (auth) => auth.createUser({ ...ada, password: 'x' })),
    becomes: 'validation-failed',
  },
  {
    what: 'a user who is not there',
    fail: when({ api: [200, {}] }, (auth) => auth.getUser('u8')),
    becomes: 'not-found',
    logged: { code: 'auth/user-not-found' },
  },
  {
    what: 'claims of the app that are reserved',
    fail: when({}, (auth) => auth.setCustomUserClaims('u7', { sub: 'u8' })),
    becomes: undefined,
    logged: { code: 'auth/reserved-claim' },
  },
])

const send = (given: Partial<Answers>): (() => unknown) =>
  when(given, () => getMessaging(app).send({ topic: 'offers' }))

becomes('R07: what Google refuses to us, or does not answer, is an upstream that failed', [
  {
    what: 'a service that is away',
    fail: () => getAuth(offline).getUser('u7'),
    becomes: 'upstream-failed',
    logged: { code: 'app/network-error' },
  },
  {
    what: 'no token for the app itself',
    fail: () => getAuth(anonymous).getUser('u7'),
    becomes: 'upstream-failed',
    logged: { code: 'app/invalid-credential' },
  },
  {
    what: 'a permission that the app has not',
    fail: when(refusal(403, 'INSUFFICIENT_PERMISSION'), (auth) => auth.getUser('u7')),
    becomes: 'upstream-failed',
  },
  {
    what: 'an error that has no code',
    fail: when(refusal(500, 'hunter2'), (auth) => auth.getUser('u7')),
    becomes: 'upstream-failed',
    logged: { code: 'auth/internal-error' },
  },
  {
    what: 'a quota that is used up',
    fail: when(refusal(400, 'QUOTA_EXCEEDED'), (auth) => auth.getUser('u7')),
    becomes: 'unavailable',
  },
  {
    what: 'messages that are too many',
    fail: send(refusal(429, 'RESOURCE_EXHAUSTED')),
    becomes: 'unavailable',
    logged: { code: 'messaging/message-rate-exceeded' },
  },
  { what: 'a device that is gone', fail: send(refusal(404, 'NOT_FOUND')), becomes: 'upstream-failed' },
  { what: 'a key of the app', fail: send(refusal(401, 'UNAUTHENTICATED')), becomes: 'upstream-failed' },
])

/** What cannot be had quickly, or without another account, as Firebase makes it. */
const OTHERS: Readonly<Record<string, Condition | undefined>> = {
  'auth/session-cookie-revoked': 'token-revoked',
  'app-check/app-check-token-expired': 'token-expired',
  'phone-number-verification/expired-token': 'token-expired',
  'auth/mismatching-tenant-id': 'token-invalid',
  'auth/phone-number-already-exists': 'already-exists',
  'auth/email-not-found': 'not-found',
  'app/network-timeout': 'upstream-timeout',
  'messaging/server-unavailable': 'unavailable',
  'remote-config/resource-exhausted': 'unavailable',
  'functions/permission-denied': 'upstream-failed',
  'auth/invalid-claims': undefined,
  'auth/invalid-credential': undefined,
  'app/no-app': undefined,
}

becomes(
  'R07: a code of Firebase becomes what it means',
  Object.entries(OTHERS).map(([code, becomes]): Row => ({
    what: code,
    fail: () => {
      const message = 'hunter2'
      throw Object.assign(new Error(message), {
        code,
        codePrefix: code.split('/')[0],
        errorInfo: { code, message },
      })
    },
    becomes,
  })),
)

const write = (status: number) => () => firestore.doc(`statuses/${status}`).create({ price: 7 })

becomes('R07: what Firestore answers is what any server of gRPC does', [
  { what: '6 ALREADY_EXISTS', fail: write(6), becomes: 'upstream-failed', logged: { code: 6 } },
  { what: '7 PERMISSION_DENIED', fail: write(7), becomes: 'upstream-failed', logged: { code: 7 } },
  { what: '9 FAILED_PRECONDITION', fail: write(9), becomes: 'upstream-failed', logged: { code: 9 } },
])
