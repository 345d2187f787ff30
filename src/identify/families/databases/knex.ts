import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'

export const knex: readonly DatabaseRule[] = [
  {
    // `.timeout(ms)` of a query, which the error repeats.
    from: 'Knex',
    property: 'name',
    values: ['KnexTimeoutError'],
    matches: (error) => typeof read(error, 'timeout') === 'number',
    condition: 'timeout',
  },
  {
    // No connection of the pool became free.
    from: 'Knex',
    property: 'name',
    values: ['KnexTimeoutError'],
    condition: 'unavailable',
  },
]
