import { anError, secret, type LookAlikes } from './look-alike.ts'

/** An app's own class that borrows a name of Mongoose's. */
class ValidationError extends Error {
  override name = 'ValidationError'
  readonly errors = { title: { name: 'ValidatorError', kind: 'required', path: 'title', value: secret } }
  readonly _message = secret
}

const of = (name: string, meta: unknown): Error => anError({ name, meta })
const request = { params: { path: secret } }

export const documents: LookAlikes = {
  'MongoDB (mongodb)': {
    'a parcel with its code and labels': { name: 'MongoServerError', code: 11000, errorLabels: [] },
    'an Error with its code alone': anError({ code: 11000 }),
    'an Error with its name and code': anError({ name: 'MongoServerError', code: 11000 }),
    'an Error with its labels under another name': anError({
      name: 'StoreError',
      code: 112,
      errorLabels: [],
    }),
  },
  'MongoDB (bson)': {
    'an object with its name and mark': { name: 'BSONError', bsonError: true },
    'an Error with its name alone': anError({ name: 'BSONError' }),
    'an Error with its mark as a text': anError({ name: 'BSONError', bsonError: 'true' }),
  },
  mongoose: {
    'a domain object with errors by path': { errors: { title: { kind: 'required', path: 'title' } } },
    "an app's own ValidationError with errors by path": new ValidationError(secret),
    'a ValidationError of Mongoose out of JSON': {
      name: 'ValidationError',
      _message: secret,
      errors: { title: { name: 'ValidatorError', kind: 'required', path: 'title' } },
    },
    'a CastError of the app': anError({ name: 'CastError', kind: 'Number', path: 'age', value: secret }),
    'a VersionError of the app': anError({ name: 'VersionError', version: 1, modifiedPaths: ['a'] }),
    'an error that says that it is of Mongoose': anError({ name: 'MongooseError' }),
  },
  '@elastic/elasticsearch, @opensearch-project/opensearch': {
    'a ResponseError of the app': of('ResponseError', { body: { found: false } }),
    'a ConnectionError of the app': of('ConnectionError', { attempts: 3 }),
    'a request without attempts': of('ConnectionError', { meta: { request } }),
    'attempts as a text': of('RequestAbortedError', { meta: { attempts: '1', request } }),
    'an object without a stack': { name: 'NoLivingConnectionsError', meta: undefined },
    'an answer as JSON': {
      name: 'ResponseError',
      stack: secret,
      meta: { statusCode: 404, body: { found: false }, meta: { attempts: 0, request: {} } },
    },
  },
  nano: {
    'a scope alone': { scope: 'couch', message: secret },
    'a scope and an id of the error alone': anError({ scope: 'couch', errid: 'non_200' }),
    'a status as a text': anError({ scope: 'couch', errid: 'non_200', statusCode: '404' }),
  },
  'Redis (ioredis)': {
    'its name without a command': anError({ name: 'ReplyError', message: 'READONLY it is' }),
    'its name with a command that is a text': anError({
      name: 'ReplyError',
      message: 'READONLY it is',
      command: 'set',
    }),
    'a reply of another kind': anError({
      name: 'ReplyError',
      message: 'WRONGTYPE it is',
      command: { name: 'set', args: [secret] },
    }),
    'a job with its name': { name: 'MaxRetriesPerRequestError', id: 7 },
  },
}
