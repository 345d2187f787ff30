import { Schema as Effect4Schema, Effect as Effect4 } from 'effect'
import { Effect as Effect3, Schema as Effect3Schema } from 'effect3'
import { SchemaError } from '@standard-schema/utils'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import vine from '@vinejs/vine'
import { type as arktype } from 'arktype'
import * as s from 'superstruct'
import { Type as Type034 } from '@sinclair/typebox'
import { Value as Value034 } from '@sinclair/typebox/value'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import * as v from 'valibot'
import { z } from 'zod'
import { conditionCatalog } from '../support/conditions.ts'
import { becomes, type Row } from './becomes.ts'

const secret = 'hunter2'

const required = { code: 'required', message: 'This field is required' }
const unknown = { code: 'unknown_field', message: 'Unknown field' }
const notAllowed = { code: 'not_allowed', message: 'Not one of the allowed values' }
const noMatch = { code: 'no_match', message: 'Matches none of the allowed forms' }
const notInteger = { code: 'not_integer', message: 'Must be a whole number' }
const invalid = { code: 'invalid', message: 'Invalid value' }
const email = { code: 'invalid_email', message: 'Invalid email address' }
const format = { code: 'invalid_format', message: 'Invalid format' }
const tooShort = { code: 'too_short', message: 'Too short; minimum length: 2', params: { min: 2 } }

function wrongType(expected: string): object {
  return { code: 'invalid_type', message: `Wrong type; expected: ${expected}`, params: { expected } }
}

function refused(what: string, fail: () => unknown, fields: readonly object[]): Row {
  return { what, fail, becomes: 'validation-failed', fields }
}

async function validate(schema: StandardSchemaV1, value: unknown): Promise<never> {
  const { issues } = await schema['~standard'].validate(value)
  throw new SchemaError(issues!)
}

const input = { name: 's', 'a/b': ['1', 1.5], kind: secret, extra: secret }

const typebox = Type.Object(
  {
    name: Type.String({ minLength: 2 }),
    'a/b': Type.Array(Type.Integer()),
    kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
    age: Type.Number(),
  },
  { additionalProperties: false },
)

becomes('R10: typebox 1', [
  refused('Parse', () => Value.Parse(typebox, input), [{ path: 'age', ...required }]),
  refused('a compiled Parse', () => Compile(typebox).Parse(input), [{ path: 'age', ...required }]),
  refused(
    'Errors, thrown as they are',
    () => {
      throw Value.Errors(
        Type.Object({ n: Type.Number({ minimum: 3 }), e: Type.String({ format: 'email' }) }),
        { n: 1, e: secret },
      )
    },
    [
      { path: 'n', code: 'too_small', message: 'Too small; minimum: 3', params: { min: 3 } },
      { path: 'e', ...email },
    ],
  ),
  refused(
    'Assert with two members missing and one too many',
    () =>
      Value.Assert(Type.Object({ a: Type.Number(), b: Type.Number() }, { additionalProperties: false }), {
        extra: secret,
      }),
    [
      { path: 'a', ...required },
      { path: 'b', ...required },
      { path: 'extra', ...unknown },
    ],
  ),
  {
    what: "Encode, which is the app's own",
    fail: () => Value.Encode(Type.Object({ n: Type.Number() }), { n: secret }),
    becomes: undefined,
  },
])

const typebox034 = Type034.Object(
  {
    name: Type034.String({ minLength: 2 }),
    'a/b': Type034.Array(Type034.Integer()),
    kind: Type034.Union([Type034.Literal('a'), Type034.Literal('b')]),
    age: Type034.Number(),
    n: Type034.Number({ minimum: 3 }),
  },
  { additionalProperties: false },
)
const input034 = { ...input, 'a/b': [secret, 1.5], n: 1 }
const typebox034Fields = [
  { path: 'age', ...required },
  { path: 'extra', ...unknown },
  { path: 'name', ...tooShort },
  { path: '["a/b"][0]', ...notInteger },
  { path: '["a/b"][1]', ...notInteger },
  { path: 'kind', ...noMatch },
  { path: 'n', code: 'too_small', message: 'Too small; minimum: 3', params: { min: 3 } },
]

const decoded034 = Type034.Object({
  n: Type034.Transform(Type034.Number())
    .Decode((value) => value)
    .Encode((value) => value),
})

becomes('R10: typebox 0.34', [
  refused('Assert', () => Value034.Assert(typebox034, input034), typebox034Fields),
  refused('Parse', () => Value034.Parse(Type034.Number(), secret), [{ path: '', ...wrongType('number') }]),
  refused(
    'Errors, thrown as a list',
    () => {
      throw [...Value034.Errors(typebox034, input034)]
    },
    typebox034Fields,
  ),
  refused(
    '100,000 errors',
    () =>
      Value034.Assert(
        Type034.Array(Type034.Number()),
        Array.from({ length: 100_000 }, () => secret),
      ),
    Array.from({ length: 50 }, (_, index) => ({ path: `[${index}]`, ...wrongType('number') })),
  ),
  refused('Decode', () => Value034.Decode(decoded034, { n: secret }), [
    { path: 'n', ...wrongType('number') },
  ]),
  {
    what: "Encode, which is the app's own",
    fail: () => Value034.Encode(decoded034, { n: secret }),
    becomes: undefined,
  },
])

const effect3 = Effect3Schema.Struct({
  name: Effect3Schema.String.pipe(Effect3Schema.minLength(2)),
  'a/b': Effect3Schema.Array(Effect3Schema.Int),
  kind: Effect3Schema.Literal('a', 'b'),
  age: Effect3Schema.Number,
})
const effectFields = [
  { path: 'extra', ...unknown },
  { path: 'name', ...tooShort },
  { path: '["a/b"][0]', ...wrongType('number') },
  { path: '["a/b"][1]', ...notInteger },
  { path: 'kind', ...notAllowed },
  { path: 'age', ...required },
]
const all = { errors: 'all', onExcessProperty: 'error' } as const

becomes('R10: effect 3', [
  refused('decodeUnknownSync', () => Effect3Schema.decodeUnknownSync(effect3, all)(input), effectFields),
  refused('the first problem alone', () => Effect3Schema.decodeUnknownSync(effect3)(input), [
    { path: 'name', ...tooShort },
  ]),
  refused(
    'decodeUnknownPromise',
    () => Effect3Schema.decodeUnknownPromise(effect3, all)(input),
    effectFields,
  ),
  refused(
    'runPromise',
    () => Effect3.runPromise(Effect3Schema.decodeUnknown(effect3, all)(input)),
    effectFields,
  ),
  refused(
    'a number in a text, limits and a union',
    () =>
      Effect3Schema.decodeUnknownSync(
        Effect3Schema.Struct({
          n: Effect3Schema.NumberFromString,
          b: Effect3Schema.Number.pipe(Effect3Schema.between(3, 4)),
          g: Effect3Schema.Number.pipe(Effect3Schema.greaterThan(3)),
          u: Effect3Schema.Union(Effect3Schema.Number, Effect3Schema.Boolean),
          i: Effect3Schema.UUID,
        }),
        all,
      )({ n: secret, b: 5, g: 3, u: secret, i: secret }),
    [
      { path: 'n', ...wrongType('number') },
      { path: 'b', code: 'too_large', message: 'Too large; maximum: 4', params: { max: 4 } },
      { path: 'g', code: 'not_greater', message: 'Must be greater than 3', params: { min: 3 } },
      { path: 'u', ...noMatch },
      { path: 'i', code: 'invalid_uuid', message: 'Invalid UUID' },
    ],
  ),
])

const effect4 = Effect4Schema.Struct({
  name: Effect4Schema.String.check(Effect4Schema.isMinLength(2)),
  'a/b': Effect4Schema.Array(Effect4Schema.Int),
  kind: Effect4Schema.Literals(['a', 'b']),
  age: Effect4Schema.Number,
})

function throwConflict(): never {
  const factories: Readonly<Record<string, () => Error>> = conditionCatalog.errors
  throw factories['conflict']!()
}

becomes('R10: an error of the app that an effect throws', [
  { what: 'effect 3', fail: () => Effect3.runPromise(Effect3.sync(throwConflict)), becomes: 'conflict' },
  { what: 'effect 4', fail: () => Effect4.runPromise(Effect4.sync(throwConflict)), becomes: 'conflict' },
])

becomes('R10: effect 4', [
  refused('decodeUnknownSync', () => Effect4Schema.decodeUnknownSync(effect4, all)(input), effectFields),
  refused(
    'runPromise',
    () => Effect4.runPromise(Effect4Schema.decodeUnknownEffect(effect4, all)(input)),
    effectFields,
  ),
  refused(
    'limits and a union',
    () =>
      Effect4Schema.decodeUnknownSync(
        Effect4Schema.Struct({
          g: Effect4Schema.Number.check(Effect4Schema.isGreaterThan(3)),
          l: Effect4Schema.Array(Effect4Schema.Number).check(Effect4Schema.isMaxLength(1)),
          u: Effect4Schema.Union([Effect4Schema.Number, Effect4Schema.Boolean]),
          p: Effect4Schema.String.check(Effect4Schema.isPattern(/x/)),
        }),
        all,
      )({ g: 3, l: [1, 2], u: secret, p: secret }),
    [
      { path: 'g', code: 'not_greater', message: 'Must be greater than 3', params: { min: 3 } },
      { path: 'l', code: 'too_many_items', message: 'Too many items; maximum: 1', params: { max: 1 } },
      { path: 'u', ...noMatch },
      { path: 'p', ...format },
    ],
  ),
])

const struct = s.object({
  name: s.nonempty(s.string()),
  'a/b': s.array(s.integer()),
  kind: s.enums(['a', 'b']),
  age: s.number(),
  code: s.pattern(s.string(), /^x$/),
  count: s.min(s.number(), 3),
})

becomes('R10: superstruct', [
  refused('all failures', () => s.assert({ ...input, name: '', code: secret, count: 1 }, struct), [
    { path: 'name', code: 'too_short', message: 'Too short; minimum length: 1', params: { min: 1 } },
    { path: '["a/b"][0]', ...notInteger },
    { path: '["a/b"][1]', ...notInteger },
    { path: 'kind', ...notAllowed },
    { path: 'age', ...required },
    { path: 'code', ...format },
    { path: 'count', code: 'too_small', message: 'Too small' },
    { path: 'extra', ...unknown },
  ]),
  refused(
    'a check of the app that fails while the failures are asked for',
    () =>
      s.assert(
        { a: secret, b: 1 },
        s.object({
          a: s.number(),
          b: s.refine(s.number(), 'b', () => {
            throw new Error(secret)
          }),
        }),
      ),
    [{ path: 'a', ...wrongType('number') }],
  ),
  refused(
    '100,000 failures',
    () =>
      s.assert(
        Array.from({ length: 100_000 }, () => secret),
        s.array(s.number()),
      ),
    Array.from({ length: 50 }, (_, index) => ({ path: `[${index}]`, ...wrongType('number') })),
  ),
])

becomes('R10: vine', [
  refused(
    'validate',
    () =>
      vine.validate({
        schema: vine.object({
          name: vine.string().minLength(2),
          items: vine.array(vine.object({ n: vine.number().min(3) })),
          kind: vine.enum(['a', 'b']),
          age: vine.number(),
          email: vine.string().email(),
          code: vine.string().regex(/^x$/),
        }),
        data: { ...input, items: [{ n: 1 }, { n: secret }], email: secret, code: secret },
      }),
    [
      { path: 'name', ...tooShort },
      { path: 'items[0].n', code: 'too_small', message: 'Too small; minimum: 3', params: { min: 3 } },
      { path: 'items[1].n', ...wrongType('number') },
      { path: 'kind', ...notAllowed },
      { path: 'age', ...required },
      { path: 'email', ...email },
      { path: 'code', ...format },
    ],
  ),
])

becomes('R10: the SchemaError of Standard Schema', [
  refused('with the issues of zod', () => validate(z.object({ name: z.string().min(2) }), input), [
    { path: 'name', ...tooShort },
  ]),
  refused(
    'with the issues of valibot',
    () => validate(v.object({ name: v.pipe(v.string(), v.minLength(2)) }), input),
    [{ path: 'name', ...tooShort }],
  ),
  refused('with the errors of arktype', () => validate(arktype({ name: 'string >= 2' }), input), [
    { path: 'name', ...tooShort },
  ]),
  refused(
    'with the issues of effect, which know a path alone',
    () => validate(Effect3Schema.standardSchemaV1(effect3), { ...input, 'a/b': [], age: 1, kind: 'a' }),
    [{ path: 'name', ...invalid }],
  ),
  refused(
    'with segments that are objects',
    () => {
      throw new SchemaError([{ message: secret, path: ['a', { key: 'b' }, { key: 0 }] }, { message: secret }])
    },
    [
      { path: 'a.b[0]', ...invalid },
      { path: '', ...invalid },
    ],
  ),
])
