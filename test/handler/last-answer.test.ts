import { describe, expect, test } from 'vitest'
import { shapeOf } from '../../src/answer/shape.ts'
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

const body = '{"error":{"code":500,"message":"Größerer Fehler","request_id":"t-1"}}'
const headers = { ...standardHeaders(body, 'de'), 'X-Trace': 't-1' }

describe('the last answer', () => {
  const facts = { requestId: 't-1', requestIdHeader: 'X-Trace', vary: undefined }

  test("is the catalog's own 500 with the id of the request, in its envelope and language", () => {
    expect(createLastAnswer(laden, shapeOf(laden), 500)(facts)).toStrictEqual({
      state: statusState(laden, 500),
      key: 500,
      locale: 'de',
      reply: { status: 500, headers, body },
    })
  })

  test('has the status 200 where all answers have it, and the Vary that stands there already', () => {
    const { reply } = createLastAnswer(laden, shapeOf(laden), 200)({ ...facts, vary: 'Origin' })
    expect(reply).toStrictEqual({
      status: 200,
      headers: { ...headers, Vary: 'Origin, Accept-Language' },
      body,
    })
  })
})
