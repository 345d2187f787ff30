import { Ajv } from 'ajv'
import { type } from 'arktype'
import { IsInt, validateOrReject } from 'class-validator'
import { body, validationResult } from 'express-validator'
import * as fc from 'fast-check'
import createError from 'http-errors'
import joi from 'joi'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import * as yup from 'yup'
import * as z from 'zod'
import { z as z3 } from 'zod3'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import { FIELD_TEXTS } from '../../../src/catalog/field-texts.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import type { Route } from '../../support/frameworks.ts'
import { answersTo, errorHeaders, everywhere } from '../../support/answers.ts'
import { invalid, invalidAs, told, unrecognized, type Field } from './validators/told.ts'
import { failureOf } from '../../support/failure-of.ts'

const facts = { encoded: false, contentType: 'application/json', authorization: undefined, clientGone: false }

class Order {
  count: unknown = 'hunter2'
}
IsInt()(Order.prototype, 'count')

const input = { count: 'hunter2' }

/** What each library throws for a text where a number is asked for, by its name. */
const failing: Readonly<Record<string, Route>> = {
  'zod 4': () => z.object({ count: z.int() }).parse(input, { reportInput: true }),
  'zod 3': () => z3.object({ count: z3.number().int() }).parse(input),
  valibot: () => v.parse(v.object({ count: v.number() }), input),
  arktype: () => type({ count: 'number' }).assert(input),
  joi: () => joi.attempt(input, joi.object({ count: joi.number() })),
  yup: () => yup.object({ count: yup.number() }).validate(input),
  ajv: () =>
    new Ajv({ verbose: true }).compile({
      $async: true,
      type: 'object',
      properties: { count: { type: 'number' } },
    })(input),
  'class-validator': () => validateOrReject(new Order()),
  async 'express-validator'() {
    const request = { body: input }
    await body('count').isInt().run(request)
    validationResult(request).throw()
  },
}

const isNumber = { code: 'invalid_type', params: { expected: 'number' } }
const fields: Readonly<
  Record<string, { readonly path?: string; readonly code: string; readonly params?: object }>
> = {
  'zod 4': isNumber,
  'zod 3': isNumber,
  valibot: isNumber,
  arktype: isNumber,
  joi: isNumber,
  yup: isNumber,
  ajv: isNumber,
  'class-validator': { code: 'not_integer' },
  'express-validator': { path: 'body.count', code: 'invalid' },
}

const english: Readonly<Record<string, string>> = {
  invalid_type: 'Wrong type; expected: number',
  not_integer: 'Must be a whole number',
  invalid: 'Invalid value',
}
const chinese: typeof english = {
  invalid_type: '型別錯誤，應為：number',
  not_integer: '必須是整數',
  invalid: '值無效',
}

function fieldOf(library: string, messages: typeof english): object {
  const { path = 'count', code, params } = fields[library]!
  return { path, code, message: messages[code], ...(params === undefined ? {} : { params }) }
}

describe('an error of a validator, wherever it is thrown', () => {
  for (const [library, fail] of Object.entries(failing)) {
    test(`of ${library} is answered with its fields, in the language of the client`, async () => {
      const answers = await answersTo(fail, {}, { headers: { 'Accept-Language': 'zh-TW' } })
      expect(answers).toEqual(
        everywhere({
          status: 400,
          headers: errorHeaders('zh-TW'),
          body: {
            code: 400,
            message: '請求無效（JSON 解析失敗或缺少必填欄位）',
            details: { fields: [fieldOf(library, chinese)] },
          },
        }),
      )
    })

    test(`of ${library} tells the value where the app exposes values`, async () => {
      // An error of zod 3 does not hold it.
      const value = library === 'zod 3' ? {} : { value: 'hunter2' }
      const error = await failureOf(fail as () => unknown)
      expect(told(error, { reveal: { values: true } })).toEqual(
        invalidAs([{ ...fieldOf(library, english), ...value }]),
      )
    })
  }
})

describe('the details of fields', () => {
  const fields = [
    ['text', 'required'],
    ['count', 'too_small'],
    ['other', 'unknown_field'],
  ] as const
  const schema = z.strictObject({ text: z.string(), count: z.number().min(3) })
  const fail = (): unknown => schema.parse({ count: 1, other: 'hunter2' })

  const languages: Readonly<Record<string, readonly string[]>> = {
    en: ['This field is required', 'Too small; minimum: 3', 'Unknown field'],
    de: ['Dieses Feld ist erforderlich', 'Zu klein; Mindestwert: 3', 'Unbekanntes Feld'],
    es: ['Este campo es obligatorio', 'Valor demasiado pequeño; mínimo: 3', 'Campo desconocido'],
    fr: ['Ce champ est obligatoire', 'Valeur trop petite\u00A0; minimum\u00A0: 3', 'Champ inconnu'],
    ja: ['このフィールドは必須です。', '値が小さすぎます（最小値：3）。', '不明なフィールドです。'],
    'zh-CN': ['该字段为必填项', '值过小，最小值：3', '未知字段'],
    'zh-TW': ['此欄位為必填', '值過小，最小值：3', '未知的欄位'],
  }
  for (const [locale, texts] of Object.entries(languages)) {
    test(`are in the language of the answer: ${locale}`, async () => {
      const answer = told(await failureOf(fail), { catalog: secrets, locale: () => locale })
      const [text, count, other] = fields.map(([path, code], index) => ({
        path,
        code,
        message: texts[index],
      }))
      expect(answer).toEqual({
        status: 422,
        body: {
          error: {
            code: 'validation_error',
            message: expect.any(String) as string,
            request_id: 't-1',
            details: { fields: [text, { ...count, params: { min: 3 } }, other] },
          },
        },
      })
    })
  }

  test('are in the language of the message where the catalog has no text in that of the client', async () => {
    expect(told(await failureOf(fail), { locale: () => 'ja' })).toEqual(
      invalid(
        ['text', 'required', 'This field is required'],
        ['count', 'too_small', 'Too small; minimum: 3', { min: 3 }],
        ['other', 'unknown_field', 'Unknown field'],
      ),
    )
  })
})

test('an error with more than 50 problems tells of the first 50', async () => {
  const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, index]))
  const answer = told(await failureOf(() => z.strictObject({ a: z.string() }).parse(unknown)))
  const first = Array.from({ length: 49 }, (_, index): Field => [
    `f${index}`,
    'unknown_field',
    'Unknown field',
  ])
  expect(answer).toEqual(invalid(['a', 'required', 'This field is required'], ...first))
})

const throwing = (): never => {
  throw new Error('hostile')
}
const trap = new Proxy(
  {},
  { get: throwing, has: throwing, ownKeys: throwing, getOwnPropertyDescriptor: throwing },
)
const unprintable = { toString: throwing, valueOf: throwing, toJSON: throwing }
const { proxy: revoked, revoke } = Proxy.revocable([], {})
revoke()
const endless: object = new Proxy(() => endless, { get: () => endless, ownKeys: () => ['a', 'prototype'] })
const cyclic: unknown[] = []
cyclic.push(cyclic, {
  code: 'invalid_type',
  path: cyclic,
  property: 'a',
  children: cyclic,
  constraints: cyclic,
})

/** What libraries have that throw Errors. */
const anError = { stack: 'instance x', message: 'x', status: 200 }

/** Where each library keeps its problems. */
const wrappers: Readonly<Record<string, (problems: unknown) => unknown>> = {
  zod: (issues) => ({ name: 'ZodError', issues }),
  valibot: (issues) => ({ name: 'ValiError', issues }),
  arktype: (arkErrors) => ({ name: 'TraversalError', arkErrors }),
  joi: (details) => ({ name: 'ValidationError', isJoi: true, details }),
  celebrate: (details) => ({ details }),
  'celebrate with a Map': (error) => ({ details: new Map([['body', error]]) }),
  yup: (inner) => ({ name: 'ValidationError', errors: [], inner }),
  'ajv and express-validator': (errors) => ({ errors }),
  'express-json-validator-middleware': (body) => ({
    name: 'JsonSchemaValidationError',
    validationErrors: { body },
  }),
  'express-joi-validation': (details) => ({ type: 'body', error: { isJoi: true, details } }),
  'an array': (problems) => problems,
}

/** The same of those whose problems are no list, or have nothing in common with the others'. */
const others: typeof wrappers = {
  'express-openapi-validator': (errors) => ({ ...anError, name: 'Bad Request', path: '/', errors }),
  jsonschema: (path) => ({
    ...anError,
    name: 'type',
    property: 'instance',
    path,
    schema: {},
    argument: path,
  }),
  'tsoa, by field': (fields) => ({ ...anError, name: 'ValidateError', fields }),
  tsoa: (field) => ({ ...anError, name: 'ValidateError', fields: { field } }),
}

/** Words that lead to every branch, and where they stand. */
const WORDS = (
  'invalid_type too_small invalid_format invalid_string invalid_union not_multiple_of schema ' +
  'validation min_length max_value size email variant non_empty domain proto union intersection ' +
  'predicate pattern min after exactLength any.required string.min date.greater object.and ' +
  'object.with number.multiple optionality typeError noUnknown length oneOf max type required ' +
  'format minLength discriminator anyOf maximum multipleOf field unknown_fields alternative body ' +
  'string integer date undefined'
).split(' ')
const KEYS = (
  'code kind type keyword expected received message origin minimum maximum format validation keys ' +
  'divisor requirement input domain proto rule unit data meta errors context params value ' +
  'constraints msg location fields'
).split(' ')

describe('a hostile look-alike', () => {
  for (const [library, wrap] of Object.entries({ ...wrappers, ...others })) {
    for (const [what, problems] of Object.entries({
      trap,
      revoked,
      text: 'hunter2',
      number: 7,
      null: null,
    })) {
      if (library === 'yup') continue
      test(`of ${library} is unrecognized where ${what} stands for the problems`, () => {
        expect(told(wrap(problems))).toEqual(unrecognized)
      })
    }

    test(`of ${library} that is cyclic is answered in bounds`, () => {
      const recognized = recognize(wrap(cyclic), facts)
      expect(recognized?.fields?.length ?? 0).toBeLessThanOrEqual(50)
    })
  }

  test('of yup is an invalid value at most', () => {
    for (const inner of [trap, revoked]) expect(told(wrappers['yup']!(inner))).toEqual(unrecognized)
  })

  test('of objection is what its status says, or an invalid field', () => {
    for (const hostile of [trap, revoked, cyclic, endless]) {
      const error = { ...anError, statusCode: 400, type: 'ModelValidation' }
      expect(told({ ...error, data: hostile })).toMatchObject({ status: 400 })
      expect(told({ ...error, data: { a: hostile } })).toMatchObject({ status: 400 })
    }
  })

  const problem = {
    code: 'invalid_type',
    kind: 'schema',
    type: 'any.required',
    keyword: 'type',
    schemaPath: '#',
    params: {},
    constraints: { isInt: '' },
  }
  for (const [library, wrap] of Object.entries(wrappers)) {
    if (library.startsWith('celebrate')) continue
    test(`of ${library} with 100,000 problems is read up to the 50th`, () => {
      let reads = 0
      const problems = new Proxy(Array.from({ length: 100_000 }), {
        get(target, key) {
          reads++
          const field = `f${String(key)}`
          const path = library === 'yup' ? field : [library === 'valibot' ? { key: field } : field]
          return key === 'length'
            ? target.length
            : { ...problem, path, instancePath: `/${field}`, property: field }
        },
      })
      const { condition, fields = [] } = recognize(wrap(problems), facts)!
      expect({ condition, count: fields.length, last: fields.at(-1)?.path }).toEqual({
        condition: 'validation-failed',
        count: 50,
        last: library.startsWith('express-j') ? 'body.f49' : 'f49',
      })
      expect(reads).toBeLessThan(500)
    })
  }

  test('is never thrown on, whatever its words lead to', () => {
    let recognized = 0
    const leaking: string[] = []
    for (const wrap of Object.values({ ...wrappers, ...others })) {
      for (const word of WORDS) {
        for (const hostile of [unprintable, trap, revoked, Symbol('hunter2'), 'hunter2', undefined]) {
          // With `input`, zod says without more reading what is missing.
          const rest = Object.fromEntries(KEYS.filter((key) => key !== 'input').map((key) => [key, hostile]))
          const named = {
            code: word,
            type: word,
            keyword: word,
            path: [],
            instancePath: '',
            schemaPath: '',
            params: {},
          }
          const given = [
            { ...rest, ...named, kind: 'schema' },
            { ...rest, ...named, kind: 'validation' },
          ]
          const { fields = [] } = recognize(wrap(given), facts) ?? {}
          recognized += fields.length
          const told = JSON.stringify(fields.map(({ code, params }) => [code, params]))
          if (told.includes('hunter2')) leaking.push(told)
        }
      }
    }
    expect(leaking).toEqual([])
    expect(recognized).toBeGreaterThan(1000)
  })

  test('is never thrown on, and nothing that it holds is told but paths', () => {
    const part = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 1, arbitrary: fc.constantFrom('hunter2', 7, NaN, -1n, true, null, undefined, unprintable) },
      {
        weight: 1,
        arbitrary: fc.constantFrom({}, [], [{}], [['hunter2']], { limit: unprintable, type: 'hunter2' }),
      },
    )
    const path = fc.constantFrom<unknown>(
      [],
      ['a', 0],
      'a[0]',
      [{ key: 'a' }],
      [unprintable],
      unprintable,
      '/a/0',
    )
    const parts = Object.fromEntries(KEYS.map((key) => [key, part] as const))
    const problem = fc.record(
      {
        ...parts,
        path,
        instancePath: path,
        schemaPath: path,
        property: path,
        children: fc.constantFrom([], cyclic),
      },
      { requiredKeys: ['path', 'instancePath', 'schemaPath', 'property', 'children'] },
    )
    const problems = fc.array(problem, { minLength: 1, maxLength: 4 })
    let told = 0
    fc.assert(
      fc.property(problems, fc.constantFrom(...Object.values(wrappers)), (given, wrap) => {
        for (const { path, code, params } of recognize(wrap(given), facts)?.fields ?? []) {
          told++
          expect(path.length).toBeLessThanOrEqual(256)
          expect(Object.keys(FIELD_TEXTS)).toContain(code)
          expect(JSON.stringify(params) ?? '').not.toContain('hunter2')
        }
      }),
      { numRuns: 400 },
    )
    expect(told).toBeGreaterThan(100)
  })
})

const zodError = (): Error => z.object({ a: z.string() }).safeParse({ a: 1 }).error!

describe('the status of an error of a validator', () => {
  const fields = [
    {
      path: 'a',
      code: 'invalid_type',
      message: 'Wrong type; expected: string',
      params: { expected: 'string' },
    },
  ]

  test.each([
    ['that the app has chosen', () => createError(422, zodError()), 422],
    ["is the condition's own", zodError, 400],
    ['is not what http-errors writes where it is given none', () => createError(zodError()), 400],
  ])('%s', async (_what, make, status) => {
    const answers = await answersTo(() => {
      throw make()
    })
    for (const answer of Object.values(answers)) {
      expect([answer.status, (answer.body as { details: { fields: unknown } }).details.fields]).toEqual([
        status,
        fields,
      ])
    }
  })
})
