import type { Condition } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'

const from = 'MikroORM'
const property = 'name'

/**
 * https://mikro-orm.io/api/core: what it wraps has its name changed and everything else copied, so that most drivers'
 * errors are known by their own marks.
 */
const NAMES: readonly (readonly [Condition, readonly string[]])[] = [
  ['already-exists', ['UniqueConstraintViolationException']],
  ['conflict', ['ForeignKeyConstraintViolationException']],
  ['validation-failed', ['NotNullConstraintViolationException', 'CheckConstraintViolationException']],
  ['write-conflict', ['DeadlockException', 'LockWaitTimeoutException']],
]

export const mikroOrm: readonly DatabaseRule[] = [
  ...NAMES.map(([condition, values]): DatabaseRule => ({
    from,
    property,
    values,
    matches: (error) => ['string', 'number'].includes(typeof read(error, 'code')),
    condition,
  })),
  {
    // A system error, whatever the port.
    from,
    property,
    values: ['DriverException', 'ConnectionException'],
    matches: (error) => CONNECTING.has(read(error, 'syscall')),
    condition: 'unavailable',
  },
  {
    // `findOneOrFail`
    from,
    property,
    values: ['NotFoundError'],
    matches: isOfEntity,
    condition: 'not-found',
  },
  { from, property, values: ['OptimisticLockError'], matches: isOfEntity, condition: 'write-conflict' },
]

const CONNECTING: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo', 'read', 'write'])

/** Its ValidationErrors tell of an entity. */
function isOfEntity(error: object): boolean {
  return typeof read(error, 'getEntity') === 'function'
}
