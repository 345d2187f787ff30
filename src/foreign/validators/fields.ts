import type { Recognized } from '../../core/condition.ts'
import type { FieldProblem } from '../../core/field.ts'

/** No client needs more at once, and no error makes us read more. */
export const MAX_FIELDS = 50

/**
 * Returns the first problems, each code once per path. Undefined when there are none: what looks like a validator's
 * error and names no field is something else.
 */
export function fieldsOf(problems: Iterable<FieldProblem>): Pick<Recognized, 'fields'> | undefined {
  const fields = new Map<string, FieldProblem>()
  for (const problem of problems) {
    fields.set(`${problem.code} ${problem.path}`, problem)
    if (fields.size === MAX_FIELDS) break
  }
  return fields.size === 0 ? undefined : { fields: [...fields.values()] }
}

/** Whether a property is there, which one that is undefined is, too. For a value that may be hostile. */
export function has(value: unknown, key: PropertyKey): boolean {
  try {
    return Object.hasOwn(value as object, key)
  } catch {
    return false
  }
}
