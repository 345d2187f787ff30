import type { LookAlikes } from './look-alike.ts'

const secret = 'hunter2'

export const network: LookAlikes = {
  'node-fetch': {
    'a domain object with its type and code': { type: 'system', code: 'ECONNREFUSED', name: 'FetchError' },
    'an Error with its name alone': Object.assign(new Error(secret), { name: 'FetchError' }),
    'an Error with its type alone': Object.assign(new Error(secret), { type: 'request-timeout' }),
  },
}
