import type { FieldProblem } from './field.ts'

/** Names of what went wrong that every API has a code for, each with the HTTP status that says it (RFC 9110). */
export const CONDITIONS = {
  'malformed-request': 400,
  'malformed-body': 400,
  'validation-failed': 400,
  'not-authenticated': 401,
  'token-expired': 401,
  'token-invalid': 401,
  'token-revoked': 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  /** The request does not go with the data: a row that others refer to. */
  conflict: 409,
  'already-exists': 409,
  /** Two writers met, and the same request may succeed now: a deadlock, a serialization failure. */
  'write-conflict': 409,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'rate-limited': 429,
  /** Nobody is left to be answered. The status is for the log: nginx's own. */
  'client-gone': 499,
  /** A server that we asked gave no answer, or a useless one. */
  'upstream-failed': 502,
  /** A service that we depend on cannot be reached, or takes no more. */
  unavailable: 503,
  /** A service that we depend on took too long: a statement, a pool. */
  timeout: 504,
  'upstream-timeout': 504,
} as const satisfies Readonly<Record<string, number>>

/** The conditions that a foreign error can be recognized as. More may come. */
export type Condition = keyof typeof CONDITIONS

/** The conditions under which the same request may succeed later. */
export const RETRYABLE: ReadonlySet<Condition> = new Set<Condition>([
  'write-conflict',
  'rate-limited',
  'upstream-failed',
  'unavailable',
  'timeout',
  'upstream-timeout',
])

const CONDITION_OF_STATUS: Readonly<Record<number, Condition>> = {
  400: 'malformed-request',
  401: 'not-authenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  409: 'conflict',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
  499: 'client-gone',
  502: 'upstream-failed',
  503: 'unavailable',
  504: 'timeout',
}

/** Returns the condition that a status alone stands for. */
export function conditionOfStatus(status: number): Condition | undefined {
  return Object.hasOwn(CONDITION_OF_STATUS, status) ? CONDITION_OF_STATUS[status] : undefined
}

/** Returns whether a value is one of the words. */
export function isCondition(value: unknown): value is Condition {
  return typeof value === 'string' && Object.hasOwn(CONDITIONS, value)
}

/** The result of recognizing a foreign error. */
export interface Recognized {
  /** The name of what happened. Undefined where only the status is known. */
  readonly condition: Condition | undefined
  /** The status of an error that was made for HTTP, or that the app chose. */
  readonly status?: number | undefined
  /** Whether the status is known to be for our client, whoever made the error. */
  readonly isForClient?: boolean | undefined
  /** Seconds, digits or a Date after which to try again. */
  readonly retryAfter?: unknown
  /** The fields of the request that are wrong. */
  readonly fields?: readonly FieldProblem[] | undefined
  /** The constraint that a statement broke, by its name in the database. */
  readonly constraint?: string | undefined
  /** The column that is to blame. */
  readonly column?: string | undefined
}
