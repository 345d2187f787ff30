import { readOwn } from '../guard/own.ts'
import type { Fillings, Params } from './template.ts'

/** The faults that one field of a request can have, whichever library found them, and the limits that each is told with. */
export const FIELD_PARAMS = {
  required: [],
  unknown_field: [],
  invalid_name: [],
  invalid: [],
  invalid_type: ['expected'],
  not_allowed: [],
  no_match: [],
  invalid_combination: [],
  too_short: ['min'],
  too_long: ['max'],
  wrong_length: ['length'],
  too_few_items: ['min'],
  too_many_items: ['max'],
  duplicate_items: [],
  too_small: ['min'],
  too_large: ['max'],
  not_greater: ['min'],
  not_less: ['max'],
  not_multiple: ['step'],
  not_integer: [],
  too_early: ['min'],
  too_late: ['max'],
  invalid_format: ['format'],
  invalid_email: [],
  invalid_url: [],
  invalid_uuid: [],
  invalid_date: [],
  invalid_ip: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The faults that a field of a request can have. More may come: a client needs a default branch. */
export type FieldCode = keyof typeof FIELD_PARAMS

/** Whether a value is one of the codes. */
export function isFieldCode(value: unknown): value is FieldCode {
  return typeof value === 'string' && Object.hasOwn(FIELD_PARAMS, value)
}

/** No client needs more at once, and no error makes us read more. */
export const MAX_FIELDS = 50

/** The fault of one field. */
export interface FieldProblem {
  /** The field's place below the root of what was validated: `items[0].name`. Empty for the root itself. */
  readonly path: string
  readonly code: FieldCode
  /** Limits that the schema sets: the placeholders of the code's message. Nothing of the input. */
  readonly params?: Params | undefined
  /** The thrower's own text, which takes the place of the code's. */
  readonly message?: string | undefined
  /** The client's value, if the library says it. Told only where the app reveals it. */
  readonly value?: unknown
}

/** The types that JSON has, and those that its texts and numbers stand for. */
export const TYPE_NAMES = [
  'string',
  'number',
  'integer',
  'bigint',
  'boolean',
  'array',
  'object',
  'date',
  'file',
  'null',
] as const

const BETWEEN_TYPES = ', '

/** Writes types as the param `expected` has them. */
export function expectedTypes(types: readonly string[]): string {
  return types.join(BETWEEN_TYPES)
}

/** Returns params as texts take them: several types are alternatives. */
export function fieldFillings(params: Params): Fillings {
  const expected = readOwn(params, 'expected')
  const types = typeof expected === 'string' ? expected.split(BETWEEN_TYPES) : []
  return types.length > 1 && types.every(isTypeName) ? { ...params, expected: types } : params
}

function isTypeName(name: string): boolean {
  return TYPE_NAMES.some((known) => known === name)
}

/** The i18next namespace of the texts. */
export const FIELDS_NAMESPACE = 'fields'
