import { BARE_ENTRY, createEntry, type Entry } from './entry.ts'
import { bare } from '../guard/own.ts'
import { FIELD_PARAMS, FIELDS_NAMESPACE, type FieldCode } from './field.ts'

interface FieldText {
  /** Says what is wrong, and is always true. */
  readonly title: string
  /** Says it with the limit that the schema sets. */
  readonly message?: string
}

/** The texts of the faults that one field of a request can have. They are no part of what throws errors. */
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
} as const satisfies Readonly<Record<FieldCode, FieldText>>

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
        params: FIELD_PARAMS[code],
      }),
    ]
  }),
)

/** Returns the texts of a field code, as those of an error code. */
export function fieldEntry(code: FieldCode): Entry {
  return ENTRIES.get(code)!
}
