import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * The older API: each answer is a 200 with errcode and errmsg. Code 88 says that access was refused; why stands beside
 * it as sub_code, which is text, and once more within errmsg. The same number is a code at the top elsewhere.
 */
const older = defineCatalog({
  name: 'dingtalk',
  sourceLocale: 'zh-CN',
  success: { code: 0, message: 'ok' },
  httpStatus: 200,
  envelope: {
    body: ({ code, message, parent, requestId }) =>
      parent === undefined
        ? { errcode: code, errmsg: message }
        : {
            errcode: parent,
            sub_code: code,
            sub_msg: message,
            errmsg: `ding talk error[subcode=${code},submsg=${message}]`,
            request_id: requestId,
          },
    success: { errcode: 0, errmsg: 'ok' },
    read(body) {
      const { errcode, sub_code: sub } = body as { readonly errcode: unknown; readonly sub_code?: unknown }
      return sub === undefined ? { code: errcode } : { code: sub, parent: errcode }
    },
  },
  errors: {
    BUSY: { code: -1, status: 503, message: '系统繁忙', retryable: true },
    REFUSED: { code: 88, status: 403, message: '鉴权异常' },
    NOT_PERMITTED: { code: '60011', parent: 'REFUSED', message: '没有调用该接口的权限' },
    TOKEN_REFUSED: { code: '40014', parent: 'REFUSED', status: 401, message: '不合法的access_token' },
    URI_NOT_FOUND: { code: 404, status: 404, message: '请求的URI地址不存在' },
    CORP_INVALID: { code: 33001, status: 400, message: '无效的企业ID' },
    TOKEN_INVALID: { code: 40014, status: 401, message: '不合法的access_token' },
    CODE_NOT_FOUND: { code: 40078, status: 404, message: '不存在的临时授权码' },
  },
  foreign: { byStatus: { 500: 'BUSY' } },
  locales: {
    en: {
      dingtalk: {
        BUSY: { message: 'The system is busy' },
        REFUSED: { message: 'Authentication failed' },
        NOT_PERMITTED: { message: 'No permission to call this API' },
        TOKEN_REFUSED: { message: 'Invalid access_token' },
        URI_NOT_FOUND: { message: 'The requested URI does not exist' },
        CORP_INVALID: { message: 'Invalid corp ID' },
        TOKEN_INVALID: { message: 'Invalid access_token' },
        CODE_NOT_FOUND: { message: 'The temporary code does not exist' },
      },
    },
  },
})

/** The newer API, in one app with the older: words as codes, honest statuses, and details beside them. */
const newer = defineCatalog({
  name: 'dingtalk-v1',
  sourceLocale: 'zh-CN',
  status: 400,
  envelope: {
    body: ({ code, message, requestId, details }) => ({
      code,
      requestid: requestId,
      message,
      ...(details as object | undefined),
    }),
    read: (body) => ({ code: (body as { code?: unknown }).code }),
  },
  errors: {
    'Forbidden.AccessDenied.AccessTokenPermissionDenied': { status: 403, message: '没有调用该接口的权限' },
    InvalidAuthentication: { status: 401, message: '不合法的access_token' },
    'param.error': { message: '参数错误' },
  },
})

const chinese = { 'Content-Language': 'zh-CN' }

export const system: System = {
  name: 'DingTalk',
  source: 'https://open.dingtalk.com/document/orgapp/error-code',
  options: { catalog: older },
  cases: [
    {
      title: 'a refusal is code 88 with its reason beside it, as text',
      thrown: () => older.errors.NOT_PERMITTED(),
      request: { headers: { 'X-Request-ID': '5imjny7u9xwa' } },
      status: 200,
      headers: { ...chinese, 'X-Request-ID': '5imjny7u9xwa' },
      body: {
        errcode: 88,
        sub_code: '60011',
        sub_msg: '没有调用该接口的权限',
        errmsg: 'ding talk error[subcode=60011,submsg=没有调用该接口的权限]',
        request_id: '5imjny7u9xwa',
      },
    },
    {
      title: 'the same number is one code as text and another as a number: text',
      thrown: () => older.errors.TOKEN_REFUSED(),
      request: { headers: { 'Accept-Language': 'en' } },
      status: 200,
      body: {
        errcode: 88,
        sub_code: '40014',
        sub_msg: 'Invalid access_token',
        errmsg: 'ding talk error[subcode=40014,submsg=Invalid access_token]',
        request_id: 'probe-1',
      },
    },
    {
      title: 'the same number is one code as text and another as a number: number',
      thrown: () => older.errors.TOKEN_INVALID(),
      status: 200,
      headers: chinese,
      body: { errcode: 40014, errmsg: '不合法的access_token' },
    },
    {
      title: 'an error of its own code has no request_id',
      thrown: () => older.errors.CODE_NOT_FOUND(),
      status: 200,
      headers: chinese,
      body: { errcode: 40078, errmsg: '不存在的临时授权码' },
    },
    {
      title: 'a path that nobody serves is a 200 with the code 404',
      request: { path: '/topapi/nothing', headers: { 'Accept-Language': 'en-GB' } },
      status: 200,
      body: { errcode: 404, errmsg: 'The requested URI does not exist' },
      readAs: 'URI_NOT_FOUND',
    },
    {
      title: 'an error of the newer API keeps its status and its envelope under the handler of the older',
      thrown: () =>
        newer.errors['Forbidden.AccessDenied.AccessTokenPermissionDenied']({
          details: { accessdenieddetail: { requiredScopes: ['Contact.User.Read'] } },
        }),
      status: 403,
      headers: chinese,
      body: {
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        requestid: 'probe-1',
        message: '没有调用该接口的权限',
        accessdenieddetail: { requiredScopes: ['Contact.User.Read'] },
      },
      // It is none of the older API.
      readAs: null,
    },
  ],
  successes: [
    {
      title: 'a success has errcode and errmsg beside its data',
      data: { access_token: 'xxx', expires_in: 7200 },
      body: { errcode: 0, errmsg: 'ok', access_token: 'xxx', expires_in: 7200 },
    },
  ],
}
