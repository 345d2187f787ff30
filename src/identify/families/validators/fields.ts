import type { Recognized } from '../../../catalog/condition.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read } from '../../../guard/read.ts'

/** Repeated ones are read as well. */
const MAX_SEEN = 4 * MAX_FIELDS

/**
 * Returns the first problems, each code once per path. Undefined when nothing was found: what looks like a validator's
 * error and names no field is something else.
 */
export function fieldsOf(problems: Iterable<FieldProblem>): Pick<Recognized, 'fields'> | undefined {
  const fields = new Map<string, FieldProblem>()
  let seen = 0
  for (const problem of problems) {
    const key = `${problem.code} ${problem.path}`
    if (!fields.has(key)) fields.set(key, problem)
    if (fields.size === MAX_FIELDS || ++seen === MAX_SEEN) break
  }
  return fields.size === 0 ? undefined : { fields: [...fields.values()] }
}

/** Returns the first names of a record that may be hostile. Of any other value, there are none. */
export function namesIn(record: unknown): readonly string[] {
  if (typeof record !== 'object' || record === null) return []
  try {
    return Object.keys(record).slice(0, MAX_FIELDS)
  } catch {
    return []
  }
}

/**
 * Returns the first problems that a method of an error finds, which are found while they are asked for: by the app's own
 * checks too, which may throw. What was found before is true.
 *
 * @param known - the problem that the error has without being asked
 */
export function foundBy(error: object, method: string, known: unknown): readonly unknown[] {
  const found: unknown[] = []
  try {
    const problems = (read(error, method) as () => Iterable<unknown>).call(error)
    for (const problem of problems) if (found.push(problem) === MAX_FIELDS) break
  } catch {
    // See above.
  }
  return found.length === 0 ? [known] : found
}

/** Whether a property is there, which one that is undefined is, too. For a value that may be hostile. */
export function has(value: unknown, key: PropertyKey): boolean {
  try {
    return Object.hasOwn(value as object, key)
  } catch {
    return false
  }
}
