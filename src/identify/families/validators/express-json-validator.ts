import type { FieldProblem } from '../../../catalog/field.ts'
import { read } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { ajvProblems } from './ajv.ts'
import { fieldsOf, namesIn } from './fields.ts'

/** https://github.com/simonplend/express-json-validator-middleware#error-handling */
export const expressJsonValidator: ConditionRule = {
  from: 'express-json-validator-middleware',
  property: 'name',
  values: ['JsonSchemaValidationError'],
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'validationErrors'))),
}

/** For each part of the request that is wrong, the errors of ajv. */
function* problemsOf(errors: unknown): Generator<FieldProblem> {
  for (const part of namesIn(errors)) yield* ajvProblems(read(errors, part), part)
}
