import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'

// https://nodejs.org/api/errors.html#common-system-errors
export const UNREACHED = [
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
export const LATE = ['ETIMEDOUT', 'ETIMEOUT'] as const

/** The codes of Node.js for a server that gave no answer. */
export const FAILURES: ReadonlySet<unknown> = new Set([...UNREACHED, ...BROKEN])
export const TIMEOUTS: ReadonlySet<unknown> = new Set(LATE)

/** What Node.js itself says of other servers. */
export const system: readonly LibraryRule[] = [
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
]

/** System errors name the call that failed: `connect`, `read`, `getaddrinfo`, `queryA`. */
function isOfSystem(error: object): boolean {
  return isError(error) && typeof read(error, 'syscall') === 'string'
}
