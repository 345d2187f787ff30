import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { has } from '../validators/fields.ts'
import { LATE, UNREACHED } from './system.ts'

/** Clients that put the code of Node.js on an error of their own, without the system call. */
export const copied: readonly LibraryRule[] = [
  {
    from: 'gaxios, @azure/core-rest-pipeline',
    property: 'code',
    values: UNREACHED,
    matches: bearsRequest,
    condition: 'upstream-failed',
  },
  {
    from: 'gaxios, @azure/core-rest-pipeline',
    property: 'code',
    values: LATE,
    matches: bearsRequest,
    condition: 'upstream-timeout',
  },
  {
    // https://learn.microsoft.com/javascript/api/@azure/core-rest-pipeline/resterror
    from: '@azure/core-rest-pipeline, @azure/storage-blob',
    property: 'code',
    values: ['REQUEST_SEND_ERROR', 'PARSE_ERROR'],
    matches: isOfAzure,
    condition: 'upstream-failed',
  },
  {
    // Before version 7, its cause is no cause: https://github.com/googleapis/gaxios/blob/v6.7.1/src/common.ts
    from: 'gaxios, google-auth-library, @google-cloud/storage',
    property: 'name',
    values: ['Error', 'GaxiosError'],
    matches: isOfGaxios,
    wraps: 'error',
  },
  {
    // https://github.com/request/request#timeouts
    from: 'request',
    property: 'code',
    values: ['ESOCKETTIMEDOUT', 'ETIMEDOUT'],
    matches: (error) => typeof read(error, 'connect') === 'boolean' && isError(error),
    condition: 'upstream-timeout',
  },
]

/** The names under which these clients keep what they sent. */
const REQUESTS = ['config', 'request'] as const

function bearsRequest(error: object): boolean {
  return isError(error) && REQUESTS.some((name) => hasAddress(read(error, name)))
}

/** An address is a text or a URL. */
function hasAddress(request: unknown): boolean {
  const url = read(request, 'url')
  return typeof request === 'object' && (typeof url === 'string' || typeof read(url, 'href') === 'string')
}

/** An app may have a RestError too. Azure's always has a member for the request, even where it was given none. */
function isOfAzure(error: object): boolean {
  return read(error, 'name') === 'RestError' && has(error, 'request') && isError(error)
}

/** Documented for `instanceof` across versions. */
const GAXIOS = Symbol.for('gaxios-gaxios-error')

function isOfGaxios(error: object): boolean {
  return typeof read(error, GAXIOS) === 'string' && typeof read(error, 'error') === 'object' && isError(error)
}
