import { anError, secret, type LookAlikes } from './look-alike.ts'

export const network: LookAlikes = {
  '@hapi/wreck': {
    'an object with its marks': { isBoom: true, data: { isResponseError: true } },
    'an Error with its data alone': anError({ data: { isResponseError: true, headers: {} } }),
    'a boom of a status that is none': anError({
      isBoom: true,
      output: {},
      data: { isResponseError: 'yes' },
    }),
  },
  'a client that has left': {
    'an object that was aborted': { name: 'AbortError', job: secret },
    'an object with the code of a stream': { code: 'ERR_STREAM_PREMATURE_CLOSE' },
    'an Error of a stream while the client waits': anError({ code: 'ERR_STREAM_DESTROYED' }),
  },
  'Node.js': {
    'an object with its code': { code: 'ECONNREFUSED', syscall: 'connect' },
    'an Error with its code and no call': anError({ code: 'ENOTFOUND' }),
    'an Error with its code and a call that is no text': anError({ code: 'ETIMEDOUT', syscall: 7 }),
    'an object that was reset': { code: 'ECONNRESET', id: secret },
  },
  'Node.js (TLS)': {
    'a certificate of a course': { code: 'CERT_HAS_EXPIRED', student: secret },
    'a code that is a part of it': anError({ code: 'CERT' }),
    'an object that was revoked': { code: 'CERT_REVOKED' },
  },
  'Node.js, undici': {
    'an object with its code': { code: 'HPE_INVALID_STATUS' },
    'an object with its name': { name: 'HTTPParserError' },
    'an Error with a similar code': anError({ code: 'HPE' }),
  },
  'fetch, undici': {
    'an object with its code': { code: 'UND_ERR_CONNECT_TIMEOUT' },
    'an object with the code of its socket': { code: 'UND_ERR_SOCKET', socket: secret },
    'an Error of what we did wrong': anError({ code: 'UND_ERR_INVALID_ARG' }),
  },
  'node-fetch': {
    'a domain object with its type and code': { type: 'system', code: 'ECONNREFUSED', name: 'FetchError' },
    'an Error with its name alone': anError({ name: 'FetchError' }),
    'an Error with its type alone': anError({ type: 'request-timeout' }),
  },
  'aws-sdk 2': {
    'an Error with its code alone': anError({ code: 'NetworkingError' }),
    'an object with its code': { code: 'UnknownEndpoint', retryable: true },
    'an Error with its code and a text': anError({ code: 'NetworkingError', retryable: 'yes' }),
  },
  OpenAI: {
    'an object with its name': { name: 'APIConnectionTimeoutError' },
    'an Error of the app with its name': anError({ name: 'APIConnectionTimeoutError' }),
    'an object whose class is a text': { name: 'Error', constructor: 'APIConnectionTimeoutError' },
  },
  axios: {
    'an object with its mark and code': { isAxiosError: true, code: 'ECONNABORTED' },
    'an Error with its code alone': anError({ code: 'ERR_BAD_RESPONSE' }),
    'an Error with its mark as a text': anError({ isAxiosError: 'true', code: 'ERR_BAD_RESPONSE' }),
  },
  superagent: {
    'an Error with its code alone': anError({ code: 'ECONNABORTED' }),
    'an object with its code and timeout': { code: 'ECONNABORTED', timeout: 1000 },
    'an Error with a timeout in words': anError({ code: 'ECONNABORTED', timeout: 'long' }),
    'a SyntaxError that has seen no answer': anError({ name: 'SyntaxError', statusCode: 200 }),
    'a SyntaxError with an answer that was read': anError({
      name: 'SyntaxError',
      statusCode: 200,
      rawResponse: {},
    }),
  },
  'gaxios, @azure/core-rest-pipeline': {
    'an object with its code and request': { code: 'ECONNREFUSED', request: { url: 'http://a.test' } },
    'an Error with its code and a request without an address': anError({
      code: 'ENOTFOUND',
      request: { id: secret },
    }),
    'an Error with its code and a text for a request': anError({
      code: 'ETIMEDOUT',
      config: 'http://a.test',
    }),
  },
  '@azure/core-rest-pipeline, @azure/storage-blob': {
    'an Error of the app with its name and code': anError({ name: 'RestError', code: 'PARSE_ERROR' }),
    'an Error with its code alone': anError({ code: 'PARSE_ERROR', request: undefined }),
    'an object with its name and code': { name: 'RestError', code: 'REQUEST_SEND_ERROR', request: {} },
  },
  'gaxios, google-auth-library, @google-cloud/storage': {
    'an Error with its name and error': anError({
      name: 'GaxiosError',
      error: new DOMException('', 'AbortError'),
    }),
    'an Error with its mark, and an error of the app in it': anError({
      [Symbol.for('gaxios-gaxios-error')]: '6.7.1',
      error: new TypeError(secret),
    }),
    'an object with its mark': { name: 'Error', [Symbol.for('gaxios-gaxios-error')]: '6.7.1', error: {} },
  },
  request: {
    'an object with its code': { code: 'ESOCKETTIMEDOUT', connect: false },
    'an Error with its code alone': anError({ code: 'ESOCKETTIMEDOUT' }),
    'an Error with its code and a function to connect': anError({ code: 'ETIMEDOUT', connect: () => true }),
  },
  nodemailer: {
    'a letter with its code': { code: 'EENVELOPE', command: 'RCPT TO', to: secret },
    'an Error with its code and no command': anError({ code: 'EENVELOPE' }),
    'an Error with a command of a domain': anError({ code: 'E_COMMAND', command: 'RCPT TO' }),
    'a password that we lack': anError({ code: 'EAUTH', command: 'API' }),
    'a file that an attachment may not be': anError({
      code: 'ESTREAM',
      command: 'API',
      originalCode: 'EFILEACCESS',
    }),
  },
  '`AbortSignal.timeout`, got, ky': {
    'an object with its name': { name: 'TimeoutError' },
    'a part of its name': anError({ name: 'Timeout' }),
    'an object with its name and a status as text': { name: 'TimeoutError', status: '504' },
  },
  '`AbortController`, axios, got': {
    'an object with its name': { name: 'CanceledError', order: secret },
    'a part of its name': anError({ name: 'Canceled' }),
    'an object with a name of its own': { name: 'CancelError', status: 'canceled' },
  },
  'fetch: a Response': {
    'headers of a table': { headers: ['a', 'b'], status: 'done' },
    'headers that can be asked, and no status': { headers: new Map([['a', 'b']]) },
    'a status as a text': { headers: new Map(), status: '404' },
  },
  'axios, got, ky, superagent': {
    'a response of a person': anError({ response: { answer: secret, status: 'no' } }),
    'an object with a response': { response: { headers: {}, status: 404 } },
    'a response whose headers are a text': anError({ response: { headers: secret, status: 404 } }),
  },
}
