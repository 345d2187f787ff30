import { anError, secret, type LookAlikes } from './look-alike.ts'

const statusOf = (): number => 404
const lacks = [{ property: 'lines', constraints: { minLength: secret }, children: [] }]

export const frameworks: LookAlikes = {
  '@nestjs/common': {
    'an order that tells its status': { status: 404, getStatus: statusOf, body: secret },
    'an Error that tells a status in words': anError({ status: 'shipped', getStatus: () => 'shipped' }),
    'an Error with its functions and no status': anError({ getStatus: statusOf, getResponse: () => secret }),
    'an Error with its functions as texts': anError({ getStatus: '404', getResponse: secret }),
    'a body with its functions': {
      getStatus: statusOf,
      getResponse: () => secret,
      response: { message: lacks },
    },
  },
  'routing-controllers': {
    'an upload with its code': { httpCode: 404, file: secret },
    'an Error with its code as a text': anError({ httpCode: '404' }),
    'an Error with a code of no error': anError({ httpCode: 201, errors: [secret] }),
    'an Error of formidable that it does not blame on the client': anError({ code: 1000, httpCode: 400 }),
    'a form with its code and errors': { httpCode: 400, errors: [{ path: 'lines', missing: secret }] },
  },
  fastify: {
    'a form with its code': { code: 'FST_ERR_VALIDATION', validation: lacks, validationContext: 'body' },
    'an Error with its code alone': anError({ code: 'FST_ERR_VALIDATION' }),
    'an Error with its code and a validation of a domain': anError({
      code: 'FST_ERR_VALIDATION',
      validation: { by: secret },
      validationContext: 'order',
    }),
    'an Error with the code of its parser': anError({ code: 'FST_ERR_CTP_BODY_TOO_LARGE' }),
    'an object with its name and code': { name: 'FastifyError', code: 'FST_ERR_CTP_EMPTY_JSON_BODY' },
  },
  hono: {
    'an object with the name of its token error': { name: 'JwtTokenExpired', token: secret },
    'an Error with the sentence of its validator': anError({
      message: 'Malformed JSON in request body',
      getResponse: () => secret,
    }),
    'a body with the sentence and the status of its validator': {
      message: 'Malformed JSON in request body',
      getResponse: () => secret,
      status: 400,
      body: secret,
    },
    'an Error that has the challenge of its middleware from another server': anError({
      getResponse: () => secret,
      res: {
        url: 'https://upstream.example/',
        headers: new Headers({ 'WWW-Authenticate': 'error_description="token verification failure"' }),
      },
    }),
  },
  'fastify, where the app calls it wrongly': {
    'an Error with its code': anError({ code: 'FST_ERR_INVALID_URL' }),
    'an object with its name and code': { name: 'FastifyError', code: 'FST_ERR_INVALID_URL' },
    'its own': anError({ name: 'FastifyError', code: 'FST_ERR_INVALID_URL', statusCode: 400 }),
  },
}
