import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * Codes are numbers written as text. What fails as a whole has a status of its own; what fails order by order is a 200
 * with the code '1', an empty msg, and each order's own sCode and sMsg in data.
 */
const okx = defineCatalog({
  name: 'okx',
  status: 400,
  success: { code: '0', message: '' },
  envelope: {
    body: ({ code, message, errors }) =>
      errors === undefined
        ? { code, msg: message, data: [] }
        : {
            code,
            msg: '',
            data: errors.map((order) => ({
              ...(order.details as object | undefined),
              sCode: order.code,
              sMsg: order.message,
            })),
          },
    success: (data) => ({ code: '0', msg: '', data }),
    read: (body) => ({ code: (body as { code?: unknown }).code }),
  },
  errors: {
    OPERATION_FAILED: { code: '1', status: 200, message: 'Operation failed' },
    PARTLY_SUCCEEDED: { code: '2', status: 200, message: 'Bulk operation partially succeeded' },
    SERVICE_UNAVAILABLE: {
      code: '50001',
      status: 503,
      message: 'Service temporarily unavailable',
      retryable: true,
    },
    JSON_SYNTAX: { code: '50002', message: 'JSON syntax error' },
    RATE_LIMIT: {
      code: '50011',
      status: 429,
      message: 'Rate limit reached. Please refer to API documentation and throttle requests accordingly',
      retryable: true,
    },
    PARAMETER_EMPTY: { code: '50014', message: 'Parameter {{param0}} cannot be empty' },
    SYSTEM_ERROR: { code: '50026', status: 500, message: 'System error. Try again later', retryable: true },
    INVALID_KEY: { code: '50111', status: 401, message: 'Invalid OK-ACCESS-KEY' },
    INVALID_SIGN: { code: '50113', status: 401, message: 'Invalid signature' },
    PARAMETER_ERROR: { code: '51000', message: 'Parameter {{param0}} error' },
    INSUFFICIENT_BALANCE: {
      code: '51008',
      status: 200,
      message: 'Order failed. Insufficient {{param0}} balance in account',
    },
    CANCELLATION_FAILED: {
      code: '51400',
      status: 200,
      message: 'Cancellation failed as the order has been filled, canceled or does not exist.',
    },
  },
  foreign: {
    byStatus: { 500: 'SYSTEM_ERROR', 503: 'SERVICE_UNAVAILABLE' },
    byCondition: { 'malformed-body': 'JSON_SYNTAX' },
  },
  locales: {
    'zh-CN': {
      okx: {
        OPERATION_FAILED: { message: '操作全部失败' },
        PARTLY_SUCCEEDED: { message: '批量操作部分成功' },
        SERVICE_UNAVAILABLE: { message: '服务暂时不可用，请稍后再试' },
        JSON_SYNTAX: { message: 'Json 数据格式错误' },
        RATE_LIMIT: { message: '用户请求频率过快，超过该接口允许的限额' },
        PARAMETER_EMPTY: { message: '必填参数 {{param0}} 不能为空' },
        SYSTEM_ERROR: { message: '系统错误，请稍后再试' },
        INVALID_KEY: { message: '无效的 OK-ACCESS-KEY' },
        INVALID_SIGN: { message: '无效的签名' },
        PARAMETER_ERROR: { message: '{{param0}} 参数错误' },
        INSUFFICIENT_BALANCE: { message: '下单失败，账户 {{param0}} 可用余额不足' },
        CANCELLATION_FAILED: { message: '由于订单已成交、已撤销或者不存在，撤单失败' },
      },
    },
  },
})
const { errors } = okx

const amended = { clOrdId: '', ordId: '2510789768709120', ts: '1695190491421', reqId: 'b12344' }

export const system: System = {
  name: 'OKX v5',
  source: 'https://www.okx.com/docs-v5/en/#error-code',
  options: { catalog: okx },
  cases: [
    {
      title: 'a rate limit is a 429 with a number as text',
      thrown: () => errors.RATE_LIMIT({ retryAfter: 2 }),
      status: 429,
      headers: { 'Retry-After': '2' },
      body: {
        code: '50011',
        msg: 'Rate limit reached. Please refer to API documentation and throttle requests accordingly',
        data: [],
      },
    },
    {
      title: 'an order that fails is a 200 whose data have its code',
      thrown: () =>
        errors.OPERATION_FAILED({
          also: [errors.INSUFFICIENT_BALANCE({ params: { param0: 'USDT' }, details: amended })],
        }),
      status: 200,
      body: {
        code: '1',
        msg: '',
        data: [
          {
            ...amended,
            sCode: '51008',
            sMsg: 'Order failed. Insufficient USDT balance in account',
          },
        ],
      },
    },
    {
      title: 'each order that fails is told in the language of the client',
      thrown: () =>
        errors.PARTLY_SUCCEEDED({
          also: [
            errors.INSUFFICIENT_BALANCE({ params: { param0: 'USDT' }, details: { ordId: '' } }),
            errors.CANCELLATION_FAILED({ details: { ordId: '12345689' } }),
          ],
        }),
      request: { headers: { 'Accept-Language': 'zh-CN' } },
      status: 200,
      headers: { 'Content-Language': 'zh-CN' },
      body: {
        code: '2',
        msg: '',
        data: [
          { ordId: '', sCode: '51008', sMsg: '下单失败，账户 USDT 可用余额不足' },
          { ordId: '12345689', sCode: '51400', sMsg: '由于订单已成交、已撤销或者不存在，撤单失败' },
        ],
      },
    },
    {
      title: 'a wrong key is a 401 of its own code',
      thrown: () => errors.INVALID_KEY(),
      status: 401,
      body: { code: '50111', msg: 'Invalid OK-ACCESS-KEY', data: [] },
    },
    {
      title: 'a param is filled in, and the status is that of the catalog',
      thrown: () => errors.PARAMETER_EMPTY({ params: { param0: 'instId' } }),
      status: 400,
      body: { code: '50014', msg: 'Parameter instId cannot be empty', data: [] },
      readAs: null,
    },
    {
      title: 'a foreign error is a 500 in the envelope',
      thrown: () => new Error('pool exhausted'),
      status: 500,
      body: { code: '50026', msg: 'System error. Try again later', data: [] },
      readAs: 'SYSTEM_ERROR',
    },
  ],
  successes: [
    {
      title: 'a success has the code 0 as text, and no words',
      data: [{ ts: '1597026383085' }],
      body: { code: '0', msg: '', data: [{ ts: '1597026383085' }] },
    },
  ],
}
