import { BARE_ENTRY, createEntry, type Entry } from './entry.ts'
import { bare, readOwn } from '../guard/own.ts'
import type { Fillings, Params } from './template.ts'

interface FieldText {
  /** Says what is wrong, and is always true. */
  readonly title: string
  /** Says it with the limit that the schema sets. */
  readonly message?: string
}

/** The faults that one field of a request can have, whichever library found them. */
export const FIELD_TEXTS = {
  required: { title: 'This field is required' },
  unknown_field: { title: 'Unknown field' },
  invalid_name: { title: 'Invalid field name' },
  invalid: { title: 'Invalid value' },
  invalid_type: { title: 'Wrong type', message: 'Wrong type; expected: {{expected}}' },
  not_allowed: { title: 'Not one of the allowed values' },
  no_match: { title: 'Matches none of the allowed forms' },
  invalid_combination: { title: 'Invalid combination of fields' },
  too_short: { title: 'Too short', message: 'Too short; minimum length: {{min}}' },
  too_long: { title: 'Too long', message: 'Too long; maximum length: {{max}}' },
  wrong_length: { title: 'Wrong length', message: 'Wrong length; expected: {{length}}' },
  too_few_items: { title: 'Too few items', message: 'Too few items; minimum: {{min}}' },
  too_many_items: { title: 'Too many items', message: 'Too many items; maximum: {{max}}' },
  duplicate_items: { title: 'Duplicate items' },
  too_small: { title: 'Too small', message: 'Too small; minimum: {{min}}' },
  too_large: { title: 'Too large', message: 'Too large; maximum: {{max}}' },
  not_greater: { title: 'Too small', message: 'Must be greater than {{min}}' },
  not_less: { title: 'Too large', message: 'Must be less than {{max}}' },
  not_multiple: { title: 'Not an allowed multiple', message: 'Must be a multiple of {{step}}' },
  not_integer: { title: 'Must be a whole number' },
  too_early: { title: 'Too early', message: 'Too early; earliest allowed: {{min}}' },
  too_late: { title: 'Too late', message: 'Too late; latest allowed: {{max}}' },
  invalid_format: { title: 'Invalid format', message: 'Invalid format; expected: {{format}}' },
  invalid_email: { title: 'Invalid email address' },
  invalid_url: { title: 'Invalid URL' },
  invalid_uuid: { title: 'Invalid UUID' },
  invalid_date: { title: 'Invalid date or time' },
  invalid_ip: { title: 'Invalid IP address' },
} as const satisfies Readonly<Record<string, FieldText>>

/** The faults that a field of a request can have. More may come: a client needs a default branch. */
export type FieldCode = keyof typeof FIELD_TEXTS

/** Whether a value is one of the codes. */
export function isFieldCode(value: unknown): value is FieldCode {
  return typeof value === 'string' && Object.hasOwn(FIELD_TEXTS, value)
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

const ENTRIES = new Map<FieldCode, Entry>(
  Object.entries(FIELD_TEXTS).map(([key, text]) => {
    const code = key as FieldCode
    const { title, message } = bare<FieldText>(text)
    return [
      code,
      createEntry({
        ...BARE_ENTRY,
        key: code,
        code,
        namespace: FIELDS_NAMESPACE,
        status: 400,
        message: message ?? title,
        title: message === undefined ? undefined : title,
        params: [...(message?.matchAll(/\{\{(\w+)\}\}/g) ?? [])].map(([, name]) => name!),
      }),
    ]
  }),
)

/** Returns the texts of a field code, as those of an error code. */
export function fieldEntry(code: FieldCode): Entry {
  return ENTRIES.get(code)!
}
