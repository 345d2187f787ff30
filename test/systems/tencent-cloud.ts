import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * Each answer is a 200 with one member, Response, which holds either Error or the data, and the id of the request.
 * A code is refined after a dot: AuthFailure, AuthFailure.SignatureFailure. A header of its own names the language.
 */
const tencent = defineCatalog({
  name: 'tencent-cloud',
  httpStatus: 200,
  envelope: {
    body: ({ code, message, requestId }) => ({
      Response: { Error: { Code: code, Message: message }, RequestId: requestId },
    }),
    success: (data) => ({ Response: data }),
    read: (body) => ({
      code: (body as { readonly Response?: { readonly Error?: { readonly Code?: unknown } } }).Response?.Error
        ?.Code,
    }),
  },
  errors: {
    AuthFailure: { status: 401, message: 'Authentication failed.' },
    'AuthFailure.SignatureFailure': {
      parent: 'AuthFailure',
      message: 'The provided credentials could not be validated. Please check your signature is correct.',
    },
    'AuthFailure.SecretIdNotFound': { parent: 'AuthFailure', message: 'The SecretId is not found.' },
    'AuthFailure.SignatureExpire': {
      parent: 'AuthFailure',
      message:
        'Signature expired. Timestamp may not differ from the time of the server by over five minutes.',
    },
    UnauthorizedOperation: { status: 403, message: 'Unauthorized operation.' },
    InvalidAction: { status: 404, message: 'The request action is invalid or not found.' },
    InvalidParameter: { status: 400, message: 'Incorrect parameter.' },
    InvalidParameterValue: {
      parent: 'InvalidParameter',
      message: 'The parameter `{{name}}` has an invalid value.',
    },
    MissingParameter: { status: 400, message: 'The request is missing a required parameter `{{name}}`.' },
    RequestLimitExceeded: {
      status: 429,
      message:
        'Your current request times equals to `{{times}}` in a second, which exceeds the frequency limit `{{limit}}` for a second.',
      retryable: true,
    },
    InternalError: { status: 500, message: 'An internal error has occurred. Retry your request.' },
  },
  foreign: { byStatus: { 404: 'InvalidAction', 500: 'InternalError' } },
  locales: {
    'zh-CN': {
      'tencent-cloud': {
        AuthFailure: { message: 'CAM 签名/鉴权错误。' },
        'AuthFailure.SignatureFailure': { message: '签名错误。签名计算错误，请检查签名计算过程。' },
        'AuthFailure.SecretIdNotFound': { message: '密钥不存在。' },
        'AuthFailure.SignatureExpire': { message: '签名过期。' },
        UnauthorizedOperation: { message: '未授权操作。' },
        InvalidAction: { message: '接口不存在。' },
        InvalidParameter: { message: '参数错误。' },
        InvalidParameterValue: { message: '参数 `{{name}}` 取值错误。' },
        MissingParameter: { message: '缺少参数 `{{name}}`。' },
        RequestLimitExceeded: { message: '请求的次数为 `{{times}}`，超过了频率限制 `{{limit}}`。' },
        InternalError: { message: '内部错误。' },
      },
    },
  },
})
const { errors } = tencent

/** Of Express's request and Koa's context alike. */
function language(request: unknown): string | undefined {
  return (request as { readonly headers: Readonly<Record<string, string | undefined>> }).headers[
    'x-tc-language'
  ]
}

const id = 'ed93f3cb-f35e-473f-b9f3-0d451b8b79c6'

export const system: System = {
  name: 'Tencent Cloud API 3.0',
  source: 'https://cloud.tencent.com/document/product/1388/114322',
  options: { catalog: tencent, locale: language },
  cases: [
    {
      title: 'a wrong signature is a 200 with the refined code and the id of the request',
      thrown: () => errors['AuthFailure.SignatureFailure'](),
      request: { headers: { 'X-Request-ID': id } },
      status: 200,
      headers: { 'X-Request-ID': id },
      body: {
        Response: {
          Error: {
            Code: 'AuthFailure.SignatureFailure',
            Message:
              'The provided credentials could not be validated. Please check your signature is correct.',
          },
          RequestId: id,
        },
      },
    },
    {
      title: 'X-TC-Language names the language, before Accept-Language',
      thrown: () => errors['AuthFailure.SignatureExpire'](),
      request: { headers: { 'X-TC-Language': 'zh-CN', 'Accept-Language': 'en-US' } },
      status: 200,
      headers: { 'Content-Language': 'zh-CN' },
      body: {
        Response: {
          Error: { Code: 'AuthFailure.SignatureExpire', Message: '签名过期。' },
          RequestId: 'probe-1',
        },
      },
    },
    {
      title: 'Accept-Language counts where X-TC-Language is left out',
      thrown: () => errors.RequestLimitExceeded({ params: { times: 21, limit: 20 } }),
      request: { headers: { 'Accept-Language': 'zh' } },
      status: 200,
      headers: { 'Content-Language': 'zh-CN' },
      body: {
        Response: {
          Error: { Code: 'RequestLimitExceeded', Message: '请求的次数为 `21`，超过了频率限制 `20`。' },
          RequestId: 'probe-1',
        },
      },
      readAs: null,
    },
    {
      title: 'an action that is not there is a 200',
      request: { path: '/nowhere' },
      status: 200,
      body: {
        Response: {
          Error: { Code: 'InvalidAction', Message: 'The request action is invalid or not found.' },
          RequestId: 'probe-1',
        },
      },
      readAs: 'InvalidAction',
    },
    {
      title: 'a code whose text needs a param is read as its common code',
      thrown: () => errors.InvalidParameterValue({ params: { name: 'Zone' } }),
      status: 200,
      body: {
        Response: {
          Error: { Code: 'InvalidParameterValue', Message: 'The parameter `Zone` has an invalid value.' },
          RequestId: 'probe-1',
        },
      },
      readAs: 'InvalidParameter',
    },
  ],
  successes: [
    {
      title: 'a success has its data in Response',
      data: { TotalCount: 0, InstanceStatusSet: [], RequestId: 'b5b41468-520d-4192-b42f-595cc34b6c1c' },
      body: {
        Response: {
          TotalCount: 0,
          InstanceStatusSet: [],
          RequestId: 'b5b41468-520d-4192-b42f-595cc34b6c1c',
        },
      },
    },
  ],
}
