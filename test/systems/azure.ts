import { defineCatalog } from '../../src/error/define-catalog.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

/** What a password must be. Told at its level of the chain, whichever code below it was thrown. */
const POLICY = {
  minLength: '6',
  maxLength: '64',
  characterTypes: ['lowerCase', 'upperCase', 'number', 'symbol'],
  minDistinctCharacterTypes: '2',
}

const BAD_ARGUMENT = { 'x-ms-error-code': 'BadArgument' }

/** A chain of ever finer codes: an old client reads the outermost, which a header has too. */
const azure = defineCatalog({
  name: 'azure',
  errors: {
    BadArgument: { status: 400, message: 'The argument is invalid.', headers: BAD_ARGUMENT },
    SEVERAL: {
      code: 'BadArgument',
      status: 400,
      message: 'Multiple errors in {{target}} data',
      headers: BAD_ARGUMENT,
    },
    NullValue: { parent: 'BadArgument', message: '{{name}} must not be null', headers: BAD_ARGUMENT },
    MalformedValue: { parent: 'BadArgument', message: '{{name}} is not valid', headers: BAD_ARGUMENT },
    PasswordError: { parent: 'BadArgument', message: 'The password is invalid', headers: BAD_ARGUMENT },
    PasswordDoesNotMeetPolicy: {
      parent: 'PasswordError',
      message: 'The password does not meet the policy',
      headers: BAD_ARGUMENT,
    },
    PasswordReuseNotAllowed: {
      parent: 'PasswordDoesNotMeetPolicy',
      message: 'Previous passwords may not be reused',
      headers: BAD_ARGUMENT,
    },
    ResourceNotFound: {
      status: 404,
      message: 'The specified resource does not exist.',
      headers: { 'x-ms-error-code': 'ResourceNotFound' },
    },
    InternalError: {
      status: 500,
      message: 'The server encountered an internal error. Please retry the request.',
      headers: { 'x-ms-error-code': 'InternalError' },
    },
    ServerBusy: {
      status: 503,
      message: 'The server is busy.',
      retryable: true,
      headers: { 'x-ms-error-code': 'ServerBusy' },
    },
  },
  foreign: { byStatus: { 400: 'BadArgument', 404: 'ResourceNotFound', 500: 'InternalError' } },
  envelope: {
    body: ({ code, parents = [], message, details, errors: others }) => {
      const [outermost, ...inner] = [code, ...parents].toReversed()
      return {
        error: {
          code: outermost,
          message,
          target: read(details, 'target'),
          details: others?.map((other) => ({
            code: other.code,
            target: read(other.details, 'target'),
            message: other.message,
          })),
          innererror: inner.reduceRight<object | undefined>(
            (innererror, each) => ({
              code: each,
              ...(each === 'PasswordDoesNotMeetPolicy' && POLICY),
              innererror,
            }),
            undefined,
          ),
        },
      }
    },
    // The innermost code that we know; its parents stand around it.
    read: (body) => {
      const outermost: unknown = read(body, 'error')
      let code: unknown = read(outermost, 'code')
      for (let at = read(outermost, 'innererror'); at !== undefined; at = read(at, 'innererror')) {
        code = read(at, 'code')
      }
      return { code }
    },
  },
})
const { errors } = azure

export const system: System = {
  name: 'Azure',
  source: 'https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md',
  options: { catalog: azure },
  cases: [
    {
      title: 'the outermost code is told first and in a header, and finer ones inside it',
      thrown: () => errors.PasswordReuseNotAllowed({ details: { target: 'password' } }),
      status: 400,
      headers: { 'x-ms-error-code': 'BadArgument' },
      body: {
        error: {
          code: 'BadArgument',
          message: 'Previous passwords may not be reused',
          target: 'password',
          innererror: {
            code: 'PasswordError',
            innererror: {
              code: 'PasswordDoesNotMeetPolicy',
              minLength: '6',
              maxLength: '64',
              characterTypes: ['lowerCase', 'upperCase', 'number', 'symbol'],
              minDistinctCharacterTypes: '2',
              innererror: { code: 'PasswordReuseNotAllowed' },
            },
          },
        },
      },
    },
    {
      title: 'several errors of one request are told as details',
      thrown: () =>
        errors.SEVERAL({
          params: { target: 'ContactInfo' },
          details: { target: 'ContactInfo' },
          also: [
            errors.NullValue({ params: { name: 'Phone number' }, details: { target: 'PhoneNumber' } }),
            errors.NullValue({ params: { name: 'Last name' }, details: { target: 'LastName' } }),
            errors.MalformedValue({ params: { name: 'Address' }, details: { target: 'Address' } }),
          ],
        }),
      status: 400,
      headers: { 'x-ms-error-code': 'BadArgument' },
      body: {
        error: {
          code: 'BadArgument',
          message: 'Multiple errors in ContactInfo data',
          target: 'ContactInfo',
          details: [
            { code: 'NullValue', target: 'PhoneNumber', message: 'Phone number must not be null' },
            { code: 'NullValue', target: 'LastName', message: 'Last name must not be null' },
            { code: 'MalformedValue', target: 'Address', message: 'Address is not valid' },
          ],
        },
      },
      // The first of those that share the code and need no params.
      readAs: 'BadArgument',
    },
    {
      title: 'a code with no finer one has no innererror',
      thrown: () => errors.ServerBusy({ retryAfter: 5 }),
      status: 503,
      headers: { 'x-ms-error-code': 'ServerBusy', 'Retry-After': '5' },
      body: { error: { code: 'ServerBusy', message: 'The server is busy.' } },
    },
    {
      title: 'an error that nobody coded has its header too',
      thrown: () => new TypeError('connect ECONNREFUSED 10.0.0.7:5432'),
      status: 500,
      headers: { 'x-ms-error-code': 'InternalError' },
      body: {
        error: {
          code: 'InternalError',
          message: 'The server encountered an internal error. Please retry the request.',
        },
      },
      readAs: 'InternalError',
    },
  ],
  successes: [
    { title: 'a list is told as it is', data: { value: [{ id: '1' }] }, body: { value: [{ id: '1' }] } },
  ],
}
