import type { Catalog } from '../../catalog/catalog.ts'
import { isCode, type Code } from '../../catalog/code.ts'
import type { EnvelopeName, ErrorDescription } from '../../catalog/envelope.ts'
import { rootCode } from '../../catalog/parents.ts'
import { isApiError, type ApiError } from '../../client/api-error.ts'
import { createReader } from '../../client/create-reader.ts'
import type { AnswerHeaders } from '../../client/headers.ts'
import type { Answer } from '../../client/reader.ts'
import { bizErrorState } from '../../error/biz-error.ts'
import type { BizErrorState } from '../../error/state.ts'
import { read } from '../../guard/read.ts'
import { SetupError } from '../../guard/setup-error.ts'
import type { Demand } from './expected.ts'
import { httpAnswerOf, type HttpAnswer } from './http-answer.ts'

/** What a matcher was given, as it is compared. */
export interface Received {
  /** What it is: it decides what is shown of it. */
  readonly kind: 'answer' | 'error' | 'description' | 'unknown'
  /** The members that errors have, under the names that ApiError gives them. */
  readonly facts: object
  /** The name of its catalog and its key there, where it tells them: answers do not. */
  readonly catalog?: string | undefined
  readonly key?: Code | undefined
  /** The key that was asked for, where the catalog has none such. */
  readonly unknownKey?: string | undefined
  /** Undefined where it has none. */
  readonly headers: object | undefined
  /** What was given, or of an answer the body. */
  readonly shown: unknown
}

/**
 * Reads what a matcher was given. A promise where the body of an answer has to be waited for.
 *
 * @throws SetupError - for a promise, and for a Response whose body is gone
 */
export function receive(subject: unknown, demand: Demand): Received | Promise<Received> {
  if (typeof read(subject, 'then') === 'function') {
    throw new SetupError('A promise was given to the matcher. Wait for it: expect(await …).')
  }
  const state = bizErrorState(subject)
  if (state !== undefined) return ofState(state, subject as Error)
  if (isApiError(subject)) return { kind: 'error', facts: subject, headers: undefined, shown: subject }
  if (isDescription(subject)) return ofDescription(subject)
  const answer = httpAnswerOf(subject)
  if (answer === undefined) return { kind: 'unknown', facts: {}, headers: undefined, shown: subject }
  // By `then` alone: in jest, the promise of a body is one of another realm.
  return typeof read(answer.body, 'then') === 'function'
    ? Promise.resolve(answer.body).then((body) => ofAnswer({ ...answer, body }, demand))
    : ofAnswer(answer, demand)
}

/** Whether it can be no error, whatever the code runs to: a function that nobody has called, or a body alone. */
export function isMistaken({ kind, shown }: Received): boolean {
  return kind === 'unknown' && (typeof shown === 'function' || isBodyAlone(shown))
}

/** Whether something is the body of an answer, and no error that has a code, such as that of a system call. */
export function isBodyAlone(shown: unknown): boolean {
  return (
    (read(shown, 'code') ?? read(read(shown, 'error'), 'code')) !== undefined &&
    typeof read(shown, 'stack') !== 'string'
  )
}

function ofState(state: BizErrorState, error: Error): Received {
  return {
    kind: 'error',
    facts: { ...factsOf(state), message: error.message },
    catalog: state.catalog.name,
    key: state.entry.key,
    unknownKey: state.unknownKey,
    headers: (error as Error & { headers?: object }).headers ?? {},
    shown: error,
  }
}

function factsOf({ entry, status, params, details, fields, errors, retryAfter }: BizErrorState): object {
  return { code: entry.code, status, params, details, fields, errors: errors?.map(factsOf), retryAfter }
}

type Described = Pick<ErrorDescription, 'catalog' | 'key' | 'details'>

/** What `describeError` returns, here or after a way through JSON. */
function isDescription(value: unknown): value is Described {
  return (
    typeof read(value, 'catalog') === 'string' &&
    isCode(read(value, 'key')) &&
    isCode(read(value, 'code')) &&
    typeof read(value, 'status') === 'number' &&
    typeof read(value, 'message') === 'string'
  )
}

function ofDescription(description: Described): Received {
  const { catalog, key, details } = description
  const facts = { ...description, fields: read(details, 'fields') }
  return { kind: 'description', facts, catalog, key, headers: undefined, shown: description }
}

function ofAnswer({ status, headers, body }: HttpAnswer, demand: Demand): Received {
  const error = errorOf({ status, headers: headers as AnswerHeaders, body }, demand)
  const facts = Object.assign({ message: error?.message }, error, { status })
  return { kind: 'answer', facts, headers, shown: body }
}

// No server tells this code of a success: of a 200, too, every code is that of an error.
const NO_SUCCESS = '\0'

/** Reads the error as its clients do. Whether the finer code of `composite` is meant, only the catalog knows. */
function errorOf(answer: Answer, { code, made }: Demand): ApiError | undefined {
  const { success = { code: NO_SUCCESS }, envelope } = made?.catalog ?? {}
  const read = typeof envelope === 'object' ? envelope.read : undefined
  const readAs = (envelope: EnvelopeName): ApiError | undefined =>
    createReader({ read, catalog: { success: success.code, envelope } }).parse(answer)
  const finer = readAs('composite')
  const isMeant = made === undefined ? finer?.code === code : isComposite(finer, made.catalog)
  return isMeant ? finer : readAs('flat')
}

/** Whether a finer code refines the common one that it was sent with. The handler may have another envelope than the catalog. */
function isComposite(finer: ApiError | undefined, catalog: Catalog): boolean {
  const { code, parent } = finer ?? {}
  if (parent === undefined) return catalog.envelope === 'composite'
  return catalog.byCode(code as Code).some((entry) => rootCode(catalog, entry) === parent)
}
