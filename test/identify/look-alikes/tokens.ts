import { anError, secret, type LookAlikes } from './look-alike.ts'

export const tokens: LookAlikes = {
  jsonwebtoken: {
    'a subscription that has expired': { name: 'TokenExpiredError', plan: secret },
    'an Error with the name alone': anError({ name: 'TokenExpiredError' }),
    'an object that is not yet valid': { name: 'NotBeforeError', date: '2030-01-01' },
  },
  'jsonwebtoken, by what it says of the token': {
    'an object with its name and words': { name: 'JsonWebTokenError', message: 'jwt malformed' },
    'an Error with its words': new Error('jwt malformed'),
    'an Error with its name and other words': anError({ name: 'JsonWebTokenError' }),
  },
  'jsonwebtoken (jws)': {
    'a SyntaxError of the app': new SyntaxError('Unexpected token'),
    'an object with a stack that names it': { name: 'SyntaxError', stack: '/node_modules/jws/lib/x.js' },
    'a SyntaxError whose message names it': new SyntaxError('at x (/node_modules/jws/index.js:1:1)'),
  },
  'jsonwebtoken (ecdsa-sig-formatter)': {
    'a TypeError of the app': new TypeError('signatures must be 64 bytes'),
    'an object with its words': {
      name: 'TypeError',
      message: '"ES256" signatures must be "64" bytes, saw "3"',
    },
    'a TypeError with more than its words': new TypeError(
      'My "ES256" signatures must be "64" bytes, saw "3"',
    ),
  },
  'jsonwebtoken, of a key callback': {
    'an Error with its words': new Error('error in secret or public key callback: connect ECONNREFUSED'),
    'its name, with words of no network': anError({
      name: 'JsonWebTokenError',
      message: 'error in secret or public key callback: ENOUGH',
    }),
    'an object with its words': { message: 'error in secret or public key callback: socket hang up' },
  },
  'jsonwebtoken, else': {
    'an Error of the app': anError({ name: 'WebTokenError' }),
    'its name': anError({ name: 'JsonWebTokenError' }),
    'an object with its name': { name: 'JsonWebTokenError', message: secret },
  },
  'jwks-rsa': {
    'an object with its name': { name: 'SigningKeyNotFoundError', kid: secret },
    'an object with the name of its errors': { name: 'JwksError' },
    'an object with the name of its limit': { name: 'JwksRateLimitError' },
  },
  'jwks-rsa, by `isEndpointUnavailable`': {
    'an object with its mark': { name: 'Error', isEndpointUnavailable: true },
    'an Error with its mark as a text': anError({ isEndpointUnavailable: 'true' }),
    'an Error with its mark and a code': anError({ isEndpointUnavailable: true, code: 'E_OTHER' }),
  },
  'express-jwt': {
    'a log-in form': { code: 'credentials_required', name: secret },
    'an Error with its code alone': anError({ code: 'credentials_required' }),
    'an Error with its code and another name': anError({
      name: 'AuthError',
      code: 'revoked_token',
      inner: {},
    }),
  },
  'express-jwt, of a `TokenExpiredError`': {
    'an Error with its code and no inner error': anError({
      name: 'UnauthorizedError',
      code: 'invalid_token',
    }),
    'another name': anError({
      name: 'TokenError',
      code: 'invalid_token',
      inner: { name: 'TokenExpiredError' },
    }),
    'another code': anError({
      name: 'UnauthorizedError',
      code: 'old_token',
      inner: { name: 'TokenExpiredError' },
    }),
  },
  'express-jwt, by its `inner`': {
    'a text for an inner error': anError({ name: 'UnauthorizedError', code: 'invalid_token', inner: secret }),
    'an Error of the app inside': anError({
      name: 'UnauthorizedError',
      code: 'invalid_token',
      inner: anError(),
    }),
    'a form of its shape': { code: 'invalid_token', inner: { code: 'credentials_required' } },
  },
  'koa-jwt, by its `originalError`': {
    'an original error without a status': anError({
      name: 'UnauthorizedError',
      originalError: new Error('Token revoked'),
    }),
    'an original that is a text': anError({ name: 'UnauthorizedError', originalError: 'Token revoked' }),
    'an original error under another name': anError({
      name: 'AuthError',
      originalError: new Error('Invalid token'),
    }),
  },
  'jose, where the app makes a token': {
    'an object with its code': { code: 'ERR_JWS_INVALID' },
    'an object with its code and a stack that is no text': {
      code: 'ERR_JWT_INVALID',
      stack: ['jose/sign.js:1'],
    },
    'an object with a similar code': anError({ code: 'ERR_JWS' }),
  },
  jose: {
    'an Error with its code and no claim': anError({ code: 'ERR_JWT_EXPIRED' }),
    'an object with its code': { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: secret },
    'an object with the code of its timeout': { code: 'ERR_JWKS_TIMEOUT' },
  },
  'passport-oauth2': {
    'what a token endpoint answers': { error: 'invalid_grant', code: 'invalid_grant', name: 'TokenError' },
    'an Error of the app with its name and code': anError({ name: 'TokenError', code: 'invalid_grant' }),
    'an Error with its name alone': anError({ name: 'InternalOAuthError' }),
  },
  'express-oauth2-jwt-bearer, of a key server': {
    'an Error with its code and words': anError({ code: 'invalid_token', message: 'request timed out' }),
    'an object with its code and headers': {
      code: 'invalid_token',
      headers: { 'WWW-Authenticate': 'Bearer' },
      message: 'JSON Web Key Set malformed',
    },
    'an Error whose challenge is no text': anError({
      code: 'invalid_token',
      headers: { 'WWW-Authenticate': true },
      message: 'socket hang up',
    }),
  },
  'express-oauth2-jwt-bearer, by a key that cannot be read': {
    'an Error with its code and words': anError({
      code: 'invalid_token',
      message: '"spki" must be SPKI formatted string',
    }),
    'a form with its code': { code: 'invalid_token', message: 'Issuer provides both' },
    'its own': anError({
      code: 'invalid_token',
      status: 401,
      statusCode: 401,
      headers: { 'WWW-Authenticate': 'Bearer realm="api"' },
      message: 'error:0680009B:asn1 encoding routines::too long',
    }),
  },
  'express-oauth2-jwt-bearer': {
    'a form with its code': { code: 'invalid_token', token: secret },
    'an Error with its code alone': anError({ code: 'insufficient_scope' }),
    'an Error with its code and its status as text': anError({
      code: 'invalid_request',
      status: '400',
      statusCode: '400',
      headers: { 'WWW-Authenticate': 'Bearer' },
    }),
    'an Error with its name and a challenge': anError({
      name: 'UnauthorizedError',
      headers: { 'WWW-Authenticate': 'Bearer' },
    }),
  },
  '@clerk/backend': {
    'an Error with its reason alone': anError({ reason: 'token-expired' }),
    'an Error that tells its words': anError({ reason: secret, getFullMessage: () => secret }),
    'an object with its reason and words': {
      name: 'Error',
      reason: 'token-invalid',
      getFullMessage: () => secret,
    },
    'an Error with a code of its machines': anError({ code: 'token-invalid' }),
    'an object with its mark and code': { clerkError: true, code: 'token-verification-failed' },
    'an Error with the name of its API': anError({ name: 'ClerkAPIResponseError' }),
  },
  'passport (401)': {
    'an Error with its name alone': anError({ name: 'AuthenticationError' }),
    'its status as a text': anError({ name: 'AuthenticationError', status: '401' }),
    'an object with its name': { name: 'AuthenticationError', user: secret },
  },
  'passport (403)': {
    'an Error with its name and a code': anError({ name: 'AuthenticationError', code: 403 }),
    'its status as a text': anError({ name: 'AuthenticationError', status: '403' }),
    'a status of no error': anError({ name: 'AuthenticationError', status: 303 }),
  },
}
