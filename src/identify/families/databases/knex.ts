import { read } from '../../../guard/read.ts'
import type { Rule } from '../../rule.ts'

export const knex: readonly Rule[] = [
  {
    // `.timeout(ms)` of a query, which the error repeats.
    from: 'Knex',
    mark: 'name',
    values: ['KnexTimeoutError'],
    shape: (error) => typeof read(error, 'timeout') === 'number',
    condition: 'timeout',
  },
  {
    // No connection of the pool became free.
    from: 'Knex',
    mark: 'name',
    values: ['KnexTimeoutError'],
    condition: 'unavailable',
  },
]
