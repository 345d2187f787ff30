import { anError, secret, type LookAlikes } from './look-alike.ts'

/** An app's own class that borrows a name of Mongoose's. */
class ValidationError extends Error {
  override name = 'ValidationError'
  readonly errors = { title: { name: 'ValidatorError', kind: 'required', path: 'title', value: secret } }
  readonly _message = secret
}

export const documents: LookAlikes = {
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
}
