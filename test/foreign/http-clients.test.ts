import { createRequire } from 'node:module'
import {
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from '@azure/core-rest-pipeline'
import { AnonymousCredential, BlobServiceClient } from '@azure/storage-blob'
import { Storage } from '@google-cloud/storage'
import { request as gaxios7 } from 'gaxios'
import { request as gaxios6 } from 'gaxios6'
import { OAuth2Client } from 'google-auth-library'
import needle from 'needle'
import { becomes, type Row } from './becomes.ts'
import { REFUSING, startUpstream, WAIT } from './upstream.ts'

type Request = (
  options: { readonly url: string; readonly timeout?: number },
  done: (error: Error | null) => void,
) => void

// It is deprecated, and its types would be installed with it.
const request = createRequire(import.meta.url)('request') as Request

const up = await startUpstream()
const UNKNOWN = 'http://name.invalid'
const NO_TLS = up.replace('http:', 'https:')

type Get = (url: string, patience?: { readonly timeout?: number; readonly signal?: AbortSignal }) => unknown

const aborting = (): AbortSignal => AbortSignal.timeout(WAIT)

/** No connection, or one that breaks. */
const unreached = (get: Get): readonly Row[] => [
  {
    what: 'a connection that is refused',
    fail: () => get(REFUSING),
    becomes: 'upstream-failed',
    logged: { code: 'ECONNREFUSED' },
  },
  { what: 'a name that is not known', fail: () => get(UNKNOWN), becomes: 'upstream-failed' },
  {
    what: 'a server that speaks no TLS',
    fail: () => get(`${NO_TLS}/404`),
    becomes: 'upstream-failed',
    logged: { code: 'EPROTO' },
  },
  {
    what: 'a reset',
    fail: () => get(`${up}/reset`),
    becomes: 'upstream-failed',
    logged: { code: 'ECONNRESET' },
  },
  { what: 'a connection that is closed', fail: () => get(`${up}/hang-up`), becomes: 'upstream-failed' },
]

/** What was answered, to a key or a call of ours. */
const refused = (get: Get): readonly Row[] =>
  [400, 401, 403, 404, 409, 412, 500].map((status) => ({
    what: `a ${status}`,
    fail: () => get(`${up}/${status}`),
    becomes: 'upstream-failed',
  }))

const late = (get: Get): readonly Row[] => [
  {
    what: 'an answer that does not come',
    fail: () => get(`${up}/silence`, { timeout: WAIT }),
    becomes: 'upstream-timeout',
  },
  {
    what: 'a signal that times out',
    fail: () => get(`${up}/silence`, { signal: aborting() }),
    becomes: 'upstream-timeout',
  },
]

const told = (get: Get): readonly Row[] => [
  ...refused(get),
  { what: 'a 408', fail: () => get(`${up}/408`), becomes: 'upstream-timeout' },
  { what: 'a 504', fail: () => get(`${up}/504`), becomes: 'upstream-timeout' },
]

for (const [name, gaxios] of [
  ['gaxios 7', gaxios7],
  ['gaxios 6', gaxios6 as unknown as typeof gaxios7],
] as const) {
  const get: Get = (url, patience) => gaxios({ url, retry: false, ...patience })
  becomes(`R05: what ${name} rejects with becomes what it says`, [
    ...unreached(get),
    ...told(get),
    ...late(get),
    { what: 'a redirect to itself', fail: () => get(`${up}/loop`), becomes: 'upstream-failed' },
    { what: 'a body that is not what it says', fail: () => get(`${up}/zipped`), becomes: 'upstream-failed' },
  ])
}

const token: Get = (url, { timeout = 10_000 } = {}) => {
  const client = new OAuth2Client({
    clientId: 'id',
    clientSecret: 's3cr3t',
    endpoints: { oauth2TokenUrl: url },
    transporterOptions: { timeout, retryConfig: { retry: 0 } },
  })
  client.setCredentials({ refresh_token: 's3cr3t' })
  return client.getAccessToken()
}
becomes('R05: a token endpoint that google-auth-library asks becomes what it says', [
  ...unreached(token),
  ...refused(token),
  ...late(token).slice(0, 1),
])

const file = (url: string): ReturnType<ReturnType<Storage['bucket']>['file']> =>
  new Storage({ apiEndpoint: url, projectId: 'p', retryOptions: { autoRetry: false, maxRetries: 0 } })
    .bucket('b')
    .file('f')
const metadata: Get = (url) => file(url).getMetadata()
const upload: Get = (url) => file(url).save('text', { resumable: true })
for (const [what, get] of [
  ['what @google-cloud/storage rejects with', metadata],
  ['an upload of @google-cloud/storage that fails', upload],
] as const) {
  becomes(`R05: ${what} becomes what it says`, [...unreached(get), ...refused(get)])
}

const blobs = (url: string): BlobServiceClient =>
  new BlobServiceClient(url, new AnonymousCredential(), { retryOptions: { maxTries: 1 } })
const properties: Get = (url, { signal } = {}) =>
  blobs(url)
    .getContainerClient('c')
    .getBlobClient('b')
    .getProperties(signal && { abortSignal: signal })
becomes('R05: what @azure/storage-blob rejects with becomes what it says', [
  ...unreached(properties),
  ...told(properties),
  ...late(properties).slice(1),
  {
    what: 'a list that is none',
    fail: () => blobs(`${up}/page`).getContainerClient('c').listBlobsFlat().next(),
    becomes: 'upstream-failed',
    logged: { type: 'RestError', code: 'PARSE_ERROR' },
  },
  {
    what: 'a list that is cut off',
    fail: () => blobs(`${up}/cut`).getContainerClient('c').listBlobsFlat().next(),
    becomes: 'upstream-failed',
    logged: { type: 'RestError', code: 'PARSE_ERROR' },
  },
])

const pipeline: Get = (url, { signal, timeout } = {}) =>
  createPipelineFromOptions({ retryOptions: { maxRetries: 0 } }).sendRequest(
    createDefaultHttpClient(),
    createPipelineRequest({
      url,
      allowInsecureConnection: true,
      ...(signal && { abortSignal: signal }),
      ...(timeout && { timeout }),
    }),
  )
becomes('R05: what @azure/core-rest-pipeline rejects with becomes what it says', [
  ...unreached(pipeline),
  ...late(pipeline),
  {
    what: 'a body that is not what it says',
    fail: () => pipeline(`${up}/zipped`),
    becomes: 'upstream-failed',
  },
])

const getRequest: Get = (url, { timeout } = {}) =>
  new Promise((resolve, reject) => {
    request({ url, ...(timeout && { timeout }) }, (error) => (error ? reject(error) : resolve(undefined)))
  })
becomes('R05: what request calls back with becomes what it says', [
  ...unreached(getRequest),
  ...late(getRequest).slice(0, 1),
])

const getNeedle: Get = (url, { signal } = {}) =>
  needle('get', url, {}, { json: true, ...(signal && { signal }) })
becomes('R05: what needle rejects with becomes what it says', [
  ...unreached(getNeedle),
  ...late(getNeedle).slice(1),
])

becomes('R05: what gaxios 6 wraps and no upstream has said stays', [
  {
    what: 'a bug of ours in an adapter',
    fail: () =>
      gaxios6({
        url: up,
        adapter: () => {
          throw new TypeError('s3cr3t')
        },
      }),
    becomes: undefined,
  },
])
