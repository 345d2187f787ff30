import { anError, secret, type LookAlikes } from './look-alike.ts'

export const parsers: LookAlikes = {
  'body-parser, `express.json`, raw-body': {
    'a file that is too large, of a domain': { type: 'entity.too.large', size: 7 },
    'an Error with its type alone': anError({ type: 'entity.parse.failed' }),
    'an Error with its type and another status, which is no integer': anError({
      type: 'entity.too.large',
      status: '413',
    }),
  },
  'a body that `bizerror/web` or `bizerror/hono` was to read': {
    'a file of a type that is not known, of a domain': { type: 'media.type.unsupported' },
    'an Error with its type alone': anError({ type: 'media.type.unsupported' }),
    'an Error with its type and another status': anError({ type: 'media.type.unsupported', status: 500 }),
  },
  'co-body, @koa/bodyparser, koa-body': {
    'a SyntaxError of the app': new SyntaxError(secret),
    'a SyntaxError with a body': Object.assign(new SyntaxError(secret), { body: secret }),
    'a SyntaxError with a status as text': Object.assign(new SyntaxError(secret), {
      status: '400',
      body: secret,
    }),
  },
  'formidable, koa-body': {
    'a domain object with its code': { code: 1009, name: secret },
    'an Error with its code alone': anError({ code: 1003 }),
    'an Error with its code and a status as text': anError({ code: 1011, httpCode: '400' }),
  },
  'multer, @koa/multer': {
    'a form with its code': { code: 'LIMIT_FILE_SIZE', field: secret },
    'an Error with its code alone': anError({ code: 'LIMIT_FILE_SIZE', field: secret }),
    'an Error with its name alone': anError({ name: 'MulterError' }),
  },
  'busboy, multer': {
    'an Error with its words': new Error('Unexpected end of form'),
    'an Error of the app where an upload was stored': anError({ storageErrors: [] }),
    'an object with a list of storage errors': { name: 'Error', storageErrors: [] },
  },
  'zlib, where the request has a Content-Encoding': {
    'an Error of our own data': anError({ code: 'Z_DATA_ERROR', errno: -3 }),
    'an object with its code': { code: 'Z_BUF_ERROR', errno: -5, status: '400', expose: 'yes' },
    'an Error with its code alone': anError({ code: 'Z_NEED_DICT' }),
  },
}
