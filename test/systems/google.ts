import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { ErrorDescription } from '../../src/catalog/envelope.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

const TYPE = 'type.googleapis.com/google.rpc.'

/** `code` and `status` are those of google.rpc.Code; what a program looks at is the reason inside. */
const google = defineCatalog({
  name: 'google',
  sourceLocale: 'en-US',
  errors: {
    INVALID_ARGUMENT: { status: 400, message: 'Request contains an invalid argument.' },
    FAILED_PRECONDITION: { status: 400, message: 'Precondition check failed.' },
    UNAUTHENTICATED: {
      status: 401,
      message: 'Request had invalid authentication credentials.',
      challenge: 'Bearer realm="https://accounts.google.com/"',
    },
    PERMISSION_DENIED: { status: 403, message: 'The caller does not have permission' },
    NOT_FOUND: { status: 404, message: 'Requested entity was not found.' },
    ALREADY_EXISTS: { status: 409, message: 'Requested entity already exists' },
    RESOURCE_EXHAUSTED: { status: 429, message: 'Resource has been exhausted (e.g. check quota).' },
    INTERNAL: { status: 500, message: 'Internal error encountered.' },
    UNAVAILABLE: { status: 503, message: 'The service is currently unavailable.' },

    // A reason is refined from a code, and has its status.
    RESOURCE_AVAILABILITY: {
      parent: 'RESOURCE_EXHAUSTED',
      message:
        "The zone '{{zone}}' does not have enough resources available to fulfill the request. Try a different zone, or try again later.",
      meta: {
        domain: 'compute.googleapis.com',
        help: 'https://cloud.google.com/compute/docs/resource-error',
      },
    },
    RATE_LIMIT_EXCEEDED: {
      parent: 'RESOURCE_EXHAUSTED',
      message: "Quota exceeded for quota metric '{{quotaMetric}}'.",
      meta: { domain: 'googleapis.com' },
    },
    SERVICE_DISABLED: {
      parent: 'PERMISSION_DENIED',
      message: '{{service}} has not been used in project {{consumer}} before or it is disabled.',
      meta: { domain: 'googleapis.com' },
    },
  },
  foreign: {
    byStatus: { 400: 'INVALID_ARGUMENT', 404: 'NOT_FOUND', 500: 'INTERNAL', 503: 'UNAVAILABLE' },
  },
  locales: {
    de: {
      google: {
        RESOURCE_EXHAUSTED: { message: 'Das Kontingent ist erschöpft.' },
        RESOURCE_AVAILABILITY: { message: 'In der Zone {{zone}} ist gerade kein Platz.' },
      },
    },
  },
  envelope: {
    // Programmers search for the text: it is English, and the client's language stands beside it.
    body: (error) => ({
      error: {
        code: error.status,
        message: error.sourceMessage,
        status: error.parent ?? error.code,
        details: detailsOf(error),
      },
    }),
    read(body) {
      const error = read(body, 'error')
      const details = read(error, 'details')
      const info = Array.isArray(details)
        ? details.find((each) => read(each, 'reason') !== undefined)
        : undefined
      const status = read(error, 'status')
      return info === undefined ? { code: status } : { code: read(info, 'reason'), parent: status }
    },
  },
})
const { errors } = google

/** Of each type one at most. */
function detailsOf({
  code,
  parent,
  meta,
  params,
  details,
  locale,
  message,
  ...error
}: ErrorDescription): object[] | undefined {
  const { fields, ...facts } = (details ?? {}) as { fields?: readonly { path: string; message: string }[] }
  const told = [
    parent !== undefined && {
      '@type': `${TYPE}ErrorInfo`,
      reason: code,
      domain: meta?.['domain'],
      metadata: { ...params, ...facts },
    },
    fields && {
      '@type': `${TYPE}BadRequest`,
      fieldViolations: fields.map(({ path, message: description }) => ({ field: path, description })),
    },
    error.retryAfter !== undefined && { '@type': `${TYPE}RetryInfo`, retryDelay: `${error.retryAfter}s` },
    parent !== undefined && { '@type': `${TYPE}LocalizedMessage`, locale, message },
    error.docs !== undefined && {
      '@type': `${TYPE}Help`,
      links: [{ description: 'Additional information on this error', url: error.docs }],
    },
  ].filter((each) => typeof each === 'object')
  return told.length === 0 ? undefined : told
}

const stockout = (): Error =>
  errors.RESOURCE_AVAILABILITY({
    params: { zone: 'us-east1-a' },
    details: { vmType: 'e2-medium', zonesWithCapacity: 'us-central1-f,us-central1-c' },
  })

const stockoutText =
  "The zone 'us-east1-a' does not have enough resources available to fulfill the request. Try a different zone, or try again later."

const stockoutBody = (locale: string, message: string): object => ({
  error: {
    code: 429,
    message: stockoutText,
    status: 'RESOURCE_EXHAUSTED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'RESOURCE_AVAILABILITY',
        domain: 'compute.googleapis.com',
        metadata: {
          zone: 'us-east1-a',
          vmType: 'e2-medium',
          zonesWithCapacity: 'us-central1-f,us-central1-c',
        },
      },
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale, message },
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [
          {
            description: 'Additional information on this error',
            url: 'https://cloud.google.com/compute/docs/resource-error',
          },
        ],
      },
    ],
  },
})

const HELP = '<https://cloud.google.com/compute/docs/resource-error>; rel="help"'

export const system: System = {
  name: 'Google',
  source: 'https://google.aip.dev/193',
  options: { catalog: google, docsUrl: ({ meta }) => meta?.['help'] as string | undefined },
  cases: [
    {
      title: 'a reason is told with its code, its domain, its metadata and its help',
      thrown: stockout,
      status: 429,
      headers: { 'Content-Language': 'en-US', Link: HELP },
      body: stockoutBody('en-US', stockoutText),
      // Its message needs params, which are not believed.
      readAs: 'RESOURCE_EXHAUSTED',
    },
    {
      title: 'the text for programmers stays English, and the one for people is in their language',
      thrown: stockout,
      request: { headers: { 'Accept-Language': 'de' } },
      status: 429,
      headers: { 'Content-Language': 'de', Link: HELP },
      body: stockoutBody('de', 'In der Zone us-east1-a ist gerade kein Platz.'),
      readAs: 'RESOURCE_EXHAUSTED',
    },
    {
      title: 'fields of a request are told as a BadRequest',
      thrown: () => errors.INVALID_ARGUMENT({ fields: [{ path: ['book', 'title'], code: 'required' }] }),
      status: 400,
      headers: { 'Content-Language': 'en-US' },
      body: {
        error: {
          code: 400,
          message: 'Request contains an invalid argument.',
          status: 'INVALID_ARGUMENT',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.BadRequest',
              fieldViolations: [{ field: 'book.title', description: 'This field is required' }],
            },
          ],
        },
      },
    },
    {
      title: 'the time to wait is told as RetryInfo and as Retry-After',
      thrown: () =>
        errors.RATE_LIMIT_EXCEEDED({
          params: { quotaMetric: 'pubsub.googleapis.com/regionalpublisher' },
          retryAfter: '30s',
        }),
      status: 429,
      headers: { 'Content-Language': 'en-US', 'Retry-After': '30' },
      body: {
        error: {
          code: 429,
          message: "Quota exceeded for quota metric 'pubsub.googleapis.com/regionalpublisher'.",
          status: 'RESOURCE_EXHAUSTED',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'RATE_LIMIT_EXCEEDED',
              domain: 'googleapis.com',
              metadata: { quotaMetric: 'pubsub.googleapis.com/regionalpublisher' },
            },
            { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '30s' },
            {
              '@type': 'type.googleapis.com/google.rpc.LocalizedMessage',
              locale: 'en-US',
              message: "Quota exceeded for quota metric 'pubsub.googleapis.com/regionalpublisher'.",
            },
          ],
        },
      },
      readAs: 'RESOURCE_EXHAUSTED',
    },
    {
      title: 'a 401 has its challenge',
      thrown: () => errors.UNAUTHENTICATED(),
      status: 401,
      headers: {
        'Content-Language': 'en-US',
        'WWW-Authenticate': 'Bearer realm="https://accounts.google.com/"',
      },
      body: {
        error: {
          code: 401,
          message: 'Request had invalid authentication credentials.',
          status: 'UNAUTHENTICATED',
        },
      },
    },
    {
      title: 'where nothing is, a status is told and no reason',
      status: 404,
      headers: { 'Content-Language': 'en-US' },
      body: { error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } },
      readAs: 'NOT_FOUND',
    },
  ],
  successes: [
    { title: 'a success is the resource itself', data: { name: 'books/1' }, body: { name: 'books/1' } },
  ],
}
