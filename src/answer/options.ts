import type { Catalog } from '../catalog/catalog.ts'
import type { HttpStatus } from '../catalog/envelope.ts'
import { isHttpStatus } from '../catalog/own-envelope.ts'
import { checkGroup, isObject, TRUE_OR_FALSE, type Checks } from '../guard/options.ts'
import { isRecord } from '../guard/read.ts'
import type { ConcealDefinition } from './conceal.ts'
import { isWebAddress, type DocsUrl } from './docs.ts'
import { ENVELOPE_REMEDY, isEnvelope, type EnvelopeOption } from './shape.ts'

/**
 * The options that say what clients see of an error.
 *
 * @typeParam TRequest - Express's request, or Koa's context
 */
export interface AnswerOptions<TCatalog extends Catalog = Catalog, TRequest = unknown> {
  /**
   * The shape of every body: by name, a function of one's own, `{ body }`, or several of them by media type, chosen by
   * Accept: `{ 'application/json': 'flat', 'text/html': 'page' }`. The first is for clients that ask for none.
   * @default that of the error's catalog
   */
  readonly envelope?: EnvelopeOption<TRequest> | undefined
  /** Answers codes as others: `{ 401: 401 }`, or `[{ errors: [1001, 1002], as: 1002 }]`. */
  readonly conceal?: ConcealDefinition<TCatalog> | undefined
  /** Details that clients may see as well. @default nothing */
  readonly reveal?: RevealOptions | undefined
  /**
   * The HTTP status of the answers: 200 of all, for clients that read the code alone, or a function of the error.
   * @default that of the error's catalog, else that of the error
   */
  readonly httpStatus?: HttpStatus | undefined
  /**
   * The URL under which codes are documented. The code is appended: `'https://example.com/errors/'`. Or a function of
   * the error that returns the address. Linked from every error, and `type` of problem documents.
   */
  readonly docsUrl?: DocsUrl | undefined
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
  /** The values of the placeholders in the message, as `params`, for clients with texts of their own. @default false */
  readonly params?: boolean | undefined
  /**
   * The messages of foreign 4xx that are made to be shown: `expose: true`, as http-errors, `ctx.throw` and `ctx.assert`
   * have it. They are sent in the language that they are written in. @default false
   */
  readonly foreignMessages?: boolean | undefined
}

export const ANSWER_CHECKS: Checks<AnswerOptions> = {
  envelope: [
    // The members of a map are checked where they are read.
    (value) => isEnvelope(value) || isRecord(value),
    ENVELOPE_REMEDY,
  ],
  conceal: [isObject, 'rules such as { 401: 401 }'],
  reveal: [isObject, '{ values: true }, or nothing'],
  httpStatus: [isHttpStatus, '200, a function of the error, or nothing'],
  docsUrl: [
    (value) => typeof value === 'function' || isWebAddress(value),
    'an http or https address without a user, or a path that starts with /, to which the code is appended; or a function of the error',
  ],
  exposeHeaders: TRUE_OR_FALSE,
}

const REVEAL_CHECKS: Checks<RevealOptions> = {
  values: TRUE_OR_FALSE,
  params: TRUE_OR_FALSE,
  foreignMessages: TRUE_OR_FALSE,
}

/**
 * Reads the `reveal` option.
 *
 * @throws SetupError - for what else is to be revealed
 */
export function checkReveal(reveal: RevealOptions | undefined): RevealOptions {
  return checkGroup('reveal', reveal, REVEAL_CHECKS)
}
