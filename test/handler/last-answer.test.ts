import { describe, expect, test, vi } from 'vitest'
import { ownTexts } from '../../src/answer/own-texts.ts'
import { shapeOf } from '../../src/answer/shape.ts'
import type { SubjectSettings } from '../../src/answer/subject.ts'
import type { EnvelopeObject } from '../../src/catalog/envelope.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { statusState } from '../../src/error/state.ts'
import { createLastAnswer } from '../../src/handler/last-answer.ts'
import { standardHeaders } from '../support/standard-answer.ts'

const laden = defineCatalog({
  name: 'laden',
  envelope: 'nested',
  sourceLocale: 'de',
  errors: { 500: { status: 500, message: 'Größerer Fehler' } },
})

const settings: SubjectSettings = {
  localize: ownTexts,
  httpStatus: undefined,
  docsUrl: undefined,
  revealValues: false,
  revealParams: false,
  warn: () => {},
}

const body = '{"error":{"code":500,"message":"Größerer Fehler","request_id":"t-1"}}'
const headers = { ...standardHeaders(body, 'de'), 'X-Trace': 't-1' }

describe('the last answer', () => {
  const facts = { requestId: 't-1', requestIdHeader: 'X-Trace', vary: undefined }

  test("is the catalog's own 500 with the id of the request, in its envelope and language", () => {
    expect(createLastAnswer(laden, shapeOf(laden), settings)(facts)).toStrictEqual({
      state: statusState(laden, 500),
      key: 500,
      code: 500,
      locale: 'de',
      reply: { status: 500, headers, body },
    })
  })

  test('has the status 200 where all answers have it, and the Vary that stands there already', () => {
    const { reply } = createLastAnswer(laden, shapeOf(laden), { ...settings, httpStatus: 200 })({
      ...facts,
      vary: 'Origin',
    })
    expect(reply).toStrictEqual({
      status: 200,
      headers: { ...headers, Vary: 'Origin, Accept-Language' },
      body,
    })
  })

  const bodies: readonly (readonly [what: string, envelope: EnvelopeObject, sent: string])[] = [
    [
      'is in an envelope of its own',
      { body: ({ code, requestId }) => ({ errcode: code, rid: requestId }) },
      '{"errcode":500,"rid":"t-1"}',
    ],
    [
      'is a text of another type',
      { body: ({ requestId }) => ({ contentType: 'application/json', text: `{"rid":"${requestId}"}` }) },
      '{"rid":"t-1"}',
    ],
    [
      'is in an envelope that can do without the request',
      { body: ({ code }, request) => ({ code, hasRequest: request !== undefined }) },
      '{"code":500,"hasRequest":false}',
    ],
    [
      'is in the default envelope where its own needs the request',
      { body: (_error, request) => ({ id: (request as { id: string }).id }) },
      '{"code":500,"message":"Broken"}',
    ],
    [
      'is in the default envelope where its own makes something else of the id',
      { body: ({ requestId }) => ({ rid: requestId?.slice(0, 2) }) },
      '{"code":500,"message":"Broken"}',
    ],
  ]
  for (const [what, envelope, sent] of bodies) {
    test(what, () => {
      const warn = vi.fn<(message: string) => void>()
      const shop = defineCatalog({
        name: 'shop',
        envelope,
        errors: { 500: { status: 500, message: 'Broken' } },
      })
      const { reply } = createLastAnswer(shop, shapeOf(shop), { ...settings, warn })(facts)
      expect([reply.body, reply.headers['Content-Length'], warn.mock.calls]).toEqual([
        sent,
        String(sent.length),
        [],
      ])
    })
  }

  test('has the status that a function says, else its own', () => {
    const statuses = [() => 503, () => 999, () => 200].map(
      (httpStatus) =>
        createLastAnswer(laden, shapeOf(laden), { ...settings, httpStatus })(facts).reply.status,
    )
    expect(statuses).toEqual([503, 500, 200])
  })
})
