import { describe, expect, test } from 'vitest'
import { parserStatus } from '../../src/foreign/parsers.ts'

function error(properties: object): Error {
  return Object.assign(new Error('x'), properties)
}

const table: readonly (readonly [
  what: string,
  thrown: unknown,
  encoded: boolean,
  status: number | undefined,
])[] = [
  ['a file that is too large', error({ name: 'MulterError', code: 'LIMIT_FILE_SIZE' }), false, 413],
  ['too many fields', error({ name: 'MulterError', code: 'LIMIT_FIELD_COUNT' }), false, 413],
  ['a file that nobody expects', error({ name: 'MulterError', code: 'LIMIT_UNEXPECTED_FILE' }), false, 400],
  ['a MulterError without code', error({ name: 'MulterError' }), false, 400],
  ['a body that is not gzip', error({ code: 'Z_DATA_ERROR' }), true, 400],
  ['a body that ends early', error({ code: 'Z_BUF_ERROR' }), true, 400],
  ['a body that is not br', error({ code: 'ERR__ERROR_FORMAT_PADDING_1' }), true, 400],
  ["data of the server's own that is not gzip", error({ code: 'Z_DATA_ERROR' }), false, undefined],
  ['no memory for zlib', error({ code: 'Z_MEM_ERROR' }), true, undefined],
  ['multipart without boundary', new Error('Multipart: Boundary not found'), false, 400],
  ['a multipart form that ends early', new Error('Unexpected end of form'), false, 400],
  ['another Error', new Error('Unexpected end'), true, undefined],
  ['a code that is none', error({ code: 7 }), true, undefined],
  ['a string', 'Unexpected end of form', false, undefined],
  ['null', null, true, undefined],
  ['undefined', undefined, true, undefined],
]

describe('parserStatus', () => {
  for (const [what, thrown, encoded, status] of table) {
    test(`is ${status} for ${what}`, () => {
      expect(parserStatus(thrown, encoded)).toBe(status)
    })
  }
})
