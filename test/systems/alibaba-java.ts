import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/**
 * A letter for where the fault lies (A: the user, B: this system, C: a third party) and four digits, whose levels refine
 * each other: A0001, A0100, A0110, A0111. An answer has the HTTP status, errorCode and errorMessage for developers, and
 * userTip for people.
 */
const manual = defineCatalog({
  name: 'alibaba-java',
  sourceLocale: 'zh-CN',
  success: { code: '00000', message: '一切 ok' },
  envelope: {
    body: ({ code, message, sourceMessage }) => ({
      errorCode: code,
      errorMessage: sourceMessage,
      userTip: message,
    }),
    success: (data) => ({ errorCode: '00000', data }),
    read: (body) => ({ code: (body as { errorCode?: unknown }).errorCode }),
  },
  errors: {
    USER_ERROR: { code: 'A0001', status: 400, message: '用户端错误' },
    SIGN_UP: { code: 'A0100', parent: 'USER_ERROR', message: '用户注册错误' },
    USERNAME: { code: 'A0110', parent: 'SIGN_UP', message: '用户名校验失败' },
    USERNAME_TAKEN: { code: 'A0111', parent: 'USERNAME', status: 409, message: '用户名已存在' },
    USERNAME_FORBIDDEN: { code: 'A0112', parent: 'USERNAME', message: '用户名包含敏感词' },
    LOGIN: { code: 'A0200', parent: 'USER_ERROR', status: 401, message: '用户登录异常' },
    WRONG_PASSWORD: { code: 'A0210', parent: 'LOGIN', message: '用户密码错误' },
    REQUEST: { code: 'A0500', parent: 'USER_ERROR', message: '用户请求服务异常' },
    TOO_MANY: { code: 'A0501', parent: 'REQUEST', status: 429, message: '请求次数超出限制', retryable: true },
    SYSTEM_ERROR: { code: 'B0001', status: 500, message: '系统执行出错' },
    SYSTEM_TIMEOUT: { code: 'B0100', parent: 'SYSTEM_ERROR', message: '系统执行超时' },
    ORDER_TIMEOUT: { code: 'B0101', parent: 'SYSTEM_TIMEOUT', message: '系统订单处理超时' },
    THIRD_PARTY: { code: 'C0001', status: 502, message: '调用第三方服务出错' },
    MIDDLEWARE: { code: 'C0100', parent: 'THIRD_PARTY', message: '中间件服务出错' },
    RPC: { code: 'C0110', parent: 'MIDDLEWARE', message: 'RPC 服务出错' },
    RPC_NOT_FOUND: { code: 'C0111', parent: 'RPC', message: 'RPC 服务资源不存在' },
    DATABASE: { code: 'C0300', parent: 'THIRD_PARTY', message: '数据库服务出错' },
  },
  foreign: { byStatus: { 400: 'USER_ERROR', 500: 'SYSTEM_ERROR', 502: 'THIRD_PARTY' } },
  locales: {
    en: {
      'alibaba-java': {
        USER_ERROR: { message: 'User error' },
        SIGN_UP: { message: 'Sign-up failed' },
        USERNAME: { message: 'Invalid username' },
        USERNAME_TAKEN: { message: 'The username is taken' },
        USERNAME_FORBIDDEN: { message: 'The username has a forbidden word' },
        LOGIN: { message: 'Login failed' },
        WRONG_PASSWORD: { message: 'Wrong password' },
        REQUEST: { message: 'The request cannot be served' },
        TOO_MANY: { message: 'Too many requests' },
        SYSTEM_ERROR: { message: 'System error' },
        SYSTEM_TIMEOUT: { message: 'The system took too long' },
        ORDER_TIMEOUT: { message: 'The order took too long' },
        THIRD_PARTY: { message: 'A third party failed' },
        MIDDLEWARE: { message: 'A middleware failed' },
        RPC: { message: 'An RPC service failed' },
        RPC_NOT_FOUND: { message: 'An RPC service was not found' },
        DATABASE: { message: 'The database failed' },
      },
    },
  },
})
const { errors } = manual

const chinese = { 'Content-Language': 'zh-CN' }

export const system: System = {
  name: 'Alibaba Java Coding Guidelines',
  source: 'https://developer.aliyun.com/article/1061041',
  options: { catalog: manual },
  cases: [
    {
      title: 'errorMessage is in the language of developers, userTip in that of the client',
      thrown: () => errors.USERNAME_TAKEN(),
      request: { headers: { 'Accept-Language': 'en' } },
      status: 409,
      body: { errorCode: 'A0111', errorMessage: '用户名已存在', userTip: 'The username is taken' },
    },
    {
      title: 'a status comes from three levels above',
      thrown: () => errors.USERNAME_FORBIDDEN(),
      status: 400,
      headers: chinese,
      body: { errorCode: 'A0112', errorMessage: '用户名包含敏感词', userTip: '用户名包含敏感词' },
    },
    {
      title: 'the nearest level that has a status gives it',
      thrown: () => errors.WRONG_PASSWORD(),
      status: 401,
      headers: chinese,
      body: { errorCode: 'A0210', errorMessage: '用户密码错误', userTip: '用户密码错误' },
    },
    {
      title: "a third party's error is a 502 from the letter down",
      thrown: () => errors.RPC_NOT_FOUND(),
      request: { headers: { 'Accept-Language': 'en-US' } },
      status: 502,
      body: {
        errorCode: 'C0111',
        errorMessage: 'RPC 服务资源不存在',
        userTip: 'An RPC service was not found',
      },
    },
    {
      title: 'a level in the middle can be thrown, too',
      thrown: () => errors.SIGN_UP(),
      status: 400,
      headers: chinese,
      body: { errorCode: 'A0100', errorMessage: '用户注册错误', userTip: '用户注册错误' },
    },
    {
      title: 'a status without a code of its own has the code of its class and the text of the status',
      request: { path: '/nowhere' },
      status: 404,
      headers: chinese,
      body: { errorCode: 'A0001', errorMessage: '资源不存在', userTip: '资源不存在' },
      readAs: 'USER_ERROR',
    },
    {
      title: 'a foreign error is one of this system',
      thrown: () => new Error('NullPointerException'),
      status: 500,
      headers: chinese,
      body: { errorCode: 'B0001', errorMessage: '系统执行出错', userTip: '系统执行出错' },
      readAs: 'SYSTEM_ERROR',
    },
  ],
  successes: [
    {
      title: 'a success has the code of five zeros',
      data: { id: 7 },
      body: { errorCode: '00000', data: { id: 7 } },
    },
  ],
}
