import type { Condition } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'

/**
 * Result codes by the names that ldapjs and ldapts give them (RFC 4511, appendix A). What is not here is ours: a search
 * base that is wrong and an entry that is missing are both `noSuchObject`.
 */
const RESULTS: readonly (readonly [Condition, Readonly<Record<string, number>>])[] = [
  // Whoever logs in is bound. It is the same when the app's own account is refused.
  ['not-authenticated', { InvalidCredentialsError: 49 }],
  [
    'already-exists',
    {
      EntryAlreadyExistsError: 68,
      AlreadyExistsError: 68,
      AttributeOrValueExistsError: 20,
      TypeOrValueExistsError: 20,
    },
  ],
  // An entry that has others below it.
  ['conflict', { NotAllowedOnNonLeafError: 66 }],
  [
    'validation-failed',
    {
      ConstraintViolationError: 19,
      InvalidAttributeSyntaxError: 21,
      InvalidSyntaxError: 21,
      ObjectclassViolationError: 65,
      ObjectClassViolationError: 65,
    },
  ],
  ['unavailable', { BusyError: 51, UnavailableError: 52 }],
  ['timeout', { TimeLimitExceededError: 3 }],
]

const property = 'name'

export const ldap: readonly DatabaseRule[] = [
  ...RESULTS.map(([condition, codes]): DatabaseRule => ({
    from: 'ldapts, ldapjs',
    property,
    values: Object.keys(codes),
    matches: (error) => codes[read(error, 'name') as string] === read(error, 'code'),
    condition,
  })),
  // The client's own.
  {
    from: 'ldapjs',
    property,
    values: ['ConnectionError'],
    matches: isOfLdapjs,
    condition: 'unavailable',
  },
  { from: 'ldapjs', property, values: ['TimeoutError'], matches: isOfLdapjs, condition: 'timeout' },
]

function isOfLdapjs(error: object): boolean {
  return typeof read(error, 'lde_message') === 'string'
}
