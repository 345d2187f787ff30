import type { Family } from '../library-rule.ts'
import { answers } from './network/answers.ts'
import { clients } from './network/clients.ts'
import { copied } from './network/copied.ts'
import { fetches } from './network/fetches.ts'
import { leaving } from './network/leaving.ts'
import { mail } from './network/mail.ts'
import { system } from './network/system.ts'
import { waits } from './network/waits.ts'

/**
 * Other servers that were asked and did not help: not reached, broken off, too slow, or with a useless answer.
 * Whatever status it answered is not ours. Its Retry-After goes on.
 */
export const network: Family = {
  name: 'Network',
  rules: [...leaving, ...system, ...fetches, ...clients, ...copied, ...mail, ...waits, ...answers],
}
