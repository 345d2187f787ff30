import { create as createAxios } from 'axios'
import axiosRetry from 'axios-retry'
import { ofetch } from 'ofetch'
import ky1 from 'ky'
import ky2 from 'ky2'
import createOpenapiClient from 'openapi-fetch'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  axiosErrors,
  axiosRetryOptions,
  createClient,
  ofetchErrors,
  type ApiError,
  type Client,
} from '../../src/client/index.ts'
import { answering, ok, tells, type Sent } from './answering.ts'

interface Request {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'DELETE' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

type Ask = (url: string, request: Request) => Promise<unknown>

/** What repeats as the client does: by a hook, or since it sends by the client's fetch. */
const libraries: Readonly<Record<string, (api: Client) => Ask>> = {
  'the client': (api) => (url, request) => api.fetch(url, request),

  'axios-retry'(api) {
    const http = createAxios()
    axiosRetry(http, axiosRetryOptions(api))
    http.interceptors.response.use(...axiosErrors(api))
    return (url, { body, ...request }) =>
      http({ url, ...request, ...(body !== undefined && { data: body }) } as object)
  },

  ofetch(api) {
    const http = ofetch.create({ ...ofetchErrors(api), retry: 2 })
    return (url, request) => http(url, request)
  },

  'ky 1, given our fetch'(api) {
    const http = ky1.create({ fetch: api.fetch, retry: 0 })
    return (url, request) => http(url, request)
  },

  'ky 2, given our fetch'(api) {
    const http = ky2.create({ fetch: api.fetch, retry: 0 })
    return (url, request) => http(url, request)
  },

  'openapi-fetch, given our fetch'(api) {
    const http = createOpenapiClient<Paths>({ fetch: api.fetch })
    return (url, { method = 'GET', headers, body }) =>
      http[method](url, { headers: { ...headers }, ...(body && { body, bodySerializer: String }) } as never)
  },
}

type Paths = Record<
  string,
  Record<'get' | 'head' | 'put' | 'delete' | 'post', { responses: { 200: object } }>
>

interface Case {
  readonly title: string
  readonly request?: Request
  readonly answers: readonly Sent[]
  /** The least wait before each repetition, in seconds. Nothing is sent again where there is none. */
  readonly waits: readonly number[]
  /** What Math.random returns: which part of a step is waited. @default 0 */
  readonly random?: number
}

const CATALOG = { retryable: [1], final: [2] }
const KEY = { 'Idempotency-Key': 'order-1' }
const unavailable = tells(0, 503)

function refused(headers: Sent['headers']): Sent {
  return tells(0, 429, headers)
}

const cases: readonly Case[] = [
  ...[408, 425, 429, 502, 503, 504].map((status) => ({
    title: `is sent again after ${status}`,
    answers: [tells(0, status), ok],
    waits: [0],
  })),
  ...[400, 401, 403, 404, 409, 410, 422, 500, 501].map((status) => ({
    title: `is not sent again after ${status}`,
    answers: [tells(0, status), ok],
    waits: [],
  })),
  {
    title: 'is sent again after a code that the catalog calls retryable',
    answers: [tells(1, 409), ok],
    waits: [0],
  },
  {
    title: 'is not sent again after a code that the catalog calls final',
    answers: [tells(2, 503), ok],
    waits: [],
  },
  {
    title: "is sent again after a proxy's page",
    answers: [{ status: 502, body: '<html>' }, ok],
    waits: [0],
  },
  {
    title: 'is sent three times at most, each later than the last',
    answers: [unavailable],
    random: 0.99,
    waits: [0.24, 0.49],
  },
  {
    title: 'waits as Retry-After says, and a random part of the step',
    answers: [refused({ 'Retry-After': '1' }), ok],
    random: 0.99,
    waits: [1.24],
  },
  {
    title: 'waits a step where Retry-After is 0',
    answers: [refused({ 'Retry-After': '0' }), ok],
    waits: [0.25],
  },
  {
    title: 'is not sent again where Retry-After is more than a minute',
    answers: [refused({ 'Retry-After': '61' }), ok],
    waits: [],
  },
  {
    title: 'waits as the limit says that is used up',
    answers: [refused({ RateLimit: '"second";r=0;t=1, "hour";r=9;t=3600' }), ok],
    waits: [1],
  },
  { title: 'is sent again where the connection breaks', answers: [{}, {}, ok], waits: [0, 0] },
  {
    title: 'is not sent again where the connection breaks and it is a POST',
    request: { method: 'POST' },
    answers: [{}, ok],
    waits: [],
  },
  {
    title: 'is sent again if it is a HEAD',
    request: { method: 'HEAD' },
    answers: [unavailable, ok],
    waits: [0],
  },
  ...(['PUT', 'DELETE', 'POST'] as const).map((method) => ({
    title: `is not sent again if it is a ${method}`,
    request: { method },
    answers: [unavailable, ok],
    waits: [],
  })),
  {
    title: 'is sent again if it is a POST with an Idempotency-Key',
    request: { method: 'POST', headers: KEY },
    answers: [unavailable, ok],
    waits: [0],
  },
]

/** What each library makes of the same answers. */
function byEach<TResult>(run: (ask: Ask) => Promise<TResult>): Promise<Readonly<Record<string, TResult>>> {
  const all = Object.entries(libraries).map(async ([name, library]) => {
    return [name, await run(library(createClient({ catalog: CATALOG })))] as const
  })
  return Promise.all(all).then(Object.fromEntries)
}

describe('a request, by the client and by every library that repeats as it does,', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test.each(cases)('$title', async ({ request = {}, answers, waits, random = 0 }) => {
    vi.spyOn(Math, 'random').mockReturnValue(random)
    const results = await byEach((ask) =>
      answering(answers, async ({ url, times }) => {
        const status = await ask(url, request).then(
          () => 200,
          (error: unknown) => (error as ApiError).status,
        )
        const waited = times.slice(1).map((time, index) => time - times[index]!)
        return { status, waited }
      }),
    )
    const { status } = answers[Math.min(waits.length, answers.length - 1)]!
    const waited = waits.map((least) => expect.toSatisfy((seconds: number) => seconds > least - 0.005))
    const expected = Object.keys(libraries).map((name) => [name, { status, waited }])
    expect(results).toEqual(Object.fromEntries(expected))
  })
})
