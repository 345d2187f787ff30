import type { LookAlikes } from './look-alike.ts'

const secret = 'hunter2'

export const tokens: LookAlikes = {
  'passport-oauth2': {
    'what a token endpoint answers': { error: 'invalid_grant', code: 'invalid_grant', name: 'TokenError' },
    'an Error of the app with its name and code': Object.assign(new Error(secret), {
      name: 'TokenError',
      code: 'invalid_grant',
    }),
    'an Error with its name alone': Object.assign(new Error(secret), { name: 'InternalOAuthError' }),
  },
}
