import type { Code } from './code.ts'
import type { Params } from './template.ts'

/** The part of a description that the envelopes of this package tell. */
export interface BriefDescription {
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
  /** The further errors that are told with it, each as it would be alone. They have none themselves. */
  readonly errors?: readonly BriefDescription[] | undefined
  /** The values of the placeholders. The envelopes of this package tell them with `reveal: { params: true }`. */
  readonly params?: Params | undefined
  /** The id that the log has too. */
  readonly requestId?: string | undefined
  /** The address of the code's documentation. */
  readonly docs?: string | undefined
}

/** An error as a client may be told of it: the argument of an envelope, and the result of `describeError`. */
export interface ErrorDescription extends BriefDescription {
  readonly errors?: readonly ErrorDescription[] | undefined
  /** The name of the catalog. */
  readonly catalog: string
  /** The name of the error in the catalog. */
  readonly key: Code
  /** The module of the catalog that the error belongs to. */
  readonly module?: string | undefined
  /** The codes that `code` refines, the nearest first. The last one is `parent`. */
  readonly parents?: readonly Code[] | undefined
  /** The text of `parent`, in the same language as `message`. */
  readonly parentMessage?: string | undefined
  /** The text for people in the catalog's own language. */
  readonly sourceMessage: string
  /** The entry's data for envelopes. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined
  /** The entry's remarks. Not enumerable, so that `{ ...error }` does not send them. */
  readonly notes?: Readonly<Record<string, string>> | undefined
}

/** The HTTP status of an answer: 200 of all, or what a function says. It returns 200, or an integer from 400 to 599. */
export type HttpStatus = 200 | ((error: ErrorDescription) => number)

/** The code and message of a success. */
export interface SuccessDefinition {
  /** Stands where an error has its code. */
  readonly code: Code
  /** Stands where an error has its text. */
  readonly message: string
}

/** The shapes of a body that come with the package. */
export type EnvelopeName = 'flat' | 'nested' | 'composite' | 'two-level' | 'problem'

/**
 * One's own shape of the body. Called for each error; must return an object and not a promise.
 *
 * @param request - Express's request, or Koa's context
 */
export type EnvelopeFunction<TRequest = unknown> = (error: ErrorDescription, request: TRequest) => object

// Of a method, so that a catalog's may be written for the request of one framework.
type SuccessFunction<TRequest> = { of(data: unknown, request: TRequest): object }['of']

/**
 * An API's own shape of all its bodies, those of errors and those of successes.
 *
 * @typeParam TRequest - Express's request, or Koa's context
 */
export interface EnvelopeObject<TRequest = unknown> {
  /**
   * Makes the body of an error: an object that is sent as JSON, or `{ contentType, text }`, which is sent as it is. Must
   * return no promise. A function of the error alone is called a few times, with ids of ours, for an answer that is
   * always the same; one that takes the request as well is called for each error, and so may tell the time, too.
   */
  // A method, so that a catalog's may be written for the request of one framework.
  body(error: ErrorDescription, request: TRequest): object
  /**
   * Makes the body of a success of its data, and of what `catalog.ok(data, request)` was given besides. Or constants
   * that stand beside the data's own members.
   * @default the data itself
   */
  readonly success?: SuccessFunction<TRequest> | Readonly<Record<string, unknown>> | undefined
  /**
   * Reads the code out of the body of an error that `body` made, for `relayed` and for clients: parsed where it is JSON,
   * else the text. Undefined when it is no such body. Of several errors with one code, that of the answer's status is
   * meant, unless `key` names one.
   */
  readonly read?:
    | ((
        body: unknown,
      ) => { readonly code: unknown; readonly parent?: unknown; readonly key?: unknown } | undefined)
    | undefined
  /** The media type of a body that is an object. @default 'application/json; charset=utf-8' */
  readonly contentType?: string | undefined
  /** The JSON Schema of an error's body, for tools. */
  readonly schema?: object | undefined
}

/** One's own shape for a media type: the text of the body, or an object that is sent as JSON. */
export type TextFunction<TRequest = unknown> = (error: ErrorDescription, request: TRequest) => object | string

/**
 * Envelopes by media type, chosen by Accept. The first is for clients that ask for none of them. `page` is a page for
 * people, and stands for `text/html` alone.
 */
export type EnvelopeMap<TRequest = unknown> = Readonly<
  Record<`${string}/${string}`, EnvelopeName | 'page' | TextFunction<TRequest> | EnvelopeObject<TRequest>>
>

interface Envelope {
  readonly contentType: string
  readonly error: (error: BriefDescription) => object
}

// draft-ietf-httpapi-ratelimit-headers-11, section 3: with the member violated-policies.
const QUOTA_EXCEEDED = 'https://iana.org/assignments/http-problem-types#quota-exceeded'

export const JSON_TYPE = 'application/json; charset=utf-8'

/** The shapes by name. Members that are undefined are not sent. */
export const ENVELOPES: Readonly<Record<EnvelopeName, Envelope>> = {
  flat: {
    contentType: JSON_TYPE,
    error: flat,
  },

  nested: {
    contentType: JSON_TYPE,
    error: ({ code, message, requestId, details, params, errors }) => ({
      error: { code, message, request_id: requestId, details, params, errors: each(errors, flat) },
    }),
  },

  composite: {
    contentType: JSON_TYPE,
    error: composite,
  },

  'two-level': {
    contentType: JSON_TYPE,
    error: twoLevel,
  },

  // RFC 9457. Extension members may not take a standard name, so details stay nested.
  problem: {
    contentType: 'application/problem+json',
    error: ({
      docs,
      title,
      status,
      message,
      code,
      action,
      requestId,
      details,
      params,
      errors,
      violatedPolicies,
    }) => ({
      type: violatedPolicies === undefined ? (docs ?? 'about:blank') : QUOTA_EXCEEDED,
      title: title ?? message,
      status,
      detail: message,
      code,
      action,
      request_id: requestId,
      'violated-policies': violatedPolicies,
      details,
      params,
      errors: each(errors, flat),
    }),
  },
}

/** Further errors have the form of the first, so that a client reads them with the same code. */
function each(
  errors: BriefDescription['errors'],
  form: (error: BriefDescription) => object,
): readonly object[] | undefined {
  return errors?.map((error) => form(error))
}

function flat({ code, message, details, params, errors }: BriefDescription): object {
  return { code, message, details, params, errors: each(errors, flat) }
}

function composite({ code, parent, message, locale, details, params, errors }: BriefDescription): object {
  return {
    code: parent ?? code,
    message: parent === undefined ? message : `(${code})${isUnspaced(locale) ? '' : ' '}${message}`,
    details,
    params,
    errors: each(errors, composite),
  }
}

function twoLevel({ code, parent, message, details, params, errors }: BriefDescription): object {
  return {
    code: parent ?? code,
    sub_code: parent === undefined ? null : code,
    message,
    data: details ?? null,
    params,
    errors: each(errors, twoLevel),
  }
}

/** Whether a language is written without blanks between words. */
function isUnspaced(locale: string): boolean {
  return /^(?:zh|ja|th|lo|km|my)(?:-|$)/.test(locale)
}
