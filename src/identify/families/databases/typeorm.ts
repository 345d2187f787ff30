import { read } from '../../../guard/read.ts'
import type { Rule } from '../../rule.ts'
import { rulesForWrapped } from './drivers.ts'

export const typeorm: readonly Rule[] = [
  ...rulesForWrapped('TypeORM', ['QueryFailedError'], 'driverError'),
  {
    from: 'TypeORM',
    mark: 'name',
    values: ['EntityNotFoundError'],
    shape: (error) => read(error, 'entityClass') !== undefined,
    condition: 'not-found',
  },
  {
    // The version that the caller asked for is not the one there is: asking again does not help.
    from: 'TypeORM',
    mark: 'name',
    values: ['OptimisticLockVersionMismatchError'],
    condition: 'conflict',
  },
]
