import { describe, expect, test } from 'vitest'
import { ENVELOPES, type EnvelopeName, type BriefDescription } from '../../src/catalog/envelope.ts'

const bare: BriefDescription = {
  code: 2130,
  status: 400,
  message: 'Invalid id',
  locale: 'en',
  retryable: false,
}
const full: BriefDescription = {
  ...bare,
  title: 'Invalid',
  description: 'Long text',
  action: 'Check it',
  parent: 4000,
  retryable: true,
  retryAfter: 5,
  details: { field: 'id' },
  requestId: 't-1',
  docs: 'https://docs.example/2130',
}

const table: readonly (readonly [EnvelopeName, what: string, BriefDescription, json: string])[] = [
  ['flat', 'all there is', full, '{"code":2130,"message":"Invalid id","details":{"field":"id"}}'],
  ['flat', 'the least there is', bare, '{"code":2130,"message":"Invalid id"}'],
  [
    'nested',
    'all there is',
    full,
    '{"error":{"code":2130,"message":"Invalid id","request_id":"t-1","details":{"field":"id"}}}',
  ],
  ['nested', 'the least there is', bare, '{"error":{"code":2130,"message":"Invalid id"}}'],
  ['composite', 'all there is', full, '{"code":4000,"message":"(2130) Invalid id","details":{"field":"id"}}'],
  ['composite', 'the least there is', bare, '{"code":2130,"message":"Invalid id"}'],
  ...['zh', 'zh-Hant-TW', 'ja', 'th', 'lo', 'km', 'my'].map(
    (locale) =>
      [
        'composite',
        `${locale}, which is written without blanks`,
        { ...bare, parent: 4000, message: '非法', locale },
        '{"code":4000,"message":"(2130)非法"}',
      ] as const,
  ),
  ...['ko', 'zha', 'de-AT', 'jam', 'ath'].map(
    (locale) =>
      [
        'composite',
        `${locale}, which is written with blanks`,
        { ...bare, parent: 4000, locale },
        '{"code":4000,"message":"(2130) Invalid id"}',
      ] as const,
  ),
  [
    'two-level',
    'all there is',
    full,
    '{"code":4000,"sub_code":2130,"message":"Invalid id","data":{"field":"id"}}',
  ],
  [
    'two-level',
    'the least there is',
    bare,
    '{"code":2130,"sub_code":null,"message":"Invalid id","data":null}',
  ],
  [
    'problem',
    'all there is',
    full,
    '{"type":"https://docs.example/2130","title":"Invalid","status":400,"detail":"Invalid id","code":2130,"action":"Check it","request_id":"t-1","details":{"field":"id"}}',
  ],
  [
    'problem',
    'the policies that refused',
    { ...full, violatedPolicies: ['daily'] },
    '{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","title":"Invalid","status":400,"detail":"Invalid id","code":2130,"action":"Check it","request_id":"t-1","violated-policies":["daily"],"details":{"field":"id"}}',
  ],
  [
    'problem',
    'the least there is',
    bare,
    '{"type":"about:blank","title":"Invalid id","status":400,"detail":"Invalid id","code":2130}',
  ],
]

describe('envelope', () => {
  for (const [name, what, description, json] of table) {
    test(`${name} holds ${what}`, () => {
      expect(JSON.stringify(ENVELOPES[name].error(description))).toBe(json)
    })
  }

  test('is sent under the media type of its shape', () => {
    const types = Object.entries(ENVELOPES).map(([name, { contentType }]) => [name, contentType])
    const json = 'application/json; charset=utf-8'
    expect(Object.fromEntries(types)).toEqual({
      flat: json,
      nested: json,
      composite: json,
      'two-level': json,
      problem: 'application/problem+json',
    })
  })

  test('keeps standard members of problem documents from details', () => {
    const details = { status: 200, type: 'x', title: 'y', instance: 'z' }
    expect(JSON.stringify(ENVELOPES.problem.error({ ...bare, details }))).toBe(
      '{"type":"about:blank","title":"Invalid id","status":400,"detail":"Invalid id","code":2130,"details":{"status":200,"type":"x","title":"y","instance":"z"}}',
    )
  })
})
