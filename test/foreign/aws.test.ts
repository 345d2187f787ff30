import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, HeadObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { vi } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { becomes, type Row } from './becomes.ts'
import { hangingUp, localService, s3Error, says, silent } from './local-service.ts'

// It says on stderr that it will leave Node 20 behind, and looks for credentials on the network.
vi.hoisted(() => {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
  process.env['AWS_CONFIG_FILE'] = '/nowhere'
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nowhere'
})

const service = localService()
const { answering } = service

/** What all clients take. */
const options = () => ({
  endpoint: `http://127.0.0.1:${service.port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 's3cr3t' },
  maxAttempts: 1,
})

const s3 = (more: S3ClientConfig = {}): S3Client =>
  new S3Client({ ...options(), forcePathStyle: true, ...more })

const named = { Bucket: 'bucket', Key: 'key' }

const getFromS3 = (more?: S3ClientConfig): Promise<unknown> => s3(more).send(new GetObjectCommand(named))
const headOfS3 = (): Promise<unknown> => s3().send(new HeadObjectCommand(named))

const put = { TableName: 't', Item: { id: { S: '1' } } }
const putItem = (): Promise<unknown> => new DynamoDBClient(options()).send(new PutItemCommand(put))
const transact = (): Promise<unknown> =>
  new DynamoDBClient(options()).send(new TransactWriteItemsCommand({ TransactItems: [{ Put: put }] }))

const logIn = (): Promise<unknown> =>
  new CognitoIdentityProviderClient(options()).send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'c',
      AuthParameters: { USERNAME: 'ann', PASSWORD: 's3cr3t' },
    }),
  )

const sendMessage = (): Promise<unknown> =>
  new SQSClient(options()).send(
    new SendMessageCommand({ QueueUrl: `http://127.0.0.1:${service.port}/1/q`, MessageBody: 's3cr3t' }),
  )

/** https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization */
const json = (status: number, type: string, more: object = {}, headers: Record<string, string> = {}) =>
  says(status, 'application/x-amz-json-1.0', JSON.stringify({ __type: type, message: 's3cr3t', ...more }), {
    'x-amzn-requestid': 'R1',
    ...headers,
  })

type Known = readonly [name: string, becomes: Condition, status?: number]

const ofS3: readonly Known[] = [
  ['NoSuchKey', 'not-found', 404],
  ['NoSuchVersion', 'not-found', 404],
  ['NoSuchUpload', 'not-found', 404],
  ['PreconditionFailed', 'conflict', 412],
  ['ConditionalRequestConflict', 'write-conflict', 409],
  ['OperationAborted', 'write-conflict', 409],
  ['EntityTooLarge', 'body-too-large', 400],
  ['NoSuchBucket', 'upstream-failed', 404],
  ['AccessDenied', 'upstream-failed', 403],
  ['InvalidAccessKeyId', 'upstream-failed', 403],
  ['SignatureDoesNotMatch', 'upstream-failed', 403],
  ['ExpiredToken', 'upstream-failed', 400],
  ['RequestTimeTooSkewed', 'upstream-failed', 403],
  ['InternalError', 'upstream-failed', 500],
  ['SlowDown', 'unavailable', 503],
]

becomes('R07: what S3 answers to AWS SDK 3 becomes what it says', [
  ...ofS3.map(([name, condition, status = 400]): Row => ({
    what: `${name}, which is ${condition}`,
    fail: answering(s3Error(status, name), getFromS3),
    becomes: condition,
    logged: { type: name, message: 's3cr3t' },
  })),
  {
    what: 'a range that it does not have',
    fail: answering(s3Error(416, 'InvalidRange'), getFromS3),
    becomes: undefined,
    status: 416,
    logged: { type: 'InvalidRange' },
  },
  {
    what: 'HEAD of what it does not have',
    fail: answering((_request, response) => response.writeHead(404).end(), headOfS3),
    becomes: 'not-found',
    logged: { type: 'NotFound' },
  },
  {
    what: 'HEAD that it refuses to us',
    fail: answering((_request, response) => response.writeHead(403).end(), headOfS3),
    becomes: 'upstream-failed',
  },
  {
    what: 'throttling that tells the time',
    fail: answering(s3Error(503, 'SlowDown', { 'Retry-After': '7' }), getFromS3),
    becomes: 'unavailable',
    headers: { 'retry-after': '7' },
  },
  {
    what: 'a page of a proxy',
    fail: answering(says(502, 'text/html', '<html>s3cr3t'), getFromS3),
    becomes: 'upstream-failed',
  },
  {
    what: 'a proxy that waited too long',
    fail: answering(says(504, 'text/html', '<html>s3cr3t'), getFromS3),
    becomes: 'upstream-timeout',
  },
  {
    what: 'what has not changed',
    fail: answering((_request, response) => response.writeHead(304).end(), getFromS3),
    becomes: 'upstream-failed',
  },
])

const ofDynamo: readonly Known[] = [
  ['com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', 'conflict'],
  ['com.amazonaws.dynamodb.v20120810#DuplicateItemException', 'already-exists'],
  ['com.amazonaws.dynamodb.v20120810#TransactionConflictException', 'write-conflict'],
  ['com.amazonaws.dynamodb.v20120810#ReplicatedWriteConflictException', 'write-conflict'],
  ['com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException', 'unavailable'],
  ['com.amazonaws.dynamodb.v20120810#TransactionInProgressException', 'unavailable'],
  ['com.amazonaws.dynamodb.v20120810#RequestLimitExceeded', 'unavailable'],
  ['com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', 'upstream-failed'],
  ['com.amazonaws.dynamodb.v20120810#InternalServerError', 'upstream-failed', 500],
  ['com.amazon.coral.service#ThrottlingException', 'unavailable'],
  ['com.amazon.coral.service#AccessDeniedException', 'upstream-failed'],
  ['com.amazon.coral.service#UnrecognizedClientException', 'upstream-failed'],
  ['com.amazon.coral.service#InvalidSignatureException', 'upstream-failed'],
  ['com.amazon.coral.service#ExpiredTokenException', 'upstream-failed'],
  ['com.amazon.coral.validate#ValidationException', 'upstream-failed'],
]

const REASONS: readonly (readonly [what: string, codes: readonly string[], Condition])[] = [
  ['a condition that does not hold', ['None', 'ConditionalCheckFailed'], 'conflict'],
  ['a row that is there', ['DuplicateItem'], 'already-exists'],
  ['another transaction', ['TransactionConflict', 'None'], 'write-conflict'],
  ['both, of which one lasts', ['TransactionConflict', 'ConditionalCheckFailed'], 'conflict'],
  ['throughput', ['ProvisionedThroughputExceeded'], 'unavailable'],
  ['throttling', ['ThrottlingError'], 'unavailable'],
  ['a statement that is wrong', ['ValidationError'], 'upstream-failed'],
]

becomes('R07: what DynamoDB answers to AWS SDK 3 becomes what it says', [
  ...ofDynamo.map(([type, condition, status = 400]): Row => ({
    what: `${type.split('#')[1]}, which is ${condition}`,
    fail: answering(json(status, type), putItem),
    becomes: condition,
    logged: { type: type.split('#')[1], message: 's3cr3t' },
  })),
  ...REASONS.map(([what, codes, condition]): Row => ({
    what: `a transaction that was canceled for ${what}`,
    fail: answering(
      json(400, 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException', {
        CancellationReasons: codes.map((Code) => ({ Code, Message: 's3cr3t' })),
      }),
      transact,
    ),
    becomes: condition,
    logged: { type: 'TransactionCanceledException' },
  })),
  {
    what: 'an answer that cannot be read',
    fail: answering(says(200, 'application/json', '<html>s3cr3t'), putItem),
    becomes: 'upstream-failed',
    logged: { type: 'SyntaxError' },
  },
])

const ofCognito: readonly Known[] = [
  ['NotAuthorizedException', 'not-authenticated'],
  ['UserNotFoundException', 'not-found'],
  ['UserNotConfirmedException', 'forbidden'],
  ['PasswordResetRequiredException', 'forbidden'],
  ['UsernameExistsException', 'already-exists'],
  ['AliasExistsException', 'already-exists'],
  ['CodeMismatchException', 'validation-failed'],
  ['ExpiredCodeException', 'validation-failed'],
  ['EnableSoftwareTokenMFAException', 'validation-failed'],
  ['InvalidPasswordException', 'validation-failed'],
  ['PasswordHistoryPolicyViolationException', 'validation-failed'],
  ['TooManyFailedAttemptsException', 'rate-limited'],
  ['LimitExceededException', 'unavailable'],
  ['TooManyRequestsException', 'unavailable'],
  ['ResourceNotFoundException', 'upstream-failed'],
  ['InvalidUserPoolConfigurationException', 'upstream-failed'],
  ['UnexpectedLambdaException', 'upstream-failed'],
  ['InternalErrorException', 'upstream-failed', 500],
]

becomes(
  'R07: what Cognito answers to AWS SDK 3 becomes what it says',
  ofCognito.map(([name, condition, status = 400]) => ({
    what: `${name}, which is ${condition}`,
    fail: answering(json(status, name, {}, { 'Content-Type': 'application/x-amz-json-1.1' }), logIn),
    becomes: condition,
    logged: { type: name, message: 's3cr3t' },
  })),
)

becomes('R07: what SQS answers to AWS SDK 3 is not our client’s', [
  {
    what: 'a queue that is not there',
    fail: answering(
      json(
        400,
        'com.amazonaws.sqs#QueueDoesNotExist',
        {},
        {
          'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender',
        },
      ),
      sendMessage,
    ),
    becomes: 'upstream-failed',
    logged: { type: 'QueueDoesNotExist' },
  },
  {
    what: 'too many requests',
    fail: answering(json(400, 'com.amazonaws.sqs#RequestThrottled'), sendMessage),
    becomes: 'unavailable',
  },
  {
    what: 'too many requests for a key',
    fail: answering(json(400, 'com.amazonaws.sqs#KmsThrottled'), sendMessage),
    becomes: 'unavailable',
  },
])

becomes('R07: what AWS SDK 3 is not answered is an upstream’s', [
  {
    what: 'a connection that is refused',
    fail: () => getFromS3({ endpoint: 'http://127.0.0.1:1' }),
    becomes: 'upstream-failed',
    logged: { code: 'ECONNREFUSED' },
  },
  {
    what: 'a connection that is closed',
    fail: answering(hangingUp, getFromS3),
    becomes: 'upstream-failed',
    logged: { code: 'ECONNRESET' },
  },
  {
    what: 'silence',
    fail: answering(silent, () =>
      getFromS3({ requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } }),
    ),
    becomes: 'upstream-timeout',
    logged: { type: 'TimeoutError', code: 'ETIMEDOUT' },
  },
  {
    what: 'a request that the app gives up',
    fail: answering(silent, () =>
      s3().send(new GetObjectCommand(named), {
        abortSignal: AbortSignal.timeout(50),
      }),
    ),
    becomes: 'upstream-timeout',
  },
  {
    what: 'no credentials anywhere',
    fail: () => {
      const { endpoint, region } = options()
      return new S3Client({ endpoint, region, forcePathStyle: true }).send(new GetObjectCommand(named))
    },
    becomes: 'upstream-failed',
    logged: { type: 'CredentialsProviderError' },
  },
])
