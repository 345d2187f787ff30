import type { FieldProblem } from '../../../catalog/field.ts'
import { read } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { SEGMENTS } from './error-lists.ts'
import { fieldsOf } from './fields.ts'
import { isJoi, joiProblems } from './joi.ts'
import { types } from '../../native.ts'

/** celebrate's error has no name or code: `details` holds joi's error for each part of the request that is wrong. */
export const celebrate: ConditionRule = {
  from: 'celebrate',
  property: 'details',
  matches: (error) => types.isMap(read(error, 'details')),
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'details'))),
}

function* problemsOf(details: unknown): Generator<FieldProblem> {
  for (const segment of SEGMENTS) {
    const error = entryOf(details, segment)
    if (isJoi(error)) yield* joiProblems(error, segment)
  }
}

function entryOf(map: unknown, key: string): unknown {
  try {
    return Map.prototype.get.call(map, key) as unknown
  } catch {
    // It was not a Map.
    return undefined
  }
}
