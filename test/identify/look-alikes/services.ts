import { anError, secret, type LookAlikes } from './look-alike.ts'

/** An Error of the app's own with all that one of Firebase has. */
function ofFirebase(code: string, errorInfo: unknown): Error {
  return anError({ code, codePrefix: code.split('/')[0], errorInfo })
}

export const services: LookAlikes = {
  'firebase-admin': {
    "an Error of the browser's SDK": anError({ name: 'FirebaseError', code: 'auth/user-not-found' }),
    'a body that says what the browser was told': { code: 'auth/id-token-expired', codePrefix: 'auth' },
    'one whose info is of another code': ofFirebase('auth/user-not-found', { code: 'auth/argument-error' }),
    'one whose info is a text': ofFirebase('auth/id-token-expired', secret),
    'an argument of the app that is wrong': ofFirebase('auth/invalid-claims', {
      code: 'auth/invalid-claims',
    }),
    'a code of no service': ofFirebase('shop/not-found', { code: 'shop/not-found' }),
    'an argument that is no token': ofFirebase('auth/argument-error', { code: 'auth/argument-error' }),
  },
  '@grpc/grpc-js': {
    "the app's own Error with a code and details": anError({ code: 5, details: secret }),
    'one that has metadata as well': anError({ code: 14, details: secret, metadata: { orderId: 7 } }),
    'an order with all three': { code: 8, details: secret, metadata: new Map([['getMap', secret]]) },
    'a code as a text': anError({ code: '14', details: secret, metadata: { getMap: () => ({}) } }),
    'the code of a success': anError({ code: 0, details: secret, metadata: { getMap: () => ({}) } }),
    'a code that no status has': anError({ code: 17, details: secret, metadata: { getMap: () => ({}) } }),
    'a retry of the app': anError({ code: 4, note: secret, statusDetails: [{ retryDelay: { seconds: 7 } }] }),
    'details by field': anError({ code: 3, details: [{ secret }], metadata: { getMap: () => ({}) } }),
  },
  '@grpc/grpc-js, by the retries of google-gax': {
    'an Error with its code and name': anError({ name: 'GoogleError', code: 14 }),
    'an object with its code': { code: 4, note: secret },
    'an Error of a class of its own': Object.assign(new (class QuotaError extends Error {})(secret), {
      code: 14,
    }),
  },
  'firebase-admin, by what it says of the token': {
    'an Error with its code and words': anError({
      code: 'auth/argument-error',
      message:
        'Decoding Firebase ID token failed. Make sure you passed the entire string JWT which represents an ID token.',
    }),
    'a body with all of it': {
      code: 'auth/argument-error',
      codePrefix: 'auth',
      errorInfo: { code: 'auth/argument-error' },
      message: 'Firebase ID token has invalid signature.',
    },
    'one that says something else': ofFirebase('auth/argument-error', { code: 'auth/argument-error' }),
  },
  'firebase-admin, by what it says of the keys': {
    'an Error with its code and words': anError({
      code: 'auth/argument-error',
      message: 'Error fetching public keys for Google certs',
    }),
    'an Error with its words': new Error('Error fetching Json Web Keys'),
    'one that says something else': ofFirebase('app-check/invalid-argument', {
      code: 'app-check/invalid-argument',
    }),
  },
  '@sendgrid/mail': {
    'a status alone': anError({ code: 429 }),
    'a mail that is bounced': anError({ code: 503, response: { text: secret } }),
    'headers that are a text': anError({ code: '429', response: { headers: secret, body: {} } }),
    'an answer that is kept': { code: 404, response: { headers: {}, body: secret } },
  },
}
