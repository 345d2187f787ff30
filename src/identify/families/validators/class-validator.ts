import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldCode, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import { listRules } from './error-lists.ts'
import { has, namesIn } from './fields.ts'
import { tooLittle, tooMuch, wrongFormat, wrongType, type Finding } from './finding.ts'
import { indexOrKey } from './parse-path.ts'

/** `validateOrReject` rejects with an array, and several of them make an array of arrays. */
export const classValidator = listRules('class-validator', 'property', classValidatorProblems)

const MAX_ERRORS = 4 * MAX_FIELDS
const MAX_LISTS = 1000

interface Place {
  readonly error: unknown
  readonly path: readonly (string | number)[]
}

/** https://github.com/typestack/class-validator#validation-errors. Their limits stand only in their messages. */
export function* classValidatorProblems(
  errors: unknown,
  ...root: readonly string[]
): Generator<FieldProblem> {
  // Grows while it is walked, so that what is in an object comes after it.
  const places: Place[] = []
  enterLists(places, errors, root)
  enter(places, errors, root)
  for (const { error, path } of places) {
    const value = read(error, 'value')
    for (const name of constraintNames(read(error, 'constraints'))) {
      // A hidden value is no property at all.
      const isMissing = value === undefined && has(error, 'value') && !OF_UNKNOWN.has(name)
      yield { path: fieldPath(path), ...(isMissing ? { code: 'required' } : findingOf(name)), value }
    }
    enter(places, read(error, 'children'), path)
  }
}

/** `Promise.all(inputs.map((input) => validate(input)))` makes a list for each input, which may be empty. */
function enterLists(places: Place[], lists: unknown, path: Place['path']): void {
  let left = MAX_ERRORS
  for (let index = 0; index < MAX_LISTS && left > 0; index++) {
    const list = read(lists, index)
    if (!isArray(list)) return
    const errors = readItems(list, left)
    left -= errors.length
    enter(places, errors, [...path, index])
  }
}

function enter(places: Place[], errors: unknown, path: Place['path']): void {
  for (const error of readItems(errors, MAX_FIELDS)) {
    if (places.length === MAX_ERRORS) return
    const property = read(error, 'property')
    if (property === undefined && isList(error)) places.push({ error, path })
    if (typeof property !== 'string') continue
    if (!isArray(read(error, 'children')) && typeof read(error, 'constraints') !== 'object') continue
    places.push({ error, path: [...path, indexOrKey(property)] })
  }
}

/** Whether it says that a list was sent for an object. Another value that is unknown to it is the app's mistake. */
function isList(error: unknown): boolean {
  return isArray(read(error, 'target')) && typeof read(read(error, 'constraints'), UNKNOWN_VALUE) === 'string'
}

const UNKNOWN_VALUE = 'unknownValue'
/** What is unknown is there, whatever stands for its value. */
const OF_UNKNOWN = new Set(['whitelistValidation', UNKNOWN_VALUE])

/** Beside its name stands the message of a constraint, not its limit. */
function constraintNames(constraints: unknown): readonly string[] {
  return namesIn(constraints).filter((name) => typeof read(constraints, name) === 'string')
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
  [UNKNOWN_VALUE, wrongType('object')],
])

/** The rest: `contains`, `arrayContains`, and what the app checks itself. */
function findingOf(name: string): Finding {
  return FINDINGS.get(name) ?? { code: 'invalid' }
}
