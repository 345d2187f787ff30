import { read } from '../../../guard/read.ts'
import { tooLittle, tooMuch, wrongFormat, wrongType, type Finding } from './finding.ts'
import { types } from '../../native.ts'

/** Returns what is wrong with one path, by the kinds that https://mongoosejs.com/docs/validation.html names. */
export function findingOf(error: unknown): Finding {
  switch (read(error, 'name')) {
    case 'CastError':
      return notCast(read(error, 'kind'))
    case 'StrictModeError':
      return { code: read(error, 'isImmutableError') === true ? 'invalid' : 'unknown_field' }
    case 'ObjectExpectedError':
      return wrongType('object')
    case 'ValidatorError':
      return notValid(read(error, 'kind'), read(error, 'properties'))
    default:
      return { code: 'invalid' }
  }
}

/** The names of schema types, which are in lower case in some places. */
const TYPES: ReadonlyMap<string, Finding> = new Map([
  ['string', wrongType('string')],
  ['number', wrongType('number')],
  ['double', wrongType('number')],
  ['decimal128', wrongType('number')],
  ['int32', wrongType('integer')],
  ['bigint', wrongType('integer')],
  ['boolean', wrongType('boolean')],
  ['date', wrongType('date')],
  ['array', wrongType('array')],
  ['map', wrongType('object')],
  ['embedded', wrongType('object')],
  ['object', wrongType('object')],
  ['uuid', wrongFormat('uuid')],
  ['objectid', wrongFormat('ObjectId')],
])

/** `[Number]` is what an item of an array should be. */
function notCast(kind: unknown): Finding {
  if (typeof kind !== 'string' || kind.length > 64) return { code: 'invalid_type' }
  return TYPES.get(kind.toLowerCase().replace(/^\[(\w+)\]$/, '$1')) ?? { code: 'invalid_type' }
}

function notValid(kind: unknown, properties: unknown): Finding {
  switch (kind) {
    case 'required':
      return { code: 'required' }
    case 'min': {
      const min = read(properties, 'min')
      return tooLittle(types.isDate(min) ? 'date' : 'number', min)
    }
    case 'max': {
      const max = read(properties, 'max')
      return tooMuch(types.isDate(max) ? 'date' : 'number', max)
    }
    case 'minlength':
      return tooLittle('text', read(properties, 'minlength'))
    case 'maxlength':
      return tooMuch('text', read(properties, 'maxlength'))
    case 'enum':
      return { code: 'not_allowed' }
    case 'regexp':
      return wrongFormat()
    default:
      // `user defined`, and the kinds of an app's own.
      return { code: 'invalid' }
  }
}
