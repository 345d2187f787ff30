import type { Code } from '../../catalog/code.ts'
import type { EnvelopeName } from '../../catalog/envelope.ts'
import { refTo, type OpenapiSchema } from './schema.ts'
import type { CodeFacts } from './told.ts'

/** What is known of the errors that a body tells. */
export interface BodyFacts {
  /** The code of each, and that of its last parent. Undefined: any. */
  readonly codes: readonly CodeFacts[] | undefined
  /** What a code is, where it may be any. */
  readonly anyCode: OpenapiSchema
  /** The names of the params that are sent. Undefined: none are. */
  readonly params: readonly string[] | undefined
  /** Whether an answer tells more than its error: details, params, further errors. */
  readonly isConstant: boolean
  /** Begins the names of the components of all bodies. */
  readonly name: string
  /** Begins the names of the components of its own. */
  readonly prefix: string
}

const TEXT: OpenapiSchema = { type: 'string' }
const VALUE: OpenapiSchema = { type: ['string', 'number'] }

/** Writes the schema of a body in one of our envelopes. Its members are described where it is that of any error. */
export const BODIES: Readonly<Record<EnvelopeName, (facts: BodyFacts) => OpenapiSchema>> = {
  flat: (facts) =>
    object(['code', 'message'], { code: codeOf(facts), message: messageOf(facts), ...occurrence(facts) }),

  nested: (facts) =>
    object(['error'], {
      error: object(['code', 'message', 'request_id'], {
        code: codeOf(facts),
        message: messageOf(facts),
        request_id: requestIdOf(facts),
        ...occurrence(facts),
      }),
    }),

  composite: (facts) =>
    object(['code', 'message'], {
      code: rootOf(facts),
      message: { ...messageOf(facts), ...compositePattern(facts) },
      ...occurrence(facts),
    }),

  'two-level': (facts) => {
    const { details, ...others } = occurrence(facts)
    return object(['code', 'sub_code', 'message', 'data'], {
      code: rootOf(facts),
      sub_code: subCodeOf(facts),
      message: messageOf(facts),
      data: details ?? { type: 'null' },
      ...others,
    })
  },

  problem: (facts) =>
    object(['type', 'title', 'status', 'detail', 'code'], {
      type: described(facts, 'The address of the documentation of the code.', {
        ...TEXT,
        format: 'uri-reference',
      }),
      title: described(facts, 'Says the same for every occurrence.', TEXT),
      status: described(facts, 'The HTTP status of the answer.', { type: 'integer' }),
      detail: messageOf(facts),
      code: codeOf(facts),
      action: described(facts, 'Says what to do about it.', TEXT),
      request_id: requestIdOf(facts),
      ...(facts.isConstant ? {} : { 'violated-policies': policiesOf(facts) }),
      ...occurrence(facts),
    }),
}

function described({ codes }: BodyFacts, description: string, schema: OpenapiSchema): OpenapiSchema {
  return codes === undefined ? { description, ...schema } : schema
}

function messageOf(facts: BodyFacts): OpenapiSchema {
  return described(facts, 'The text for people, in the language of Content-Language.', TEXT)
}

function requestIdOf(facts: BodyFacts): OpenapiSchema {
  return described(facts, 'The id that the log of the server has, too.', TEXT)
}

function policiesOf(facts: BodyFacts): OpenapiSchema {
  const description = 'The rate-limit policies that refused the request, by name.'
  return described(facts, description, { type: 'array', items: TEXT })
}

/** The form of further errors that stand in a body. */
const FURTHER: Readonly<Record<EnvelopeName, 'flat' | 'composite' | 'two-level'>> = {
  flat: 'flat',
  nested: 'flat',
  composite: 'composite',
  'two-level': 'two-level',
  problem: 'flat',
}

/** Writes the schemas of what bodies in all of our envelopes have in common, by the names of their components. */
export function partsOfAll(facts: BodyFacts): ReadonlyMap<string, OpenapiSchema> {
  return new Map([
    [detailsName(facts), DETAILS(facts)],
    [fieldName(facts), FIELD],
  ])
}

/** Writes the schema of a further error in one of our envelopes, under the name of its component. */
export function furtherOf(
  envelope: EnvelopeName,
  facts: BodyFacts,
): readonly [name: string, schema: OpenapiSchema] {
  // Another catalog may have it.
  const anyCode = { type: ['integer', 'string'] }
  const further = BODIES[FURTHER[envelope]]({ ...facts, codes: undefined, anyCode })
  // It has none itself.
  const { errors: _, ...properties } = further['properties'] as Record<string, OpenapiSchema>
  const description = 'An error that is told beside the first one.'
  return [furtherName(facts), { description, ...further, properties }]
}

const detailsName = ({ name }: BodyFacts): string => `${name}Details`
const fieldName = ({ name }: BodyFacts): string => `${name}FieldProblem`
const furtherName = ({ prefix }: BodyFacts): string => `${prefix}FurtherError`

// Both without a type, as what is too large for an answer is cut, and a text stands in its place.
const DETAILS = (facts: BodyFacts): OpenapiSchema => ({
  description:
    'What is known besides, as the API gives it. `fields` tells what is wrong with the request, field by field.',
  properties: { fields: { items: refTo('schemas', fieldName(facts)) } },
})

const FIELD: OpenapiSchema = {
  description: 'What is wrong with a field of the request.',
  properties: {
    path: { ...TEXT, description: 'Its place below the root: `items[0].name`. Empty for the root itself.' },
    code: { ...TEXT, description: 'What is wrong, such as `too_short`. More codes may come.' },
    message: { ...TEXT, description: 'The same for people.' },
    params: { description: 'The limits that it broke.' },
    value: { description: 'What was sent.' },
  },
}

function object(
  required: readonly string[],
  properties: Readonly<Record<string, OpenapiSchema>>,
): OpenapiSchema {
  return { type: 'object', required, properties }
}

function codeOf({ codes, anyCode }: BodyFacts): OpenapiSchema {
  return codes === undefined ? anyCode : oneOfCodes(codes.map(({ code }) => code))
}

function rootOf({ codes, anyCode }: BodyFacts): OpenapiSchema {
  return codes === undefined ? anyCode : oneOfCodes(codes.map(({ code, parent }) => parent ?? code))
}

function subCodeOf({ codes, anyCode }: BodyFacts): OpenapiSchema {
  if (codes === undefined) return { ...anyCode, type: [anyCode['type'], 'null'].flat() }
  return oneOfCodes(codes.map(({ code, parent }) => (parent === undefined ? null : code)))
}

/** The codes that an integer of 32 bits cannot hold. */
export function isLarge(code: unknown): boolean {
  return typeof code === 'number' && (code > 2 ** 31 - 1 || code < -(2 ** 31))
}

function oneOfCodes(codes: readonly (Code | null)[]): OpenapiSchema {
  const values = [...new Set(codes)]
  const types = [...new Set(values.map(typeOfCode))]
  return {
    type: types.length === 1 ? types[0] : types,
    ...(values.some(isLarge) ? { format: 'int64' } : {}),
    ...(values.length === 1 ? { const: values[0] } : { enum: values }),
  }
}

function typeOfCode(code: Code | null): string {
  if (code === null) return 'null'
  return typeof code === 'number' ? 'integer' : 'string'
}

/** In front of the text stands the code, where the common one has its place. */
function compositePattern({ codes = [] }: BodyFacts): OpenapiSchema {
  const [first, ...others] = codes
    .filter(({ parent }) => parent !== undefined)
    .map(({ code }) => escaped(code))
  if (first === undefined || others.length + 1 < codes.length) return {}
  return { pattern: others.length === 0 ? `^\\(${first}\\)` : `^\\((?:${[first, ...others].join('|')})\\)` }
}

// ECMA-262, section 22.2.1, SyntaxCharacter. With the flag u, which validators set, no other character may be escaped.
function escaped(code: Code): string {
  return String(code).replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`)
}

/** What one throw adds to its error. */
function occurrence(facts: BodyFacts): Readonly<Record<string, OpenapiSchema>> {
  const { isConstant, params } = facts
  if (isConstant) return {}
  return {
    details: refTo('schemas', detailsName(facts)),
    ...(params === undefined ? {} : { params: paramsOf(facts, params) }),
    errors: described(facts, 'Further errors.', {
      type: 'array',
      items: refTo('schemas', furtherName(facts)),
    }),
  }
}

function paramsOf(facts: BodyFacts, names: readonly string[]): OpenapiSchema {
  return described(facts, 'The values in the text, by name.', {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, VALUE])),
    additionalProperties: VALUE,
  })
}
