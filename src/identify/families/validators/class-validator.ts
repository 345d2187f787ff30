import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldCode, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { indexOrKey } from './parse-path.ts'
import { fieldsOf, has } from './fields.ts'
import { tooLittle, tooMuch, wrongFormat, wrongType, type Finding } from './finding.ts'

/** `validateOrReject` rejects with an array. */
export const classValidator: ConditionRule = {
  from: 'class-validator',
  isArray: true,
  condition: 'validation-failed',
  extract: (errors) => fieldsOf(problemsOf(errors)),
}

const MAX_ERRORS = 4 * MAX_FIELDS

interface Place {
  readonly error: unknown
  readonly path: readonly (string | number)[]
}

/** https://github.com/typestack/class-validator#validation-errors. Their limits stand only in their messages. */
function* problemsOf(errors: unknown): Generator<FieldProblem> {
  // Grows while it is walked, so that what is in an object comes after it.
  const places: Place[] = []
  enter(places, errors, [])
  for (const { error, path } of places) {
    const value = read(error, 'value')
    for (const name of constraintNames(read(error, 'constraints'))) {
      // A hidden value is no property at all.
      const isMissing = value === undefined && has(error, 'value') && name !== 'whitelistValidation'
      yield { path: fieldPath(path), ...(isMissing ? { code: 'required' } : findingOf(name)), value }
    }
    enter(places, read(error, 'children'), path)
  }
}

function enter(places: Place[], errors: unknown, path: Place['path']): void {
  for (const error of readItems(errors, MAX_FIELDS)) {
    const property = read(error, 'property')
    if (typeof property !== 'string' || places.length === MAX_ERRORS) continue
    if (!isArray(read(error, 'children')) && typeof read(error, 'constraints') !== 'object') continue
    places.push({ error, path: [...path, indexOrKey(property)] })
  }
}

function constraintNames(constraints: unknown): readonly string[] {
  try {
    return Object.keys(constraints as object).slice(0, MAX_FIELDS)
  } catch {
    return []
  }
}

const FORMATS = (
  'isAlpha isAlphanumeric isAscii isBase32 isBase58 isBase64 isBIC isBooleanString isBtcAddress ' +
  'isCreditCard isCurrency isDataURI isDecimal isEAN isEthereumAddress IsFirebasePushId isFqdn ' +
  'isFullWidth isHalfWidth isHash isHexColor isHexadecimal isHSL isIBAN isIdentityCard isIsbn isIsin ' +
  'isISO31661Alpha2 isISO31661Alpha3 isISO31661Numeric isISO4217CurrencyCode isISO6391 isISRC isISSN ' +
  'isJson isJwt isLatLong isLatitude isLocale isLongitude isLowercase isMacAddress isMagnetURI ' +
  'isMimeType isMobilePhone isMongoId isMultibyte isNumberString isOctal isPassportNumber ' +
  'isPhoneNumber isPort isPostalCode isRgbColor isSemVer isSurrogatePair isTaxId isTimeZone ' +
  'isUppercase isVariableWidth'
).split(' ')

const CODES = {
  required: ['isDefined', 'isNotEmpty'],
  unknown_field: ['whitelistValidation'],
  not_allowed: ['equals', 'notEquals', 'isEnum', 'isIn', 'isNotIn'],
  too_short: ['minLength'],
  too_long: ['maxLength'],
  wrong_length: ['isLength', 'isByteLength'],
  too_few_items: ['arrayMinSize', 'arrayNotEmpty', 'isNotEmptyObject'],
  too_many_items: ['arrayMaxSize'],
  duplicate_items: ['arrayUnique'],
  too_small: ['min'],
  too_large: ['max'],
  not_multiple: ['isDivisibleBy'],
  not_integer: ['isInt'],
  too_early: ['minDate'],
  too_late: ['maxDate'],
  invalid_type: ['isInstance'],
  invalid_format: ['matches', 'isStrongPassword'],
  invalid_email: ['isEmail'],
  invalid_url: ['isUrl'],
  invalid_uuid: ['isUuid'],
  invalid_ip: ['isIp'],
  invalid_date: ['isDate', 'isDateString', 'isIso8601', 'isRFC3339', 'isMilitaryTime'],
} as const satisfies Readonly<Partial<Record<FieldCode, readonly string[]>>>

const TYPES = ['isString', 'isNumber', 'isBoolean', 'isArray', 'isObject']

const FINDINGS: ReadonlyMap<string, Finding> = new Map([
  ...Object.entries(CODES).flatMap(([code, names]) =>
    names.map((name): [string, Finding] => [name, { code: code as FieldCode }]),
  ),
  ...TYPES.map((name) => [name, wrongType(name.slice(2).toLowerCase())] as const),
  ...FORMATS.map((name) => [name, wrongFormat(name.slice(2))] as const),
  ['isPositive', tooLittle('number', 0, true)],
  ['isNegative', tooMuch('number', 0, true)],
  ['nestedValidation', wrongType('object')],
])

/** The rest: `contains`, `arrayContains`, and what the app checks itself. */
function findingOf(name: string): Finding {
  return FINDINGS.get(name) ?? { code: 'invalid' }
}
