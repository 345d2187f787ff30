import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * Codes are a service and a number, or a number alone; they are always text. One code is told with several texts. What
 * some errors add stands beside the three members.
 */
const huawei = defineCatalog({
  name: 'huawei-cloud',
  modules: {
    gateway: { title: 'API Gateway', status: 401 },
    iam: { title: 'Identity and Access Management', status: 400 },
    policies: { title: 'IAM 5', status: 403 },
  },
  envelope: {
    body: ({ code, message, requestId, details }) => ({
      ...(details as object | undefined),
      error_code: code,
      error_msg: message,
      request_id: requestId,
    }),
    success: (data) => data as object,
    read: (body) => ({ code: (body as { error_code?: unknown }).error_code }),
  },
  errors: {
    API_NOT_FOUND: {
      code: 'APIG.0101',
      module: 'gateway',
      status: 404,
      message: 'The API does not exist or has not been published in the environment.',
    },
    METHOD_NOT_FOUND: {
      code: 'APIG.0101',
      module: 'gateway',
      status: 404,
      message: 'The API does not exist.',
    },
    BACKEND_TIMEOUT: { code: 'APIG.0203', module: 'gateway', status: 504, message: 'Backend timeout.' },
    TOKEN_UNREADABLE: {
      code: 'APIG.0301',
      module: 'gateway',
      message: 'Incorrect IAM authentication information: decrypt token fail',
    },
    KEY_LOCKED: {
      code: 'APIG.0301',
      module: 'gateway',
      message: 'Incorrect IAM authentication information: AK access failed to reach the limit,forbidden',
    },
    THROTTLED: {
      code: 'APIG.0308',
      module: 'gateway',
      status: 429,
      message:
        'The throttling threshold has been reached: policy {{policy}} over ratelimit,limit:{{limit}},time:{{time}}',
      retryable: true,
    },
    SYSTEM_ERROR: { code: 'APIG.9999', module: 'gateway', status: 500, message: 'System error' },
    PARAMETER_MISSING: { code: '1100', module: 'iam', message: 'Mandatory parameters are missing.' },
    USERNAME_TAKEN: { code: '1109', module: 'iam', message: 'The user name already exists.' },
    PARAMETER_INVALID: { code: 'IAM.0007', module: 'iam', message: 'Request parameter {{key}} is invalid.' },
    ACCESS_DENIED: { code: 'PAP5.0001', module: 'policies', message: 'access denied: {{policy}}' },
    TOO_MANY_POLICIES: {
      code: 'PAP5.0003',
      module: 'policies',
      message: 'attached policies per agency limit exceeded',
    },
  },
  foreign: { byStatus: { 404: 'API_NOT_FOUND', 500: 'SYSTEM_ERROR', 504: 'BACKEND_TIMEOUT' } },
  locales: {
    'zh-CN': {
      'huawei-cloud': {
        API_NOT_FOUND: { message: 'API不存在或尚未发布到环境。' },
        METHOD_NOT_FOUND: { message: 'API不存在。' },
        BACKEND_TIMEOUT: { message: '后端服务超时。' },
        TOKEN_UNREADABLE: { message: 'IAM认证信息错误：token解析失败' },
        KEY_LOCKED: { message: 'IAM认证信息错误：AK/SK被锁定' },
        THROTTLED: { message: '达到流控上限：{{policy}}，{{time}}内{{limit}}次' },
        SYSTEM_ERROR: { message: '系统错误' },
        PARAMETER_MISSING: { message: '缺失必选参数。' },
        USERNAME_TAKEN: { message: '用户名已存在。' },
        PARAMETER_INVALID: { message: '请求参数 {{key}} 校验失败。' },
        ACCESS_DENIED: { message: '没有权限：{{policy}}' },
        TOO_MANY_POLICIES: { message: '信任委托附加的身份策略数量超过限制' },
      },
    },
  },
})
const { errors } = huawei

export const system: System = {
  name: 'Huawei Cloud',
  source: 'https://support.huaweicloud.com/api-iam5/ErrorCode.html',
  options: { catalog: huawei },
  cases: [
    {
      title: 'a refusal has its encoded reason beside code and text',
      thrown: () =>
        errors.ACCESS_DENIED({
          params: { policy: 'iam:users:createUser' },
          details: { encoded_authorization_message: 'b2theQ' },
        }),
      status: 403,
      body: {
        encoded_authorization_message: 'b2theQ',
        error_code: 'PAP5.0001',
        error_msg: 'access denied: iam:users:createUser',
        request_id: 'probe-1',
      },
      readAs: null,
    },
    {
      title: 'details cannot take the place of the code',
      thrown: () => errors.TOO_MANY_POLICIES({ details: { error_code: 'PAP5.0000', limit: 20 } }),
      status: 403,
      body: {
        error_code: 'PAP5.0003',
        limit: 20,
        error_msg: 'attached policies per agency limit exceeded',
        request_id: 'probe-1',
      },
    },
    {
      title: 'one code has two texts, both of the status of its module',
      thrown: () => errors.KEY_LOCKED(),
      status: 401,
      body: {
        error_code: 'APIG.0301',
        error_msg: 'Incorrect IAM authentication information: AK access failed to reach the limit,forbidden',
        request_id: 'probe-1',
      },
      // The first of those that share the code.
      readAs: 'TOKEN_UNREADABLE',
    },
    {
      title: 'a number is text, and its words are Chinese',
      thrown: () => errors.USERNAME_TAKEN(),
      request: { headers: { 'Accept-Language': 'zh-CN' } },
      status: 400,
      headers: { 'Content-Language': 'zh-CN' },
      body: { error_code: '1109', error_msg: '用户名已存在。', request_id: 'probe-1' },
    },
    {
      title: 'a throttled client is told the policy',
      thrown: () =>
        errors.THROTTLED({ params: { policy: 'user', limit: 60, time: '1 minute' }, retryAfter: 60 }),
      status: 429,
      headers: { 'Retry-After': '60' },
      body: {
        error_code: 'APIG.0308',
        error_msg:
          'The throttling threshold has been reached: policy user over ratelimit,limit:60,time:1 minute',
        request_id: 'probe-1',
      },
      readAs: null,
    },
    {
      title: 'a path that nobody serves is an API that does not exist',
      request: { path: '/v5/nothing' },
      status: 404,
      body: {
        error_code: 'APIG.0101',
        error_msg: 'The API does not exist or has not been published in the environment.',
        request_id: 'probe-1',
      },
      readAs: 'API_NOT_FOUND',
    },
  ],
  successes: [{ title: 'a success is the data', data: { users: [] }, body: { users: [] } }],
}
