import { isArray, read } from '../../../guard/read.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'
import { withChosenStatus } from '../chosen-status.ts'
import { isError } from '../is-error.ts'
import { ajvProblems } from '../validators/ajv.ts'
import { fieldsOf } from '../validators/fields.ts'

const from = 'fastify'
const property = 'code'

const VALIDATION = {
  from,
  property,
  values: ['FST_ERR_VALIDATION'],
  matches: isOfValidation,
  condition: 'validation-failed',
} as const

const OF_REQUESTS: readonly ConditionRule[] = [
  {
    ...VALIDATION,
    // https://fastify.dev/docs/latest/Reference/Validation-and-Serialization/#error-handling
    extract: (error) => fieldsOf(ajvProblems(read(error, 'validation'), partOf(error))),
  },
  // Of another validator's errors nothing is known.
  VALIDATION,
  {
    from,
    property,
    values: [
      'FST_ERR_CTP_EMPTY_JSON_BODY',
      'FST_ERR_CTP_INVALID_JSON_BODY',
      'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
    ],
    matches: isOfFastify,
    condition: 'malformed-body',
  },
  {
    from,
    property,
    values: ['FST_ERR_CTP_BODY_TOO_LARGE'],
    matches: isOfFastify,
    condition: 'body-too-large',
  },
  {
    from,
    property,
    values: ['FST_ERR_CTP_INVALID_MEDIA_TYPE'],
    matches: isOfFastify,
    condition: 'unsupported-media-type',
  },
]

/** https://fastify.dev/docs/latest/Reference/Errors/: the status that it gives its other errors is right. */
export const fastify: readonly LibraryRule[] = [
  ...OF_REQUESTS.map(withChosenStatus),
  {
    from: 'fastify, where the app calls it wrongly',
    property,
    // The status of both is 400.
    values: ['FST_ERR_CTP_INSTANCE_ALREADY_STARTED', 'FST_ERR_INVALID_URL'],
    matches: isOfFastify,
    isFault: true,
  },
]

function isOfFastify(error: object): boolean {
  return read(error, 'name') === 'FastifyError' && isError(error)
}

/** The app may format the error, which leaves it any name. */
function isOfValidation(error: object): boolean {
  return isArray(read(error, 'validation')) && PARTS.has(read(error, 'validationContext')) && isError(error)
}

/** The part of the request, as other validators name it. */
const PARTS: ReadonlyMap<unknown, string> = new Map([
  ['body', 'body'],
  ['headers', 'headers'],
  ['params', 'params'],
  ['querystring', 'query'],
])

function partOf(error: object): string {
  return PARTS.get(read(error, 'validationContext')) ?? ''
}
