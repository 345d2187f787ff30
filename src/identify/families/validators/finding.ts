import { expectedTypes, TYPE_NAMES, type FieldCode, type FieldProblem } from '../../../catalog/field.ts'
import { type Params } from '../../../catalog/template.ts'
import { bigintText, dateText } from '../../../guard/text.ts'

/** A finding of a validator in our words. */
export type Finding = Pick<FieldProblem, 'code' | 'params'>

/** The things that a limit can bound. */
export type Measure = 'text' | 'items' | 'number' | 'date'

const TOO_LITTLE = {
  text: 'too_short',
  items: 'too_few_items',
  number: 'too_small',
  date: 'too_early',
} as const
const TOO_MUCH = { text: 'too_long', items: 'too_many_items', number: 'too_large', date: 'too_late' } as const

/**
 * Returns the finding for a value that stays under a minimum.
 *
 * @param exclusive - whether the minimum itself is too little @default false
 */
export function tooLittle(measure: Measure, min: unknown, exclusive = false): Finding {
  if (!exclusive) return { code: TOO_LITTLE[measure], params: limit('min', min, measure) }
  if (measure === 'number') return { code: 'not_greater', params: limit('min', min, measure) }
  return { code: TOO_LITTLE[measure] }
}

/**
 * Returns the finding for a value that goes over a maximum.
 *
 * @param exclusive - whether the maximum itself is too much @default false
 */
export function tooMuch(measure: Measure, max: unknown, exclusive = false): Finding {
  if (!exclusive) return { code: TOO_MUCH[measure], params: limit('max', max, measure) }
  if (measure === 'number') return { code: 'not_less', params: limit('max', max, measure) }
  return { code: TOO_MUCH[measure] }
}

/** A text or list that is not as long as it must be. */
export function wrongLength(length: unknown): Finding {
  return { code: 'wrong_length', params: limit('length', length) }
}

/** A number that is not a multiple of another. */
export function notMultiple(step: unknown): Finding {
  return step === 1 ? { code: 'not_integer' } : { code: 'not_multiple', params: limit('step', step) }
}

/**
 * Only what measures: a text might be the client's. Yup, and ajv with `$data`, give a limit that refers to another
 * field as what that holds: a number or date that the same client has sent.
 */
function limit(name: string, value: unknown, measure?: Measure): Params | undefined {
  const shown = measureText(measure === 'date' && typeof value === 'number' ? new Date(value) : value)
  return shown === undefined ? undefined : { [name]: shown }
}

function measureText(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'bigint' ? bigintText(value) : dateText(value)
}

/** Library type names → JSON type names. */
const TYPES: ReadonlyMap<unknown, string> = new Map([
  ...TYPE_NAMES.map((type) => [type, type] as const),
  ['int', 'integer'],
  ['tuple', 'array'],
  ['set', 'array'],
  ['map', 'object'],
  ['record', 'object'],
])

/** A value of another type than one of those expected. */
export function wrongType(...types: readonly unknown[]): Finding {
  const known = types.map((type) => TYPES.get(type)).filter((type) => type !== undefined)
  if (known.length === 0 || known.length < types.length) return { code: 'invalid_type' }
  const expected = expectedTypes(known)
  if (expected === 'integer') return { code: 'not_integer' }
  if (expected === 'date') return { code: 'invalid_date' }
  return { code: 'invalid_type', params: { expected } }
}

/** Formats with a code of their own, by the names that libraries give them. */
const FORMATS: ReadonlyMap<unknown, FieldCode> = new Map(
  Object.entries({
    invalid_email: ['email', 'rfc_email', 'idn-email'],
    invalid_url: ['url', 'uri', 'iri'],
    invalid_uuid: ['uuid', 'guid'],
    invalid_ip: ['ip', 'ipv4', 'ipv6', 'ipVersion'],
    invalid_date: [
      'date',
      'time',
      'datetime',
      'date-time',
      'timestamp',
      'iso-time',
      'iso-date-time',
      'isoDate',
    ],
  } as const).flatMap(([code, formats]) => formats.map((format) => [format, code as FieldCode] as const)),
)

/**
 * A text that is not in a format.
 *
 * @param format - a name that the library gives it, never one that only an error says: that might be the client's
 */
export function wrongFormat(format?: string): Finding {
  const code = FORMATS.get(format)
  if (code !== undefined) return { code }
  return format === undefined ? { code: 'invalid_format' } : { code: 'invalid_format', params: { format } }
}
