import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/** What Express's request and Koa's context have both. */
interface Addressed {
  readonly originalUrl: string
}

/** XML, whose elements tell the resource that was asked for. Some codes have several texts, or several statuses. */
const s3 = defineCatalog({
  name: 's3',
  errors: {
    NoSuchKey: { status: 404, message: 'The specified key does not exist.' },
    NoSuchBucket: { status: 404, message: 'The specified bucket does not exist' },
    AccessDenied: { status: 403, message: 'Access Denied' },
    InvalidRange: { status: 416, message: 'The requested range is not satisfiable' },
    MethodNotAllowed: { status: 405, message: 'The specified method is not allowed against this resource.' },
    SlowDown: { status: 503, message: 'Please reduce your request rate.', retryable: true, retryAfter: 1 },
    InternalError: { status: 500, message: 'We encountered an internal error. Please try again.' },
    USE_SIGNATURE_4: { code: 'InvalidRequest', status: 400, message: 'Please use AWS4-HMAC-SHA256.' },
    NO_ACCELERATION_OF_DOTS: {
      code: 'InvalidRequest',
      status: 400,
      message:
        'Amazon S3 Transfer Acceleration is not supported for buckets with periods (.) in their names.',
    },
    ALREADY_YOURS: {
      code: 'BucketAlreadyOwnedByYou',
      status: 409,
      message: 'Your previous request to create the named bucket succeeded and you already own it.',
    },
  },
  foreign: { byStatus: { 404: 'NoSuchKey', 500: 'InternalError' } },
  envelope: {
    contentType: 'application/xml',
    body: ({ code, message, details, requestId }, request) => ({
      contentType: 'application/xml',
      text: [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<Error>',
        ...elements({
          Code: code,
          Message: message,
          ...(details as object | undefined),
          Resource: (request as Addressed).originalUrl,
          RequestId: requestId,
          HostId: 'eftixk72aD6Ap51TnqcoF8eFidJG9Z',
        }),
        '</Error>',
      ].join('\n'),
    }),
    read: (body) => {
      const code = typeof body === 'string' ? /<Code>(\w+)<\/Code>/.exec(body)?.[1] : undefined
      return code === undefined ? undefined : { code }
    },
  },
})
const { errors } = s3

function elements(members: object): readonly string[] {
  return Object.entries(members).map(([name, value]) => `  <${name}>${escape(String(value))}</${name}>`)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escape(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => ENTITIES[sign]!)
}

const XML = { 'Content-Type': 'application/xml' }

function xml(...lines: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Error>',
    ...lines.map((line) => `  ${line}`),
    '  <RequestId>probe-1</RequestId>',
    '  <HostId>eftixk72aD6Ap51TnqcoF8eFidJG9Z</HostId>',
    '</Error>',
  ].join('\n')
}

export const system: System = {
  name: 'Amazon S3',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  options: { catalog: s3 },
  cases: [
    {
      title: 'a code is told in XML, with the resource that was asked for',
      thrown: () => errors.NoSuchKey({ details: { Key: 'my foto.jpg' } }),
      request: { path: '/mybucket/my%20foto.jpg' },
      status: 404,
      headers: XML,
      body: xml(
        '<Code>NoSuchKey</Code>',
        '<Message>The specified key does not exist.</Message>',
        '<Key>my foto.jpg</Key>',
        '<Resource>/mybucket/my%20foto.jpg</Resource>',
      ),
    },
    {
      title: 'what the client sent cannot break out of its element',
      thrown: () => errors.AccessDenied(),
      request: { path: "/mybucket?prefix='&delimiter=</Resource>" },
      status: 403,
      headers: XML,
      body: xml(
        '<Code>AccessDenied</Code>',
        '<Message>Access Denied</Message>',
        "<Resource>/mybucket?prefix='&amp;delimiter=&lt;/Resource&gt;</Resource>",
      ),
    },
    {
      title: 'a range that cannot be had is told with the size',
      thrown: () =>
        errors.InvalidRange({
          details: { RangeRequested: 'bytes=500-', ActualObjectSize: 312 },
          headers: { 'Content-Range': 'bytes */312' },
        }),
      status: 416,
      headers: { ...XML, 'Content-Range': 'bytes */312' },
      body: xml(
        '<Code>InvalidRange</Code>',
        '<Message>The requested range is not satisfiable</Message>',
        '<RangeRequested>bytes=500-</RangeRequested>',
        '<ActualObjectSize>312</ActualObjectSize>',
        '<Resource>/</Resource>',
      ),
    },
    {
      title: 'one code has several texts',
      thrown: () => errors.NO_ACCELERATION_OF_DOTS(),
      status: 400,
      headers: XML,
      body: xml(
        '<Code>InvalidRequest</Code>',
        '<Message>Amazon S3 Transfer Acceleration is not supported for buckets with periods (.) in their names.</Message>',
        '<Resource>/</Resource>',
      ),
      readAs: 'USE_SIGNATURE_4',
    },
    {
      title: 'a 503 says when to come again',
      thrown: () => errors.SlowDown(),
      status: 503,
      headers: { ...XML, 'Retry-After': '1' },
      body: xml(
        '<Code>SlowDown</Code>',
        '<Message>Please reduce your request rate.</Message>',
        '<Resource>/</Resource>',
      ),
    },
    {
      title: 'an upload that fails after its 200 has begun is told in a 200',
      thrown: () => errors.InternalError({ status: 200 }),
      status: 200,
      headers: XML,
      body: xml(
        '<Code>InternalError</Code>',
        '<Message>We encountered an internal error. Please try again.</Message>',
        '<Resource>/</Resource>',
      ),
    },
    {
      title: 'where nothing is, there is no such key',
      request: { path: '/nowhere' },
      status: 404,
      headers: XML,
      body: xml(
        '<Code>NoSuchKey</Code>',
        '<Message>The specified key does not exist.</Message>',
        '<Resource>/nowhere</Resource>',
      ),
      readAs: 'NoSuchKey',
    },
  ],
  successes: [
    { title: 'a success is the data itself', data: { Name: 'mybucket' }, body: { Name: 'mybucket' } },
  ],
}
