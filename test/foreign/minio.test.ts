import { Client } from 'minio'
import { expect } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { becomes, type Row } from './becomes.ts'
import { localService, s3Error } from './local-service.ts'

const service = localService()
const { answering } = service

const minioAt = (port: number): Client =>
  new Client({
    endPoint: '127.0.0.1',
    port,
    useSSL: false,
    accessKey: 'a',
    secretKey: 's3cr3t',
    region: 'us-east-1',
    retryOptions: { disableRetry: true },
  })

const get = (): Promise<unknown> => minioAt(service.port).getObject('bucket', 'key')
const stat = (): Promise<unknown> => minioAt(service.port).statObject('bucket', 'key')

const CODES: readonly (readonly [code: string, becomes: Condition, status: number])[] = [
  ['NoSuchKey', 'not-found', 404],
  ['NoSuchVersion', 'not-found', 404],
  ['PreconditionFailed', 'conflict', 412],
  ['OperationAborted', 'write-conflict', 409],
  ['EntityTooLarge', 'body-too-large', 400],
  ['NoSuchBucket', 'upstream-failed', 404],
  ['AccessDenied', 'upstream-failed', 403],
  ['SignatureDoesNotMatch', 'upstream-failed', 403],
  // Today's version keeps a 5xx to itself.
  ['SlowDown', 'unavailable', 400],
  ['SlowDownRead', 'unavailable', 400],
  ['InternalError', 'upstream-failed', 400],
]

becomes('R13: what MinIO answers becomes what it says', [
  ...CODES.map(([code, condition, status]): Row => ({
    what: `${code}, which is ${condition}`,
    fail: answering(s3Error(status, code), get),
    becomes: condition,
    logged: { type: 'S3Error', code, message: 's3cr3t' },
  })),
  {
    what: 'a range that it does not have',
    fail: answering(s3Error(416, 'InvalidRange'), get),
    becomes: undefined,
    status: 416,
  },
  {
    what: 'HEAD of what it does not have',
    fail: answering((_request, response) => response.writeHead(404).end(), stat),
    becomes: 'not-found',
    logged: { type: 'S3Error', code: 'NotFound' },
  },
  {
    what: 'HEAD that it refuses to us',
    fail: answering((_request, response) => response.writeHead(403).end(), stat),
    becomes: 'upstream-failed',
  },
  {
    what: 'a 503, of which nothing but a message is left',
    fail: answering(s3Error(503, 'SlowDown'), get),
    becomes: undefined,
    logged: { type: 'Error', message: expect.stringContaining('Retryable HTTP status: 503') as unknown },
  },
  {
    what: 'a connection that is refused',
    fail: () => minioAt(1).getObject('bucket', 'key'),
    becomes: 'upstream-failed',
    logged: { code: 'ECONNREFUSED' },
  },
  {
    what: 'a name that cannot be that of a bucket',
    fail: () => minioAt(1).getObject('B', 'key'),
    becomes: undefined,
    logged: { type: 'InvalidBucketNameError' },
  },
])
