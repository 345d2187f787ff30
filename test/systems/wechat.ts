import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * Errors and success alike are a 200 with errcode and errmsg, beside which a success has its data. The id of the
 * request stands within the text, and the media type has a parameter that no other JSON has.
 */
const wechat = defineCatalog({
  name: 'wechat',
  success: { code: 0, message: 'ok' },
  httpStatus: 200,
  envelope: {
    contentType: 'application/json; encoding=utf-8',
    body: ({ code, message, requestId }) => ({ errcode: code, errmsg: `${message} rid: ${requestId}` }),
    success: { errcode: 0, errmsg: 'ok' },
    read: (body) => ({ code: (body as { errcode?: unknown }).errcode }),
  },
  errors: {
    SYSTEM_BUSY: { code: -1, status: 503, message: 'system error', retryable: true },
    INVALID_CREDENTIAL: {
      code: 40001,
      status: 401,
      message: 'invalid credential, access_token is invalid or not latest',
    },
    INVALID_OPENID: { code: 40003, status: 400, message: 'invalid openid' },
    INVALID_URL: { code: 40066, status: 404, message: 'invalid url' },
    TOKEN_MISSING: { code: 41001, status: 401, message: 'access_token missing' },
    POST_REQUIRED: { code: 43002, status: 405, message: 'require POST method' },
    DAILY_QUOTA: {
      code: 45009,
      status: 429,
      message: 'reach max api daily quota limit',
      retryable: true,
      retryAfter: '1h',
    },
    DATA_FORMAT: { code: 47001, status: 400, message: 'data format error' },
    API_UNAUTHORIZED: { code: 48001, status: 403, message: 'api unauthorized' },
  },
  foreign: {
    byStatus: { 404: 'INVALID_URL', 500: 'SYSTEM_BUSY' },
    byCondition: { 'malformed-body': 'DATA_FORMAT' },
  },
  locales: {
    'zh-CN': {
      wechat: {
        SYSTEM_BUSY: { message: '系统繁忙，此时请开发者稍候再试' },
        INVALID_CREDENTIAL: { message: 'AppSecret 错误，或者 access_token 无效' },
        INVALID_OPENID: { message: '不合法的 OpenID' },
        INVALID_URL: { message: '不合法的 URL' },
        TOKEN_MISSING: { message: '缺少 access_token 参数' },
        POST_REQUIRED: { message: '需要 POST 请求' },
        DAILY_QUOTA: { message: '接口调用超过限制' },
        DATA_FORMAT: { message: '解析 JSON/XML 内容错误' },
        API_UNAUTHORIZED: { message: 'api 功能未授权' },
      },
    },
  },
})
const { errors } = wechat

const english = { 'Content-Type': 'application/json; encoding=utf-8' }
const chinese = { ...english, 'Content-Language': 'zh-CN' }

export const system: System = {
  name: 'WeChat Official Accounts',
  source: 'https://developers.weixin.qq.com/doc/store/API/basics/commErrCode.html',
  options: { catalog: wechat },
  cases: [
    {
      title: 'a token that is no more is a 200 with its errcode, and the id stands in the text',
      thrown: () => errors.INVALID_CREDENTIAL(),
      status: 200,
      headers: english,
      body: {
        errcode: 40001,
        errmsg: 'invalid credential, access_token is invalid or not latest rid: probe-1',
      },
    },
    {
      title: 'a busy system has a negative code, and its text in Chinese',
      thrown: () => errors.SYSTEM_BUSY(),
      request: { headers: { 'Accept-Language': 'zh-CN,zh;q=0.9' } },
      status: 200,
      headers: chinese,
      body: { errcode: -1, errmsg: '系统繁忙，此时请开发者稍候再试 rid: probe-1' },
    },
    {
      title: 'a used up quota is a 200 that says when to come again',
      thrown: () => errors.DAILY_QUOTA(),
      status: 200,
      headers: { ...english, 'Retry-After': '3600' },
      body: { errcode: 45009, errmsg: 'reach max api daily quota limit rid: probe-1' },
    },
    {
      title: 'a path that nobody serves is a 200 as well',
      request: { path: '/cgi-bin/nothing' },
      status: 200,
      headers: english,
      body: { errcode: 40066, errmsg: 'invalid url rid: probe-1' },
      readAs: 'INVALID_URL',
    },
    {
      title: 'a foreign error is a busy system',
      thrown: () => new Error('connect ECONNREFUSED 10.0.0.5:3306'),
      status: 200,
      headers: english,
      body: { errcode: -1, errmsg: 'system error rid: probe-1' },
      readAs: 'SYSTEM_BUSY',
    },
    {
      title: 'JSON that cannot be parsed is a 200 in the language of the client',
      request: {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': 'zh-CN' },
        body: '{"touser":',
      },
      status: 200,
      headers: chinese,
      body: { errcode: 47001, errmsg: '解析 JSON/XML 内容错误 rid: probe-1' },
      readAs: 'DATA_FORMAT',
    },
  ],
  successes: [
    {
      title: 'a success has errcode and errmsg beside its data',
      data: { type: 'image', media_id: 'MEDIA_ID' },
      body: { errcode: 0, errmsg: 'ok', type: 'image', media_id: 'MEDIA_ID' },
    },
    { title: 'a success without data is errcode and errmsg', body: { errcode: 0, errmsg: 'ok' } },
  ],
}
