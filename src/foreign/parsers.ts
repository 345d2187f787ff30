import { isArray, read } from '../core/read.ts'
import type { Family } from './rule.ts'

// https://github.com/expressjs/body-parser#errors: each `type` with its status, unless the app's own code failed.
const BODY_PARSER = { from: 'body-parser, `express.json`, raw-body', mark: 'type' } as const

// https://github.com/node-formidable/formidable/blob/master/src/FormidableError.js
const FORMIDABLE = { from: 'formidable, koa-body', mark: 'code' } as const

// https://github.com/expressjs/multer#error-handling
const MULTER = { from: 'multer, @koa/multer', mark: 'code', shape: isMulterError } as const

// busboy 1 gives its errors no mark. What is known of them comes from multer, or from the request.
const BUSBOY = { from: 'busboy, multer', mark: 'name', values: ['Error'] } as const

/**
 * What the client sent cannot be read, or is more than we take. Not here is what the server has done wrong
 * (`stream.not.readable`, a plugin, a folder that is not there): for that, 500 is right.
 */
export const parsers: Family = {
  name: 'Body parsers',
  rules: [
    {
      ...BODY_PARSER,
      values: ['entity.parse.failed', 'request.size.invalid', 'querystring.parse.rangeError'],
      shape: hasStatus(400),
      condition: 'malformed-body',
    },
    {
      ...BODY_PARSER,
      values: ['entity.too.large', 'parameters.too.many'],
      shape: hasStatus(413),
      condition: 'body-too-large',
    },
    {
      ...BODY_PARSER,
      values: ['encoding.unsupported', 'charset.unsupported'],
      shape: hasStatus(415),
      condition: 'unsupported-media-type',
    },
    { ...BODY_PARSER, values: ['entity.verify.failed'], shape: hasStatus(403), condition: 'forbidden' },
    {
      ...BODY_PARSER,
      values: ['request.aborted'],
      shape: (error, { clientGone }) => clientGone && hasStatus(400)(error),
      condition: 'client-gone',
    },
    { ...BODY_PARSER, values: ['request.aborted'], shape: hasStatus(400), condition: 'malformed-body' },
    {
      // co-body adds the status, and the body that could not be read, to whatever JSON or qs threw.
      from: 'co-body, @koa/bodyparser, koa-body',
      mark: 'name',
      values: ['SyntaxError', 'RangeError'],
      shape: (error) => read(error, 'status') === 400 && typeof read(error, 'body') === 'string',
      condition: 'malformed-body',
    },

    {
      ...FORMIDABLE,
      values: [1006, 1007, 1009, 1015, 1016],
      shape: hasHttpCode,
      condition: 'body-too-large',
    },
    { ...FORMIDABLE, values: [1008, 1010], shape: hasHttpCode, condition: 'validation-failed' },
    { ...FORMIDABLE, values: [1003, 1014], shape: hasHttpCode, condition: 'unsupported-media-type' },
    {
      ...FORMIDABLE,
      values: [1002],
      shape: (error, { clientGone }) => clientGone && hasHttpCode(error),
      condition: 'client-gone',
    },
    { ...FORMIDABLE, values: [1002, 1011, 1012, 1013], shape: hasHttpCode, condition: 'malformed-body' },

    {
      ...MULTER,
      values: [
        'LIMIT_PART_COUNT',
        'LIMIT_FILE_SIZE',
        'LIMIT_FILE_COUNT',
        'LIMIT_FIELD_KEY',
        'LIMIT_FIELD_VALUE',
        'LIMIT_FIELD_COUNT',
      ],
      condition: 'body-too-large',
    },
    {
      ...MULTER,
      values: [
        'LIMIT_UNEXPECTED_FILE',
        'LIMIT_FIELD_NESTING',
        'LIMIT_FIELD_ARRAY_INDEX',
        'MISSING_FIELD_NAME',
        'INVALID_FIELD_NAME',
      ],
      condition: 'malformed-body',
    },
    {
      ...BUSBOY,
      shape: (error, { clientGone }) => clientGone && endedUpload(error),
      condition: 'client-gone',
    },
    { ...BUSBOY, shape: endedUpload, condition: 'malformed-body' },
    {
      ...BUSBOY,
      shape: (error, { contentType }) => lacksBoundary(contentType) && isBare(error),
      condition: 'malformed-body',
    },

    {
      from: 'zlib, where the request has a Content-Encoding',
      mark: 'code',
      values: undecodable(),
      // Without one, the server's own data is broken.
      shape: (error, { encoded }) => encoded && typeof read(error, 'errno') === 'number',
      condition: 'malformed-body',
    },
  ],
}

function hasStatus(status: number): (error: object) => boolean {
  return (error) => read(error, 'status') === status
}

function hasHttpCode(error: object): boolean {
  return typeof read(error, 'httpCode') === 'number'
}

function isMulterError(error: object): boolean {
  return read(error, 'name') === 'MulterError'
}

/** multer puts `storageErrors` on whatever ended an upload: an error of busboy, of a storage, or of a fileFilter. */
function endedUpload(error: object): boolean {
  return isArray(read(error, 'storageErrors')) && isBare(error)
}

const BARE = new Set(['message', 'stack', 'storageErrors'])

/** Whether there is nothing to an error but its text. Those of storages have a code, a status, a name or a cause. */
function isBare(error: object): boolean {
  try {
    return Object.getOwnPropertyNames(error).every((name) => BARE.has(name))
  } catch {
    return false
  }
}

/** Without its boundary, nobody can take a multipart body apart (RFC 2046, section 5.1.1). */
function lacksBoundary(contentType: string | undefined): boolean {
  const type = contentType?.toLowerCase()
  return type !== undefined && type.startsWith('multipart/form-data') && !type.includes('boundary=')
}

/** The codes for data that a decoder cannot read, by the names that zlib, Brotli and Zstandard give them. */
function undecodable(): readonly string[] {
  const brotli = [
    'EXUBERANT_NIBBLE',
    'RESERVED',
    'EXUBERANT_META_NIBBLE',
    'SIMPLE_HUFFMAN_ALPHABET',
    'SIMPLE_HUFFMAN_SAME',
    'CL_SPACE',
    'HUFFMAN_SPACE',
    'CONTEXT_MAP_REPEAT',
    'BLOCK_LENGTH_1',
    'BLOCK_LENGTH_2',
    'TRANSFORM',
    'DICTIONARY',
    'WINDOW_BITS',
    'PADDING_1',
    'PADDING_2',
    'DISTANCE',
  ]
  const zstandard = [
    'prefix_unknown',
    'frameParameter_unsupported',
    'frameParameter_windowTooLarge',
    'corruption_detected',
    'checksum_wrong',
    'dictionary_corrupted',
    'dictionary_wrong',
    'dstSize_tooSmall',
  ]
  return [
    'Z_DATA_ERROR',
    'Z_BUF_ERROR',
    'Z_NEED_DICT',
    ...brotli.map((name) => `ERR__ERROR_FORMAT_${name}`),
    ...zstandard.map((name) => `ZSTD_error_${name}`),
  ]
}
