import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * Codes are negative, and several texts share one. A client that goes on after a 429 is banned: a 418, which has
 * Retry-After as well. A cancel-replace tells of each of its two halves, which may be an error in itself.
 */
const binance = defineCatalog({
  name: 'binance',
  status: 400,
  envelope: {
    body: ({ code, message, details, errors }) => ({
      code,
      msg: message,
      data: details === undefined ? undefined : { ...details, ...halves(errors) },
    }),
    success: (data) => data ?? {},
    read: (body) => ({ code: (body as { code?: unknown }).code }),
  },
  errors: {
    UNKNOWN: { code: -1000, status: 500, message: 'An unknown error occurred while processing the request.' },
    TOO_MANY_REQUESTS: {
      code: -1003,
      status: 429,
      message:
        'Too much request weight used; current limit is {{limit}} request weight per {{interval}}. Please use WebSocket Streams for live updates to avoid polling the API.',
      retryable: true,
    },
    BANNED: {
      code: -1003,
      status: 418,
      message:
        'Way too much request weight used; IP banned until {{until}}. Please use WebSocket Streams for live updates to avoid bans.',
      retryable: true,
    },
    FILTER_FAILURE: { code: -1013, message: 'Filter failure: {{filter}}' },
    INVALID_TIMESTAMP: { code: -1021, message: 'Timestamp for this request is outside of the recvWindow.' },
    CLOCK_AHEAD: {
      code: -1021,
      message: "Timestamp for this request was 1000ms ahead of the server's time.",
    },
    INVALID_SIGNATURE: { code: -1022, message: 'Signature for this request is not valid.' },
    ILLEGAL_CHARS: { code: -1100, message: 'Illegal characters found in a parameter.' },
    ILLEGAL_CHARS_IN: {
      code: -1100,
      message: "Illegal characters found in parameter '{{name}}'; legal range is '{{range}}'.",
    },
    BAD_SYMBOL: { code: -1121, message: 'Invalid symbol.' },
    INSUFFICIENT_BALANCE: { code: -2010, message: 'Account has insufficient balance for requested action.' },
    UNKNOWN_ORDER: { code: -2011, message: 'Unknown order sent.' },
    NO_SUCH_ORDER: { code: -2013, message: 'Order does not exist.' },
    REJECTED_KEY: { code: -2015, status: 401, message: 'Invalid API-key, IP, or permissions for action.' },
    CANCEL_REPLACE_PARTIALLY_FAILED: {
      code: -2021,
      status: 409,
      message: 'Order cancel-replace partially failed.',
    },
    CANCEL_REPLACE_FAILED: { code: -2022, message: 'Order cancel-replace failed.' },
  },
  foreign: { byStatus: { 500: 'UNKNOWN' } },
  locales: {
    'zh-CN': {
      binance: {
        UNKNOWN: { message: '未知错误' },
        TOO_MANY_REQUESTS: { message: '请求权重过多； 当前限制是 {{limit}} 每 {{interval}} 的请求权重。' },
        BANNED: { message: '请求权重过多； IP被禁止，直到{{until}}。' },
        FILTER_FAILURE: { message: '订单未能通过过滤器: {{filter}}' },
        INVALID_TIMESTAMP: { message: '时延过大。' },
        CLOCK_AHEAD: { message: '时间偏移过大。' },
        INVALID_SIGNATURE: { message: '签名不正确' },
        ILLEGAL_CHARS: { message: '参数中有非法字符' },
        ILLEGAL_CHARS_IN: { message: "参数 '{{name}}' 中有非法字符；合法范围是 '{{range}}'" },
        BAD_SYMBOL: { message: '无效的symbol' },
        INSUFFICIENT_BALANCE: { message: '账户余额不足' },
        UNKNOWN_ORDER: { message: '找不到该订单' },
        NO_SUCH_ORDER: { message: '订单不存在' },
        REJECTED_KEY: { message: '无效的API Key, IP, 或权限' },
        CANCEL_REPLACE_PARTIALLY_FAILED: { message: '撤单再下单部分失败' },
        CANCEL_REPLACE_FAILED: { message: '撤单再下单失败' },
      },
    },
  },
})
const { errors } = binance

/** The halves of a cancel-replace that failed, as errors of their own. */
function halves(
  failed: readonly { readonly code: unknown; readonly message: string; readonly details?: unknown }[] = [],
) {
  return Object.fromEntries(
    failed.map(({ code, message, details }) => [details, { code, msg: message }] as const),
  )
}

export const system: System = {
  name: 'Binance Spot',
  source: 'https://github.com/binance/binance-spot-api-docs/blob/master/errors.md',
  options: { catalog: binance },
  cases: [
    {
      title: 'a code is negative',
      thrown: () => errors.BAD_SYMBOL(),
      status: 400,
      body: { code: -1121, msg: 'Invalid symbol.' },
    },
    {
      title: 'a text has params where another of the same code has none',
      thrown: () => errors.ILLEGAL_CHARS_IN({ params: { name: 'quantity', range: '^([0-9]{1,20})$' } }),
      status: 400,
      body: {
        code: -1100,
        msg: "Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})$'.",
      },
      // The first of the code that needs none.
      readAs: 'ILLEGAL_CHARS',
    },
    {
      title: 'a client that is banned gets a 418 that says until when',
      thrown: () => errors.BANNED({ params: { until: '1573729200000' }, retryAfter: 120 }),
      status: 418,
      headers: { 'Retry-After': '120' },
      body: {
        code: -1003,
        msg: 'Way too much request weight used; IP banned until 1573729200000. Please use WebSocket Streams for live updates to avoid bans.',
      },
      readAs: null,
    },
    {
      title: 'the same code is a 429 before, with a header of the throw, in Chinese',
      thrown: () =>
        errors.TOO_MANY_REQUESTS({
          params: { limit: 6000, interval: '1 MINUTE' },
          retryAfter: 7,
          headers: { 'X-MBX-USED-WEIGHT-1M': '6001' },
        }),
      request: { headers: { 'Accept-Language': 'zh-CN' } },
      status: 429,
      headers: { 'Retry-After': '7', 'X-MBX-USED-WEIGHT-1M': '6001', 'Content-Language': 'zh-CN' },
      body: { code: -1003, msg: '请求权重过多； 当前限制是 6000 每 1 MINUTE 的请求权重。' },
      readAs: null,
    },
    {
      title: 'a key that is not taken is a 401 of its own code',
      thrown: () => errors.REJECTED_KEY(),
      status: 401,
      body: { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' },
    },
    {
      title: 'a cancel-replace that fails has the error of its first half, and null for its second',
      thrown: () =>
        errors.CANCEL_REPLACE_FAILED({
          details: {
            cancelResult: 'FAILURE',
            newOrderResult: 'NOT_ATTEMPTED',
            cancelResponse: null,
            newOrderResponse: null,
          },
          also: [errors.UNKNOWN_ORDER({ details: 'cancelResponse' })],
        }),
      status: 400,
      body: {
        code: -2022,
        msg: 'Order cancel-replace failed.',
        data: {
          cancelResult: 'FAILURE',
          newOrderResult: 'NOT_ATTEMPTED',
          cancelResponse: { code: -2011, msg: 'Unknown order sent.' },
          newOrderResponse: null,
        },
      },
    },
    {
      title: 'a cancel-replace that half fails is a 409 with the order that was canceled',
      thrown: () =>
        errors.CANCEL_REPLACE_PARTIALLY_FAILED({
          details: {
            cancelResult: 'SUCCESS',
            newOrderResult: 'FAILURE',
            cancelResponse: { symbol: 'BTCUSDT', orderId: 3, status: 'CANCELED' },
            newOrderResponse: null,
          },
          also: [errors.INSUFFICIENT_BALANCE({ details: 'newOrderResponse' })],
        }),
      status: 409,
      body: {
        code: -2021,
        msg: 'Order cancel-replace partially failed.',
        data: {
          cancelResult: 'SUCCESS',
          newOrderResult: 'FAILURE',
          cancelResponse: { symbol: 'BTCUSDT', orderId: 3, status: 'CANCELED' },
          newOrderResponse: { code: -2010, msg: 'Account has insufficient balance for requested action.' },
        },
      },
    },
  ],
  successes: [
    {
      title: 'a success is the data',
      data: { serverTime: 1_499_827_319_559 },
      body: { serverTime: 1_499_827_319_559 },
    },
    { title: 'a success without data is empty', body: {} },
  ],
}
