import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'
import { rulesForWrapped } from './drivers.ts'

export const typeorm: readonly DatabaseRule[] = [
  ...rulesForWrapped('TypeORM', ['QueryFailedError'], 'driverError'),
  {
    from: 'TypeORM',
    property: 'name',
    values: ['EntityNotFoundError'],
    matches: (error) => read(error, 'entityClass') !== undefined,
    condition: 'not-found',
  },
  {
    // The version that the caller asked for is not the one there is: asking again does not help.
    from: 'TypeORM',
    property: 'name',
    values: ['OptimisticLockVersionMismatchError'],
    condition: 'conflict',
  },
]
