import { read } from '../../../guard/read.ts'
import type { Facts, Rule } from '../../rule.ts'
import { connections } from './connections.ts'
import { mongodb } from './mongodb.ts'
import { mysql } from './mysql.ts'
import { postgres } from './postgres.ts'
import { sqlite } from './sqlite.ts'

/** What the drivers throw. Knex passes it on, Drizzle makes it a `cause`. */
export const drivers: readonly Rule[] = [...postgres, ...mysql, ...sqlite, ...mongodb, ...connections]

/** Makes rules for the errors of these names, which hold what a driver threw in `property`. */
export function rulesForWrapped(
  library: string,
  names: readonly string[],
  property: string,
): readonly Rule[] {
  return [...new Set(drivers.map(({ condition }) => condition!))].map((condition) => {
    const rules = drivers.filter((rule) => rule.condition === condition).map(testOf)
    return {
      from: `${library}, by its \`${property}\``,
      mark: 'name',
      values: names,
      shape: (error, facts) => {
        const inner = read(error, property)
        return typeof inner === 'object' && inner !== null && rules.some((knows) => knows(inner, facts))
      },
      condition,
    }
  })
}

function testOf({ mark, values, shape }: Rule): (error: object, facts: Facts) => boolean {
  const known = new Set<unknown>(values)
  return (error, facts) => known.has(read(error, mark)) && (shape === undefined || shape(error, facts))
}
