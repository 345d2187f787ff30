import { isArray, read } from '../../guard/read.ts'
import { packageOf, topFrame } from '../frames.ts'
import type { RecognitionFacts } from '../identify.ts'
import type { Family } from '../library-rule.ts'

// https://github.com/expressjs/body-parser#errors: each `type` with its status, unless the app's own code failed.
const BODY_PARSER = { from: 'body-parser, `express.json`, raw-body', property: 'type' } as const

// https://github.com/node-formidable/formidable/blob/master/src/FormidableError.js
const FORMIDABLE = { from: 'formidable, koa-body', property: 'code' } as const

// https://github.com/expressjs/multer#error-handling
const MULTER = { from: 'multer, @koa/multer', property: 'code', matches: isMulterError } as const

// busboy 1 gives its errors no mark: they are known by where they were made.
const BUSBOY = { from: 'busboy, multer', property: 'name', values: ['Error'] } as const

/** The codes for data that a decoder cannot read, by the names that zlib, Brotli and Zstandard give them. */
const DECODER_CODES = [
  'Z_DATA_ERROR',
  'Z_BUF_ERROR',
  'Z_NEED_DICT',
  ...[
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
  ].map((name) => `ERR__ERROR_FORMAT_${name}`),
  ...[
    'prefix_unknown',
    'frameParameter_unsupported',
    'frameParameter_windowTooLarge',
    'corruption_detected',
    'checksum_wrong',
    'dictionary_corrupted',
    'dictionary_wrong',
    'dstSize_tooSmall',
  ].map((name) => `ZSTD_error_${name}`),
]

/**
 * The client's body cannot be read, or is more than we take. The server's own mistakes (`stream.not.readable`, a plugin,
 * a folder that is not there) are left to the 500.
 */
export const parsers: Family = {
  name: 'Body parsers',
  rules: [
    {
      ...BODY_PARSER,
      values: ['entity.parse.failed', 'request.size.invalid', 'querystring.parse.rangeError'],
      matches: hasStatus(400),
      condition: 'malformed-body',
    },
    {
      ...BODY_PARSER,
      values: ['entity.too.large', 'parameters.too.many'],
      matches: hasStatus(413),
      condition: 'body-too-large',
    },
    {
      ...BODY_PARSER,
      values: ['encoding.unsupported', 'charset.unsupported'],
      matches: hasStatus(415),
      condition: 'unsupported-media-type',
    },
    {
      from: 'a body that `bizerror/web` or `bizerror/hono` was to read',
      property: 'type',
      values: ['media.type.unsupported'],
      matches: hasStatus(415),
      condition: 'unsupported-media-type',
    },
    { ...BODY_PARSER, values: ['entity.verify.failed'], matches: hasStatus(403), condition: 'forbidden' },
    {
      ...BODY_PARSER,
      values: ['request.aborted'],
      matches: (error, { clientGone }) => clientGone && hasStatus(400)(error),
      condition: 'client-gone',
    },
    { ...BODY_PARSER, values: ['request.aborted'], matches: hasStatus(400), condition: 'malformed-body' },
    {
      // co-body adds the status, and the body that could not be read, to whatever JSON or qs threw.
      from: 'co-body, @koa/bodyparser, koa-body',
      property: 'name',
      values: ['SyntaxError', 'RangeError'],
      matches: (error) => read(error, 'status') === 400 && typeof read(error, 'body') === 'string',
      condition: 'malformed-body',
    },

    {
      ...FORMIDABLE,
      values: [1006, 1007, 1009, 1015, 1016],
      matches: hasHttpCode,
      condition: 'body-too-large',
    },
    { ...FORMIDABLE, values: [1008, 1010], matches: hasHttpCode, condition: 'validation-failed' },
    { ...FORMIDABLE, values: [1003, 1014], matches: hasHttpCode, condition: 'unsupported-media-type' },
    {
      ...FORMIDABLE,
      values: [1002],
      matches: (error, { clientGone }) => clientGone && hasHttpCode(error),
      condition: 'client-gone',
    },
    { ...FORMIDABLE, values: [1002, 1011, 1012, 1013], matches: hasHttpCode, condition: 'malformed-body' },

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
      matches: (error, facts) => isOfForm(error, facts) && facts.clientGone,
      condition: 'client-gone',
    },
    { ...BUSBOY, matches: isOfForm, condition: 'malformed-body' },

    {
      from: 'zlib, where the request has a Content-Encoding',
      property: 'code',
      values: DECODER_CODES,
      // Without either, the server's own data is broken. body-parser marks the request's; co-body does not.
      matches: (error, { encoded }) =>
        typeof read(error, 'errno') === 'number' && (encoded || isOfBodyParser(error)),
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

/**
 * Whether an error was made where a form is taken apart. That the request is a form only spares looking at the stack of
 * others: the client could say so of any request.
 */
function isOfForm(error: object, { contentType }: RecognitionFacts): boolean {
  // multer puts `storageErrors` on whatever ended an upload: an error of busboy, of a storage, or of a fileFilter.
  const ofMulter = isArray(read(error, 'storageErrors'))
  if (!ofMulter && !isForm(contentType)) return false
  const frame = topFrame(error)
  const library = packageOf(frame)
  if (library !== undefined) return BUSBOYS.has(library) || (ofMulter && library === 'multer')
  return ofMulter && frame !== undefined && BUNDLED.test(frame)
}

function isForm(contentType: string | undefined): boolean {
  return contentType !== undefined && /^(?:multipart\/|application\/x-www-form-urlencoded)/i.test(contentType)
}

const BUSBOYS: ReadonlySet<string> = new Set(['busboy', '@fastify/busboy', 'dicer'])

/** A bundle has no packages, but mostly the classes of busboy by their names. */
const BUNDLED = /^ {4}at (?:new )?(?:Multipart|HeaderParser|URLEncoded|SBMH)[. ]/

/** body-parser makes an HTTP error of it. */
function isOfBodyParser(error: object): boolean {
  return read(error, 'status') === 400 && typeof read(error, 'expose') === 'boolean'
}
