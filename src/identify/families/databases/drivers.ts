import { bare } from '../../../guard/own.ts'
import { read } from '../../../guard/read.ts'
import type { RecognitionFacts } from '../../identify.ts'
import type { DatabaseRule } from './codes.ts'
import { connections } from './connections.ts'
import { mongodb } from './mongodb.ts'
import { mysql } from './mysql.ts'
import { placeOf, postgres } from './postgres.ts'
import { sqlite } from './sqlite.ts'

/** The drivers' own errors. Knex passes them on, Drizzle makes them a `cause`. */
export const drivers: readonly DatabaseRule[] = [...postgres, ...mysql, ...sqlite, ...mongodb, ...connections]

/** Makes rules for the errors of these names, which hold what a driver threw in `member`. */
export function rulesForWrapped(
  library: string,
  names: readonly string[],
  member: string,
): readonly DatabaseRule[] {
  return [...new Set(drivers.map(({ condition }) => condition))].map((condition) => {
    const rules = drivers.filter((rule) => rule.condition === condition).map(testOf)
    return {
      from: `${library}, by its \`${member}\``,
      property: 'name',
      values: names,
      matches: (error, facts) => {
        const inner = read(error, member)
        return typeof inner === 'object' && inner !== null && rules.some((knows) => knows(inner, facts))
      },
      condition,
      extract: (error) => placeOf(read(error, member)),
    }
  })
}

function testOf(rule: DatabaseRule): (error: object, facts: RecognitionFacts) => boolean {
  const { property, values, matches } = bare(rule)
  const known = new Set<unknown>(values)
  return (error, facts) =>
    known.has(read(error, property)) && (matches === undefined || matches(error, facts))
}
