import { anError, secret, type LookAlikes } from './look-alike.ts'

export const http: LookAlikes = {
  '@hapi/boom': {
    'its mark alone': anError({ isBoom: true }),
    'its mark with a status of no error': anError({ isBoom: true, output: { statusCode: 200 } }),
    'its output alone': anError({ output: { statusCode: 403 } }),
    'a speaker': { isBoom: 'yes', isServer: false, output: { statusCode: 403 } },
  },
  'http-errors, `ctx.throw`, `send`, @koa/router, koa-ratelimit': {
    'its mark alone': anError({ expose: true }),
    'its mark as a text': anError({ expose: 'true' }),
    'its mark with a status that is no integer': anError({ expose: true, status: 404.5 }),
  },
  'Express, the app': {
    'a status that is a text': anError({ status: '404' }),
    'a status of no error': anError({ status: 200, statusCode: 302 }),
    'a status that HTTP does not have': anError({ status: 700 }),
    'a status in words': { status: 'shipped', id: secret },
  },
}
