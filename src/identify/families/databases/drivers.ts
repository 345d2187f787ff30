import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'
import { connections } from './connections.ts'
import { mongodb } from './mongodb.ts'
import { mssql } from './mssql.ts'
import { mysql } from './mysql.ts'
import { NOWHERE, type Place } from './place.ts'
import { postgres } from './postgres.ts'
import { redis } from './redis.ts'
import { sqlite } from './sqlite.ts'

/** The drivers' own errors. Knex passes them on, Drizzle makes them a `cause`. */
export const drivers: readonly DatabaseRule[] = [
  ...postgres,
  ...mysql,
  ...sqlite,
  ...mssql,
  ...mongodb,
  ...redis,
  ...connections,
]

interface Driver {
  readonly condition: DatabaseRule['condition']
  readonly knows: (error: object) => boolean
  readonly placeOf: (error: object) => Place
}

const DRIVERS: readonly Driver[] = drivers.map(({ property, values, matches, condition, extract }) => {
  const known = new Set<unknown>(values)
  return {
    condition,
    knows: (error) => known.has(read(error, property)) && matches?.(error) !== false,
    placeOf: (error) => extract?.(error) ?? NOWHERE,
  }
})

/** Makes rules for the errors of these names, which hold what a driver threw in `member`. */
export function rulesForWrapped(
  library: string,
  names: readonly string[],
  member: string,
): readonly DatabaseRule[] {
  return [...new Set(DRIVERS.map(({ condition }) => condition))].map((condition) => {
    const ofCondition = DRIVERS.filter((driver) => driver.condition === condition)
    return {
      from: `${library}, by its \`${member}\``,
      property: 'name',
      values: names,
      matches: (error) => {
        const inner = read(error, member)
        return isObject(inner) && ofCondition.some(({ knows }) => knows(inner))
      },
      condition,
      extract: (error) => placeIn(error, member),
    }
  })
}

/** Returns where a statement went wrong, by what a driver threw and a wrapper keeps in `member`. */
export function placeIn(error: object, member: string): Place {
  const inner = read(error, member)
  if (!isObject(inner)) return NOWHERE
  return DRIVERS.find(({ knows }) => knows(inner))?.placeOf(inner) ?? NOWHERE
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
