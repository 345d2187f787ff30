import type { HandlerOptions } from '../../../../src/handler/options.ts'
import { createResponder } from '../../../../src/handler/responder.ts'
import { sampleFacts, sampleOrigin } from '../../../support/sample-facts.ts'
import { conditionCatalog } from '../../../support/conditions.ts'

/** `path`, `code`, `message` and, where the schema sets a limit, `params`. */
export type Field = readonly [
  path: string,
  code: string,
  message: string,
  params?: Readonly<Record<string, string | number>>,
]

const FACTS = { ...sampleFacts, contentType: 'application/json' }

const PLAIN = { catalog: conditionCatalog, logger: { error: () => {} } }
const answerPlainly = createResponder(PLAIN, sampleOrigin)

/** Returns the status and the body that a thrown value is answered with. */
export function told(
  thrown: unknown,
  options?: HandlerOptions,
): { readonly status: number; readonly body: unknown } {
  const answer =
    options === undefined ? answerPlainly : createResponder({ ...PLAIN, ...options }, sampleOrigin)
  const reply = answer(thrown, FACTS, undefined)
  return { status: reply.status, body: JSON.parse(reply.body) }
}

/** The answer to input in which these fields are wrong. */
export function invalid(...fields: readonly Field[]): ReturnType<typeof told> {
  return invalidAs(
    fields.map(([path, code, message, params]) =>
      params === undefined ? { path, code, message } : { path, code, message, params },
    ),
  )
}

/** The same, with all that stands in each field. */
export function invalidAs(fields: readonly object[]): ReturnType<typeof told> {
  return {
    status: 400,
    body: { code: 'validation-failed', message: 'It is validation-failed', details: { fields } },
  }
}

/** The answer to what no rule knows. */
export const unrecognized: ReturnType<typeof told> = {
  status: 500,
  body: { code: 'unrecognized', message: 'It is unrecognized' },
}

/** A schema, a value that it refuses, and what the client is told. */
export interface Row<TSchema> {
  readonly what: string
  readonly schema: TSchema
  readonly value: unknown
  readonly fields: readonly Field[]
}

/** Says what holds of a row, such as `tells invalid_type of null`. */
export function titleOf({ what, fields }: Pick<Row<unknown>, 'what' | 'fields'>): string {
  return `tells ${[...new Set(fields.map(([, code]) => code))].join(' and ')} of ${what}`
}

/** What the client is told of the field `f` where its type is not the one expected. */
export function wrongType(expected: string): Field {
  return ['f', 'invalid_type', `Wrong type; expected: ${expected}`, { expected }]
}

/** Stands for a field that is not sent. */
export const absent = Symbol('absent')

/** What is sent: a value in the field `f`. */
export function inputOf(value: unknown): object {
  return value === absent ? {} : { f: value }
}
