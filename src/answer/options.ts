import type { EnvelopeFunction, EnvelopeMap, EnvelopeName } from '../catalog/envelope.ts'
import { checkGroup, isObject, TRUE_OR_FALSE, type Checks } from '../guard/options.ts'
import { isArray } from '../guard/read.ts'
import type { ConcealDefinition } from './conceal.ts'
import { ENVELOPE_REMEDY, isEnvelope } from './shape.ts'

/** The options that say what clients see of an error. */
export interface AnswerOptions {
  /**
   * The shape of every body: by name, a function of one's own, or several of them by media type, chosen by Accept:
   * `{ 'application/json': 'flat', 'application/problem+json': 'problem' }`. The first is for clients that ask for none.
   * @default that of the error's catalog
   */
  readonly envelope?: EnvelopeName | EnvelopeFunction | EnvelopeMap | undefined
  /** Answers codes as others: `{ 401: 401 }`, or `[{ errors: [1001, 1002], as: 1002 }]`. */
  readonly conceal?: ConcealDefinition | undefined
  /** Details that clients may see as well. @default nothing */
  readonly reveal?: RevealOptions | undefined
  /** 200 sends every answer with HTTP status 200, for clients that read the code alone. @default that of the error */
  readonly httpStatus?: 200 | undefined
  /**
   * The URL under which codes are documented. The code is appended: `'https://example.com/errors/'`. Linked from every
   * error, and `type` of problem documents.
   */
  readonly docsUrl?: string | undefined
  /**
   * Lets scripts of other origins read Retry-After, X-Request-ID and Link: appends them to Access-Control-Expose-Headers.
   * @default false
   */
  readonly exposeHeaders?: boolean | undefined
}

/** Details that clients see only when the app says so. */
export interface RevealOptions {
  /** The values that a validator found wrong. @default false */
  readonly values?: boolean | undefined
}

export const ANSWER_CHECKS: Checks<AnswerOptions> = {
  envelope: [
    // The members of a map are checked where they are read.
    (value) => isEnvelope(value) || (isObject(value) && !isArray(value)),
    ENVELOPE_REMEDY,
  ],
  conceal: [isObject, 'rules such as { 401: 401 }'],
  reveal: [isObject, '{ values: true }, or nothing'],
  httpStatus: [(value) => value === 200, '200, or nothing'],
  docsUrl: [isWebAddress, 'an http or https address without a user, or a path that starts with /'],
  exposeHeaders: TRUE_OR_FALSE,
}

const REVEAL_CHECKS: Checks<RevealOptions> = { values: TRUE_OR_FALSE }

/**
 * Whether clients are told the values that a validator found wrong.
 *
 * @throws SetupError - for what else is to be revealed
 */
export function revealsValues(reveal: RevealOptions | undefined): boolean {
  return checkGroup('reveal', reveal, REVEAL_CHECKS).values ?? false
}

/** An address that can stand in a document and be appended to (RFC 3986). */
function isWebAddress(value: unknown): boolean {
  if (typeof value !== 'string' || !ADDRESS.test(value) || !URL.canParse(value, 'https://host')) return false
  // It is sent to everybody.
  const { username, password } = new URL(value, 'https://host')
  return username === '' && password === ''
}

const ADDRESS = /^(?:https?:\/\/(?=[\w[])|\/(?!\/))(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\dA-Fa-f]{2})*$/
