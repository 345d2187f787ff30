import { isErrorStatus } from '../../catalog/http-status.ts'
import { read } from '../../guard/read.ts'
import { isError } from './is-error.ts'
import type { RecognitionFacts } from '../identify.ts'
import type { Family } from '../library-rule.ts'

// https://nodejs.org/api/errors.html#common-system-errors
const UNREACHED = [
  'ECONNREFUSED',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'EPROTO',
  // https://nodejs.org/api/dns.html#error-codes
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ESERVFAIL',
  'EREFUSED',
] as const

const BROKEN = ['ECONNRESET', 'EPIPE'] as const
const LATE = ['ETIMEDOUT', 'ETIMEOUT'] as const

/** The codes of Node.js for a server that gave no answer. */
export const FAILURES: ReadonlySet<unknown> = new Set([...UNREACHED, ...BROKEN])
export const TIMEOUTS: ReadonlySet<unknown> = new Set(LATE)

/**
 * Other servers that were asked and did not help: not reached, broken off, too slow, or with a useless answer.
 * Whatever status it answered is not ours, and its Retry-After was meant for us.
 */
export const network: Family = {
  name: 'Network',
  rules: [
    // The client's own connection breaks in the same words as an upstream's.
    {
      from: 'a client that has left',
      property: 'name',
      values: ['AbortError', 'CanceledError', 'CancelError'],
      matches: isClientGone,
      condition: 'client-gone',
    },
    {
      from: 'a client that has left',
      property: 'code',
      values: [
        'ECONNRESET',
        'EPIPE',
        'ECONNABORTED',
        'ERR_STREAM_PREMATURE_CLOSE',
        'ERR_STREAM_DESTROYED',
        'ERR_STREAM_UNABLE_TO_PIPE',
      ],
      matches: isClientGone,
      condition: 'client-gone',
    },

    {
      from: 'Node.js',
      property: 'code',
      values: UNREACHED,
      matches: isOfSystem,
      condition: 'upstream-failed',
    },
    {
      // Node says these without a system call too: "socket hang up", "aborted".
      from: 'Node.js',
      property: 'code',
      values: BROKEN,
      matches: isError,
      condition: 'upstream-failed',
    },
    {
      from: 'Node.js',
      property: 'code',
      values: LATE,
      matches: isOfSystem,
      condition: 'upstream-timeout',
    },
    {
      // https://nodejs.org/api/tls.html#x509-certificate-error-codes
      from: 'Node.js (TLS)',
      property: 'code',
      values: [
        'CERT_HAS_EXPIRED',
        'CERT_NOT_YET_VALID',
        'CERT_REVOKED',
        'CERT_REJECTED',
        'CERT_UNTRUSTED',
        'CERT_SIGNATURE_FAILURE',
        'CERT_CHAIN_TOO_LONG',
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'SELF_SIGNED_CERT_IN_CHAIN',
        'UNABLE_TO_GET_ISSUER_CERT',
        'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        'ERR_TLS_CERT_ALTNAME_INVALID',
        'ERR_SSL_WRONG_VERSION_NUMBER',
        'ERR_SSL_UNSUPPORTED_PROTOCOL',
        'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
        'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
        'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
        'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
        'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      ],
      matches: isError,
      condition: 'upstream-failed',
    },
    {
      // The answer is not HTTP. The names are llhttp's.
      from: 'Node.js, undici',
      property: 'code',
      values: [
        'HPE_INVALID_CONSTANT',
        'HPE_INVALID_VERSION',
        'HPE_INVALID_STATUS',
        'HPE_INVALID_HEADER_TOKEN',
        'HPE_INVALID_CONTENT_LENGTH',
        'HPE_UNEXPECTED_CONTENT_LENGTH',
        'HPE_INVALID_TRANSFER_ENCODING',
        'HPE_INVALID_CHUNK_SIZE',
        'HPE_INVALID_EOF_STATE',
        'HPE_HEADER_OVERFLOW',
        'HPE_CLOSED_CONNECTION',
        'HPE_CR_EXPECTED',
        'HPE_LF_EXPECTED',
        'HPE_STRICT',
      ],
      matches: isError,
      condition: 'upstream-failed',
    },

    {
      // From Node 24 on, undici cannot name what its parser met.
      from: 'Node.js, undici',
      property: 'name',
      values: ['HTTPParserError'],
      matches: isError,
      condition: 'upstream-failed',
    },

    // https://github.com/nodejs/undici/blob/main/docs/docs/api/Errors.md
    {
      from: 'fetch, undici',
      property: 'code',
      values: ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
      matches: isError,
      condition: 'upstream-timeout',
    },
    {
      from: 'fetch, undici',
      property: 'code',
      values: [
        'UND_ERR_SOCKET',
        'UND_ERR_RESPONSE',
        'UND_ERR_REQ_RETRY',
        'UND_ERR_HEADERS_OVERFLOW',
        'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
        'UND_ERR_RES_EXCEEDED_MAX_SIZE',
        'UND_ERR_PRX_TLS',
      ],
      matches: isError,
      condition: 'upstream-failed',
    },

    {
      // https://github.com/node-fetch/node-fetch/blob/2.x/ERROR-HANDLING.md
      from: 'node-fetch',
      property: 'type',
      values: ['request-timeout', 'body-timeout'],
      matches: isOfNodeFetch,
      condition: 'upstream-timeout',
    },
    {
      from: 'node-fetch',
      property: 'name',
      values: ['FetchError'],
      matches: (error) => isOfNodeFetch(error) && TIMEOUTS.has(read(error, 'code')),
      condition: 'upstream-timeout',
    },
    {
      from: 'node-fetch',
      property: 'name',
      values: ['FetchError'],
      matches: isOfNodeFetch,
      condition: 'upstream-failed',
    },

    // https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/Request.html
    {
      from: 'aws-sdk 2',
      property: 'code',
      values: ['NetworkingError', 'UnknownEndpoint'],
      matches: isOfAws,
      condition: 'upstream-failed',
    },

    {
      // Its class is all that this error has, and Anthropic's, which is generated alike: https://github.com/openai/openai-node#handling-errors
      from: 'OpenAI',
      property: 'name',
      values: ['Error', 'APIConnectionTimeoutError'],
      matches: (error) =>
        read(read(error, 'constructor'), 'name') === 'APIConnectionTimeoutError' && isError(error),
      condition: 'upstream-timeout',
    },

    // https://axios-http.com/docs/handling_errors
    {
      from: 'axios',
      property: 'code',
      values: ['ECONNABORTED', 'ETIMEDOUT'],
      matches: isOfAxios,
      condition: 'upstream-timeout',
    },
    {
      from: 'axios',
      property: 'code',
      values: ['ERR_BAD_RESPONSE', 'ERR_FR_TOO_MANY_REDIRECTS'],
      matches: isOfAxios,
      condition: 'upstream-failed',
    },
    {
      from: 'superagent',
      property: 'code',
      values: ['ECONNABORTED'],
      matches: (error) => isError(error) && typeof read(error, 'timeout') === 'number',
      condition: 'upstream-timeout',
    },
    {
      from: '`AbortSignal.timeout`, got, ky',
      property: 'name',
      values: ['TimeoutError'],
      matches: isOfWaiting,
      condition: 'upstream-timeout',
    },
    {
      // Whoever aborts while the client waits has waited long enough.
      from: '`AbortController`, axios, got',
      property: 'name',
      values: ['AbortError', 'CanceledError', 'CancelError'],
      matches: isOfWaiting,
      condition: 'upstream-timeout',
    },
    {
      from: 'fetch: a Response',
      property: 'headers',
      matches: (error) =>
        typeof read(read(error, 'headers'), 'get') === 'function' && Number.isInteger(read(error, 'status')),
      condition: 'upstream-failed',
    },
    {
      from: 'axios, got, ky, superagent',
      property: 'response',
      matches: isOfResponse,
      condition: 'upstream-failed',
    },
  ],
}

function isClientGone(error: object, { clientGone }: RecognitionFacts): boolean {
  return clientGone && isError(error)
}

/** System errors name the call that failed: `connect`, `read`, `getaddrinfo`, `queryA`. */
function isOfSystem(error: object): boolean {
  return isError(error) && typeof read(error, 'syscall') === 'string'
}

/** node-fetch keeps the code of Node.js as `errno`, and no call. */
function isOfNodeFetch(error: object): boolean {
  return read(error, 'name') === 'FetchError' && typeof read(error, 'type') === 'string' && isError(error)
}

function isOfAws(error: object): boolean {
  return typeof read(error, 'retryable') === 'boolean' && isError(error)
}

function isOfAxios(error: object): boolean {
  return read(error, 'isAxiosError') === true && isError(error)
}

/** The app's own error of this name may say a status, and is answered by that. */
function isOfWaiting(error: object): boolean {
  return isError(error) && !['status', 'statusCode'].some((part) => isErrorStatus(read(error, part)))
}

/**
 * An answer of another server has headers: NestJS keeps the body that it wants to answer in `response`. SendGrid keeps
 * the status beside it, as `code`.
 */
function isOfResponse(error: object): boolean {
  const response = read(error, 'response')
  return (
    isError(error) &&
    typeof read(response, 'headers') === 'object' &&
    [
      read(response, 'status'),
      read(response, 'statusCode'),
      read(response, 'code'),
      read(error, 'code'),
    ].some(Number.isInteger)
  )
}
