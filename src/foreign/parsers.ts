import { read } from '../core/read.ts'

/**
 * Returns the status of a body parser's error that carries none: what the client sent could not be read.
 *
 * @param encoded - whether the request has a Content-Encoding; else an error of zlib is about the server's own data
 */
export function parserStatus(thrown: unknown, encoded: boolean): number | undefined {
  const code = read(thrown, 'code')
  if (read(thrown, 'name') === 'MulterError') return TOO_LARGE.has(code) ? 413 : 400
  if (encoded && typeof code === 'string' && UNDECODABLE.test(code)) return 400
  return BUSBOY.has(read(thrown, 'message')) ? 400 : undefined
}

// https://github.com/expressjs/multer#error-handling
const TOO_LARGE = new Set<unknown>([
  'LIMIT_PART_COUNT',
  'LIMIT_FILE_SIZE',
  'LIMIT_FILE_COUNT',
  'LIMIT_FIELD_KEY',
  'LIMIT_FIELD_VALUE',
  'LIMIT_FIELD_COUNT',
])

// zlib's own names, and Node's for the decoder of br. co-body passes them on as they are.
const UNDECODABLE = /^(?:Z_(?:DATA_ERROR|BUF_ERROR|NEED_DICT)|ERR_+(?:ERROR_FORMAT|PADDING)_\w+)$/

// busboy 1, under multer, has no codes.
const BUSBOY = new Set<unknown>([
  'Multipart: Boundary not found',
  'Malformed part header',
  'Unexpected end of form',
  'Malformed content type',
  'Malformed urlencoded form',
])
