import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { EnvelopeName } from '../../src/catalog/envelope.ts'
import type { FieldCode } from '../../src/catalog/field.ts'
import { FIELD_TEXTS } from '../../src/catalog/field-texts.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { ThrownField } from '../../src/error/thrown-fields.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import type { Probe } from '../support/guarantees.ts'
import { answers, type WholeAnswer } from '../support/whole-answer.ts'

const users = defineCatalog({
  name: 'users',
  challenge: 'Bearer',
  errors: {
    INVALID: { status: 422, message: 'Please check what you entered' },
    LOG_IN: { status: 401, message: 'Please log in' },
  },
  foreign: { byCondition: { 'validation-failed': 'INVALID' } },
  locales: {
    de: { users: { INVALID: { message: 'Bitte Eingaben prüfen' } } },
    ja: { users: { INVALID: { message: '入力内容を確認してください' } } },
  },
})
const { errors } = users
const options = { catalog: users }

function told(title: string, make: () => unknown, expected: WholeAnswer, probe: Probe = {}): void {
  const route = (): never => {
    throw make()
  }
  answers(`X06: ${title}`, { ...probe, options: { ...options, ...probe.options }, route }, expected)
}

const TEXTS = {
  en: ['Please check what you entered', 'This field is required', 'Too short; minimum length: 3'],
  de: ['Bitte Eingaben prüfen', 'Dieses Feld ist erforderlich', 'Zu kurz; Mindestlänge: 3'],
  ja: ['入力内容を確認してください', 'このフィールドは必須です。', '短すぎます（長さの下限：3）。'],
} as const

const thrown: readonly ThrownField[] = [
  { path: 'email', code: 'required' },
  { path: ['users', 0, 'first name'], code: 'too_short', params: { min: 3 } },
]

/** The whole body in each envelope, by what stands in `details`. */
const ENVELOPES: Readonly<Record<EnvelopeName, (message: string, details: object) => object>> = {
  flat: (message, details) => ({ code: 'INVALID', message, details }),
  nested: (message, details) => ({ error: { code: 'INVALID', message, request_id: 'probe-1', details } }),
  composite: (message, details) => ({ code: 'INVALID', message, details }),
  'two-level': (message, data) => ({ code: 'INVALID', sub_code: null, message, data }),
  problem: (message, details) => ({
    type: 'about:blank',
    title: message,
    status: 422,
    detail: message,
    code: 'INVALID',
    request_id: 'probe-1',
    details,
  }),
}

describe('fields of a throw', () => {
  for (const [envelope, bodyOf] of Object.entries(ENVELOPES)) {
    for (const [locale, [message, required, short]] of Object.entries(TEXTS)) {
      told(
        `are told in ${locale} as a validator's are, ${envelope}`,
        () => errors.INVALID({ details: { form: 'sign-up' }, fields: thrown }),
        {
          status: 422,
          headers: {
            'Content-Language': locale,
            ...(envelope === 'problem' && { 'Content-Type': 'application/problem+json' }),
          },
          body: bodyOf(message, {
            form: 'sign-up',
            fields: [
              { path: 'email', code: 'required', message: required },
              { path: 'users[0]["first name"]', code: 'too_short', message: short, params: { min: 3 } },
            ],
          }),
        },
        {
          options: { envelope: envelope as EnvelopeName },
          request: { headers: { 'Accept-Language': locale } },
        },
      )
    }
  }

  test("X06: are told byte for byte as a validator's own", () => {
    const schema = z.object({ email: z.string(), users: z.array(z.object({ name: z.string().min(3) })) })
    const { error } = schema.safeParse({ users: [{ name: 'Al' }] })
    const ours = errors.INVALID({
      fields: [
        { path: ['email'], code: 'required' },
        { path: ['users', 0, 'name'], code: 'too_short', params: { min: 3 } },
      ],
    })
    for (const locale of ['en', 'de', 'ja', 'zh-TW']) {
      const describe = (thrown: unknown) => JSON.stringify(describeError(thrown, { ...options, locale }))
      expect(describe(error)).toBe(describe(ours))
    }
  })

  test('X06: have a text for each code, with its limits and without', () => {
    for (const code of Object.keys(FIELD_TEXTS) as FieldCode[]) {
      const params = { min: 1, max: 2, length: 3, step: 4, expected: 'a date', format: 'hex' }
      const described = describeError(
        errors.INVALID({
          fields: [
            { path: 'a', code },
            { path: 'b', code, params },
          ],
        }),
        options,
      )
      const { title, message = title } = FIELD_TEXTS[code] as { title: string; message?: string }
      const filled = message.replaceAll(/\{\{(\w+)\}\}/g, (_, name: keyof typeof params) =>
        String(params[name]),
      )
      expect((described.details as { fields: object[] }).fields).toMatchObject([
        { path: 'a', code, message: title },
        { path: 'b', code, message: filled },
      ])
    }
  })

  told(
    "have the app's own message, where it gives one",
    () =>
      errors.INVALID({ fields: [{ path: 'vat', code: 'invalid', message: 'Ungültige USt-IdNr.\u202E' }] }),
    {
      status: 422,
      body: {
        code: 'INVALID',
        message: 'Please check what you entered',
        details: { fields: [{ path: 'vat', code: 'invalid', message: 'Ungültige USt-IdNr.' }] },
      },
    },
  )

  told('are not told with a 401', () => errors.LOG_IN({ fields: thrown }), {
    status: 401,
    headers: { 'WWW-Authenticate': 'Bearer' },
    body: { code: 'LOG_IN', message: 'Please log in' },
  })

  told(
    'are not in the log: their keys may be what a client has sent',
    () => errors.INVALID({ fields: [{ path: ['hunter2'], code: 'unknown_field' }] }),
    {
      status: 422,
      body: {
        code: 'INVALID',
        message: 'Please check what you entered',
        details: { fields: [{ path: 'hunter2', code: 'unknown_field', message: 'Unknown field' }] },
      },
      also: ({ log }) => expect(JSON.stringify(log)).not.toContain('hunter2'),
    },
  )

  told('are no members where there are none', () => errors.INVALID({ fields: [] }), {
    status: 422,
    body: { code: 'INVALID', message: 'Please check what you entered' },
    also: ({ reports }) => expect(reports[0]!.unusable).toBeUndefined(),
  })
})

const invalid = { code: 'invalid', message: 'Invalid value' }

describe('fields that cannot be used', () => {
  const own = { details: { a: 1, fields: ['own'] }, fields: thrown.slice(0, 1) }
  const rows: Readonly<
    Record<string, readonly [given: object, unusable: readonly string[], details: unknown]>
  > = {
    'an unknown code': [
      { fields: [{ path: 'email', code: 'wrong' }] },
      ['fields[0].code'],
      { fields: [{ path: 'email', ...invalid }] },
    ],
    'a code that all objects have': [
      { fields: [{ path: 'email', code: 'constructor' }] },
      ['fields[0].code'],
      { fields: [{ path: 'email', ...invalid }] },
    ],
    'no path': [
      { fields: [{ code: 'required' }] },
      ['fields[0].path'],
      { fields: [{ path: '', ...invalid }] },
    ],
    'a path of other things': [
      { fields: [{ path: ['a', {}, -1, 1.5, 'b'], code: 'required' }] },
      ['fields[0].path'],
      { fields: [{ path: 'a[…][-1][1.5].b', ...invalid }] },
    ],
    'a path that is too long': [
      { fields: [{ path: Array.from({ length: 33 }, () => 0), code: 'required' }] },
      ['fields[0].path'],
      { fields: [{ path: '[0]'.repeat(32), ...invalid }] },
    ],
    'params that the text lacks': [
      { fields: [{ path: 'a', code: 'too_short', params: { max: 3 } }] },
      ['fields[0].params.min'],
      { fields: [{ path: 'a', code: 'too_short', message: 'Too short' }] },
    ],
    'a message that is none': [
      {
        fields: [
          { path: 'a', code: 'too_short', message: ' ' },
          { path: 'b', code: 'required', message: 7 },
        ],
      },
      ['fields[0].message', 'fields[1].message'],
      {
        fields: [
          { path: 'a', code: 'too_short', message: 'Too short' },
          { path: 'b', code: 'required', message: 'This field is required' },
        ],
      },
    ],
    'a member that nobody reads': [
      { fields: [{ path: 'a', code: 'invalid', value: 'hunter2' }] },
      ['fields[0].value'],
      { fields: [{ path: 'a', ...invalid }] },
    ],
    'what is no field': [
      { fields: ['email', null, { path: 'a', code: 'invalid' }] },
      ['fields[0]', 'fields[1]'],
      { fields: [{ path: 'a', ...invalid }] },
    ],
    'an error, whose message is for the log': [
      { fields: [new Error('hunter2'), errors.LOG_IN(), { path: 'a', code: 'invalid' }] },
      ['fields[0]', 'fields[1]'],
      { fields: [{ path: 'a', ...invalid }] },
    ],
    'what is no array': [{ details: { a: 1 }, fields: { email: 'required' } }, ['fields'], { a: 1 }],
    'more than 50': [
      { fields: Array.from({ length: 60 }, (_, index) => ({ path: [index], code: 'invalid' })) },
      Array.from({ length: 1 }, () => 'fields[50]'),
      { fields: Array.from({ length: 50 }, (_, index) => ({ path: `[${index}]`, ...invalid })) },
    ],
    'details that have no members': [
      { details: 'more', fields: [{ path: 'a', code: 'invalid' }] },
      ['details'],
      { fields: [{ path: 'a', ...invalid }] },
    ],
    'details that are an array': [
      { details: [1], fields: [{ path: 'a', code: 'invalid' }] },
      ['details'],
      { fields: [{ path: 'a', ...invalid }] },
    ],
    'details with fields of their own': [
      own,
      ['details.fields'],
      { a: 1, fields: [{ path: 'email', code: 'required', message: 'This field is required' }] },
    ],
  }
  for (const [what, [given, unusable, details]] of Object.entries(rows)) {
    told(
      `are logged by their place, and answered as far as they can be: ${what}`,
      () => errors.INVALID(given),
      {
        status: 422,
        body: { code: 'INVALID', message: 'Please check what you entered', details: details as object },
        also({ reports, log }) {
          expect(reports[0]!.unusable).toEqual(unusable)
          expect(JSON.stringify(log)).not.toContain('hunter2')
        },
      },
    )
  }

  test('X06: leave an answer that can be sent, whatever they are', () => {
    const member = fc.oneof(
      fc.anything(),
      fc.constantFrom('required', 'too_short', 'email', ['a', 0], { min: 1 }),
    )
    const field = fc.oneof(
      fc.record({ path: member, code: member, params: member, message: member }, { requiredKeys: [] }),
      fc.anything(),
    )
    fc.assert(
      fc.property(fc.oneof(fc.array(field), fc.anything()), fc.anything(), (fields, details) => {
        const { message, details: told } = describeError(
          errors.INVALID({ fields: fields as never, details }),
          options,
        )
        expect(message).toBe('Please check what you entered')
        const list = (told as { fields?: unknown } | undefined)?.fields
        if (!Array.isArray(fields) || !Array.isArray(list)) return
        for (const { path, code, message } of list as ThrownField[]) {
          expect([typeof path, code in FIELD_TEXTS, typeof message]).toEqual(['string', true, 'string'])
          expect(String(path)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        }
      }),
    )
  })
})
