import { createSign, generateKeyPairSync } from 'node:crypto'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * A gateway: each answer is a 200. Its one member is named by the method that was asked for, its code is a common one
 * in English, its sub_code the finer one in Chinese, and the bytes of it are signed.
 */
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

function sign(text: string): string {
  return createSign('RSA-SHA256').update(text).sign(privateKey, 'base64')
}

/** Express's request and Koa's context alike. */
interface GatewayRequest {
  readonly query: Readonly<Record<string, unknown>>
}

function nameFor({ query: { method } }: GatewayRequest): string {
  return typeof method === 'string' ? `${method.replaceAll('.', '_')}_response` : 'error_response'
}

const alipay = defineCatalog({
  name: 'alipay',
  sourceLocale: 'zh-CN',
  success: { code: '10000', message: 'Success' },
  httpStatus: 200,
  envelope: {
    body({ code, message, parent, parentMessage, details }, request: GatewayRequest) {
      const answer =
        parent === undefined
          ? { code, msg: message }
          : { code: parent, msg: parentMessage, sub_code: code, sub_msg: message, ...(details as object) }
      return { [nameFor(request)]: answer, sign: sign(JSON.stringify(answer)) }
    },
    success: (data) => ({ code: '10000', msg: 'Success', ...(data as object | undefined) }),
    read(body) {
      const [answer] = Object.values(body as Readonly<Record<string, Partial<Record<string, string>>>>)
      return answer?.['sub_code'] === undefined
        ? { code: answer?.['code'] }
        : { code: answer['sub_code'], parent: answer['code'] }
    },
  },
  errors: {
    UNAVAILABLE: { code: '20000', status: 503, message: 'Service Currently Unavailable', retryable: true },
    SYSTEM_BUSY: { code: 'isp.unknow-error', parent: 'UNAVAILABLE', message: '系统繁忙' },
    MISSING: { code: '40001', status: 400, message: 'Missing Required Arguments' },
    MISSING_METHOD: { code: 'isv.missing-method', parent: 'MISSING', message: '缺少方法名参数' },
    MISSING_APP_ID: { code: 'isv.missing-app-id', parent: 'MISSING', message: '缺少应用ID参数' },
    INVALID: { code: '40002', status: 400, message: 'Invalid Arguments' },
    INVALID_METHOD: { code: 'isv.invalid-method', parent: 'INVALID', status: 404, message: '不存在的方法名' },
    INVALID_SIGNATURE: {
      code: 'isv.invalid-signature',
      parent: 'INVALID',
      message: '验签出错，sign值与sign_type参数指定的签名类型不一致：sign_type参数值为{{signType}}',
    },
    BUSINESS_FAILED: { code: '40004', status: 409, message: 'Business Failed' },
    TRADE_NOT_EXIST: {
      code: 'ACQ.TRADE_NOT_EXIST',
      parent: 'BUSINESS_FAILED',
      status: 404,
      message: '交易不存在',
    },
    BALANCE_NOT_ENOUGH: {
      code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
      parent: 'BUSINESS_FAILED',
      message: '卖家余额不足',
    },
    FORBIDDEN: { code: '40006', status: 403, message: 'Insufficient Permissions' },
    ISV_FORBIDDEN: { code: 'isv.insufficient-isv-permissions', parent: 'FORBIDDEN', message: 'ISV权限不足' },
  },
  foreign: { byStatus: { 404: 'INVALID_METHOD', 500: 'SYSTEM_BUSY' } },
  locales: {
    en: {
      alipay: {
        // The common codes are told in English to all.
        UNAVAILABLE: { message: 'Service Currently Unavailable' },
        MISSING: { message: 'Missing Required Arguments' },
        INVALID: { message: 'Invalid Arguments' },
        BUSINESS_FAILED: { message: 'Business Failed' },
        FORBIDDEN: { message: 'Insufficient Permissions' },
        SYSTEM_BUSY: { message: 'The system is busy' },
        MISSING_METHOD: { message: 'The method is missing' },
        MISSING_APP_ID: { message: 'The app_id is missing' },
        INVALID_METHOD: { message: 'There is no such method' },
        INVALID_SIGNATURE: { message: 'The signature is not one of {{signType}}, which sign_type names' },
        TRADE_NOT_EXIST: { message: 'The trade does not exist' },
        BALANCE_NOT_ENOUGH: { message: 'The balance of the seller is not enough' },
        ISV_FORBIDDEN: { message: 'The ISV has not enough permissions' },
      },
    },
  },
})
const { errors } = alipay

/** The whole answer of a gateway: the bytes that are signed stand in it as they are. */
function signed(name: string, answer: object): string {
  const text = JSON.stringify(answer)
  return `{"${name}":${text},"sign":"${sign(text)}"}`
}

const chinese = { 'Content-Language': 'zh-CN' }

export const system: System = {
  name: 'Alipay gateway',
  source: 'https://opendocs.alipay.com/common/02km9f',
  options: { catalog: alipay },
  cases: [
    {
      title: 'a trade that is not there has its sub_code, under the name of the method, signed',
      thrown: () =>
        errors.TRADE_NOT_EXIST({ details: { out_trade_no: '2018013644', buyer_pay_amount: '0.00' } }),
      request: { path: '/gateway.do?method=alipay.trade.query' },
      status: 200,
      headers: chinese,
      body: signed('alipay_trade_query_response', {
        code: '40004',
        msg: 'Business Failed',
        sub_code: 'ACQ.TRADE_NOT_EXIST',
        sub_msg: '交易不存在',
        out_trade_no: '2018013644',
        buyer_pay_amount: '0.00',
      }),
    },
    {
      title: 'sub_msg is in the language of the client, msg in English',
      thrown: () => errors.BALANCE_NOT_ENOUGH(),
      request: { path: '/gateway.do?method=alipay.trade.refund', headers: { 'Accept-Language': 'en' } },
      status: 200,
      body: signed('alipay_trade_refund_response', {
        code: '40004',
        msg: 'Business Failed',
        sub_code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
        sub_msg: 'The balance of the seller is not enough',
      }),
    },
    {
      title: 'a request without a method is answered as error_response',
      thrown: () => errors.MISSING_METHOD(),
      request: { path: '/gateway.do' },
      status: 200,
      headers: chinese,
      body: signed('error_response', {
        code: '40001',
        msg: 'Missing Required Arguments',
        sub_code: 'isv.missing-method',
        sub_msg: '缺少方法名参数',
      }),
    },
    {
      title: 'a sub_code whose text needs a param is read as its common code',
      thrown: () => errors.INVALID_SIGNATURE({ params: { signType: 'RSA2' } }),
      request: { path: '/gateway.do?method=alipay.trade.pay' },
      status: 200,
      headers: chinese,
      body: signed('alipay_trade_pay_response', {
        code: '40002',
        msg: 'Invalid Arguments',
        sub_code: 'isv.invalid-signature',
        sub_msg: '验签出错，sign值与sign_type参数指定的签名类型不一致：sign_type参数值为RSA2',
      }),
      readAs: 'INVALID',
    },
    {
      title: 'a common code alone has no sub_code',
      thrown: () => errors.UNAVAILABLE(),
      request: { path: '/gateway.do?method=alipay.trade.pay' },
      status: 200,
      headers: chinese,
      body: signed('alipay_trade_pay_response', { code: '20000', msg: 'Service Currently Unavailable' }),
    },
    {
      title: 'a foreign error is a busy system',
      thrown: () => new Error('ORA-12541'),
      request: { path: '/gateway.do?method=alipay.trade.pay' },
      status: 200,
      headers: chinese,
      body: signed('alipay_trade_pay_response', {
        code: '20000',
        msg: 'Service Currently Unavailable',
        sub_code: 'isp.unknow-error',
        sub_msg: '系统繁忙',
      }),
      readAs: 'SYSTEM_BUSY',
    },
  ],
  successes: [
    {
      title: 'a success has code and msg beside its data',
      data: { trade_no: '2013112011001004330000121536', out_trade_no: '6823789339978248' },
      body: {
        code: '10000',
        msg: 'Success',
        trade_no: '2013112011001004330000121536',
        out_trade_no: '6823789339978248',
      },
    },
  ],
}
