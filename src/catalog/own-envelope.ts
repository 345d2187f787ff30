import type { EnvelopeName, EnvelopeObject, HttpStatus } from './envelope.ts'
import { SUCCESSES } from './success-body.ts'
import { isMediaType } from '../guard/media-type.ts'
import { isObject } from '../guard/options.ts'
import { isArray } from '../guard/read.ts'
import { checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'

// Stryker disable BooleanLiteral: the names alone are read.
const MEMBERS: Readonly<Record<keyof EnvelopeObject, true>> = {
  body: true,
  success: true,
  read: true,
  contentType: true,
  schema: true,
}
// Stryker restore BooleanLiteral

/**
 * Checks the envelope of a catalog.
 *
 * @throws SetupError - for a name that there is not, and for an object that cannot make a body
 */
export function checkEnvelope(where: string, given: unknown): EnvelopeName | EnvelopeObject {
  if (isObject(given) && !isArray(given)) {
    return checkEnvelopeObject(`${where}, envelope`, given)
  }
  if (typeof given === 'function') {
    throw new SetupError(`${where} has a function as envelope. Give an object: { body: (error) => ({ … }) }.`)
  }
  if (!isEnvelopeName(given)) {
    throw new SetupError(
      `${where} has envelope ${show(given)}. Known are: ${Object.keys(SUCCESSES).join(', ')}.`,
    )
  }
  return given
}

export function isEnvelopeName(value: unknown): value is EnvelopeName {
  return typeof value === 'string' && Object.hasOwn(SUCCESSES, value)
}

/**
 * Checks an envelope of one's own, and returns a copy that nobody changes.
 *
 * @throws SetupError - for a member that does not exist or cannot work
 */
export function checkEnvelopeObject(where: string, given: object): EnvelopeObject {
  const { body, success, read, contentType, schema } = ownOptions(
    where,
    given as Partial<EnvelopeObject>,
    Object.keys(MEMBERS),
  )
  if (typeof body !== 'function') {
    const problem = body === undefined ? 'has no body' : `has body ${show(body)}`
    throw new SetupError(`${where} ${problem}. Give a function of the error that returns what is sent.`)
  }
  if (success !== undefined && typeof success !== 'function') {
    if (!isObject(success) || isArray(success)) {
      throw new SetupError(
        `${where} has success ${show(success)}. Give a function of the data, or the constants that stand beside it.`,
      )
    }
    checkPlain(`${where}, success`, success)
  }
  if (read !== undefined && typeof read !== 'function') {
    throw new SetupError(
      `${where} has read ${show(read)}. Give a function of the body that returns { code }.`,
    )
  }
  if (contentType !== undefined && !isMediaType(contentType)) {
    throw new SetupError(
      `${where} has contentType ${show(contentType)}. Give a media type such as 'application/vnd.shop+json'; bodies are UTF-8.`,
    )
  }
  if (schema !== undefined) checkPlain(`${where}, schema`, schema)
  return Object.freeze({
    body,
    success: typeof success === 'object' ? Object.freeze({ ...success }) : success,
    read,
    contentType,
    schema,
  })
}

/** Whether a value can say the HTTP status of answers. */
export function isHttpStatus(value: unknown): value is HttpStatus {
  return value === 200 || typeof value === 'function'
}

/** @throws SetupError - for a value that says no status */
export function checkHttpStatus(where: string, given: unknown): HttpStatus | undefined {
  if (given !== undefined && !isHttpStatus(given)) {
    throw new SetupError(
      `${where} has httpStatus ${show(given)}. Give 200, or a function of the error that returns a status.`,
    )
  }
  return given
}
