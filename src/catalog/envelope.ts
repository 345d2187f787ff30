import type { Code } from './code.ts'

/** An error as a client is told of it: the argument of every envelope, and the result of `describeError`. */
export interface ErrorDescription {
  /** The code that clients see. */
  readonly code: Code
  /** The HTTP status of the answer. */
  readonly status: number
  /** The text for people, its params filled in. */
  readonly message: string
  /** The language of the texts, a BCP 47 tag. */
  readonly locale: string
  /** A short text that is the same for every occurrence. */
  readonly title?: string | undefined
  /** A longer text that says what has happened. */
  readonly description?: string | undefined
  /** A text that says what to do about it. */
  readonly action?: string | undefined
  /** The common code that `code` refines, at last. */
  readonly parent?: Code | undefined
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
  /** Seconds. */
  readonly retryAfter?: number | undefined
  /** The rate-limit policies that refused, by name. */
  readonly violatedPolicies?: readonly string[] | undefined
  /** Plain data, as the thrower gave it. */
  readonly details?: unknown
  /** The id that the log has too. */
  readonly requestId?: string | undefined
  /** The address of the code's documentation. */
  readonly docs?: string | undefined
}

/** The code and message of a success. */
export interface SuccessDefinition {
  /** Stands where an error has its code. */
  readonly code: Code
  /** Stands where an error has its text. */
  readonly message: string
}

/** The shapes of a body that come with the package. */
export type EnvelopeName = 'flat' | 'nested' | 'composite' | 'two-level' | 'problem'

/** One's own shape of the body. Called for each error; must return an object and not a promise. */
export type EnvelopeFunction = (error: ErrorDescription) => object

/** Envelopes by media type, chosen by Accept. The first is for clients that ask for none of them. */
export type EnvelopeMap = Readonly<Record<string, EnvelopeName | EnvelopeFunction>>

interface Envelope {
  readonly contentType: string
  readonly error: EnvelopeFunction
  readonly success: (success: SuccessDefinition, data: unknown) => object
}

// draft-ietf-httpapi-ratelimit-headers-11, section 3: with the member violated-policies.
const QUOTA_EXCEEDED = 'https://iana.org/assignments/http-problem-types#quota-exceeded'

export const JSON_TYPE = 'application/json; charset=utf-8'

/** The shapes by name. Members that are undefined are not sent. */
export const ENVELOPES: Readonly<Record<EnvelopeName, Envelope>> = {
  flat: {
    contentType: JSON_TYPE,
    error: ({ code, message, details }) => ({ code, message, details }),
    success: ({ code, message }, data) => ({ code, message, data }),
  },

  nested: {
    contentType: JSON_TYPE,
    error: ({ code, message, requestId, details }) => ({
      error: { code, message, request_id: requestId, details },
    }),
    success: (_success, data) => ({ data: data ?? null }),
  },

  composite: {
    contentType: JSON_TYPE,
    error: ({ code, parent, message, locale, details }) =>
      parent === undefined
        ? { code, message, details }
        : { code: parent, message: `(${code})${isUnspaced(locale) ? '' : ' '}${message}`, details },
    success: ({ code, message }, data) => ({ code, message, data }),
  },

  'two-level': {
    contentType: JSON_TYPE,
    error: ({ code, parent, message, details }) => ({
      code: parent ?? code,
      sub_code: parent === undefined ? null : code,
      message,
      data: details ?? null,
    }),
    success: ({ code, message }, data) => ({ code, message, data: data ?? null }),
  },

  // RFC 9457. Extension members may not take a standard name, so details stay nested.
  problem: {
    contentType: 'application/problem+json',
    error: ({ docs, title, status, message, code, action, requestId, details, violatedPolicies }) => ({
      type: violatedPolicies === undefined ? (docs ?? 'about:blank') : QUOTA_EXCEEDED,
      title: title ?? message,
      status,
      detail: message,
      code,
      action,
      request_id: requestId,
      'violated-policies': violatedPolicies,
      details,
    }),
    // The RFC has no shape for success: the data itself is the answer.
    success: (_success, data) => (typeof data === 'object' && data !== null ? data : { data: data ?? null }),
  },
}

/** Whether a language is written without blanks between words. */
function isUnspaced(locale: string): boolean {
  return /^(?:zh|ja|th|lo|km|my)(?:-|$)/.test(locale)
}
