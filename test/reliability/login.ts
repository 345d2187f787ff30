import createError from 'http-errors'
import { defineCatalog } from '../../src/error/define-catalog.ts'

/** An API with four causes of a 401, and one code to hide them behind. */
export const login = defineCatalog({
  name: 'login',
  challenge: 'Bearer realm="api"',
  errors: {
    401: {
      status: 401,
      title: 'Not logged in',
      message: 'Log in first',
      action: 'Log in',
    },
    404: { status: 404, message: 'Nothing is here' },
    500: { status: 500, message: 'Something broke' },
    1001: { status: 401, title: 'No user', message: 'There is no such user', action: 'Sign up' },
    1002: { status: 401, message: 'The password is wrong', retryable: true },
    1003: { status: 401, parent: 401, message: 'The token has expired', description: 'After an hour' },
    1004: { status: 401, parent: 401, message: 'The account is locked', retryable: true, retryAfter: 600 },
    1005: { status: 409, message: '{{user}} is taken' },
    1403: { status: 403, message: 'Owned by another', action: 'Ask its owner', retryAfter: 3 },
    1404: { status: 404, message: 'There is no such thing' },
  },
  locales: {
    de: {
      login: {
        401: { message: 'Anmeldung erforderlich' },
        1001: { message: 'Diesen Benutzer gibt es nicht' },
        1002: { message: 'Das Passwort ist falsch' },
      },
    },
    ja: { login: { 401: { message: 'ログインしてください' }, 1003: { message: '期限切れです' } } },
    // Has texts for the causes alone.
    'zh-TW': { login: { 1001: { message: '沒有這個使用者' }, 1004: { message: '帳號已鎖定' } } },
    ar: { login: { 401: { message: 'سجّل الدخول أولاً' } } },
  },
})

type Causes = Readonly<Record<string, () => unknown>>

const codes: Causes = {
  'unknown user': () => new login.BizError(1001),
  'wrong password': () => new login.BizError(1002),
  'expired token': () => new login.BizError(1003),
  'locked account': () => new login.BizError(1004),
}

const adorned: Causes = {
  ...codes,
  'wrong password with details': () => new login.BizError(1002, { details: { user: 'eva', left: 2 } }),
  'locked account with retryAfter': () => new login.BizError(1004, { retryAfter: 900 }),
  'locked account until a date': () => new login.BizError(1004, { retryAfter: new Date(Date.now() + 9e5) }),
  'expired token with a cause': () => new login.BizError(1003, { cause: new Error('jwt expired') }),
  'unknown user with headers': () =>
    new login.BizError(1001, {
      headers: {
        'X-Reason': 'no user',
        'X-RateLimit-Remaining': '2',
        'Set-Cookie': 'user=eva',
        'WWW-Authenticate': 'Bearer error="user not found"',
        'Retry-After': '9',
      },
    }),
  'unknown user with params': () =>
    Reflect.construct(login.BizError, [1001, { params: { user: 'eva', message: 'eva' } }]) as unknown,
  'the public code with everything': () =>
    new login.BizError(401, {
      details: ['eva'],
      cause: new Error('eva'),
      headers: { 'X-Reason': 'eva' },
      retryAfter: 9,
    }),
  'another code with status 401': () => new login.BizError(1404, { status: 401, details: { user: 'eva' } }),
}

const foreign: Causes = {
  'http-errors': () => createError(401, 'no such user'),
  'http-errors with headers': () =>
    createError(401, 'no such user', { headers: { 'WWW-Authenticate': 'Basic', 'X-User': 'eva' } }),
  'an Error with status': () => Object.assign(new Error('no such user'), { status: 401, details: 'eva' }),
  'an Error with statusCode': () => Object.assign(new Error('no such user'), { statusCode: 401 }),
  'a plain object': () => ({ status: 401 }),
  'a plain object with a message': () => ({ status: 401, message: 'no such user', expose: true }),
}

/** Ways in which a log-in fails: by codes, by codes with all that a throw can add, by other people's errors. */
export const CAUSES = { codes, adorned, foreign } as const

/** The same four causes for an API that has one code for them all, and conceals nothing. */
export const SAME_CODE_CAUSES: Causes = {
  'unknown user': () => new login.BizError(401),
  'wrong password': () => new login.BizError(401, { details: { left: 2 }, cause: new Error('wrong') }),
  'expired token': () => new login.BizError(401, { headers: { 'X-Expired-At': 'noon' } }),
  'locked account': () => new login.BizError(401, { retryAfter: 600 }),
  'unknown params': () => Reflect.construct(login.BizError, [401, { params: { user: 'eva' } }]) as unknown,
}
