import { fieldPath } from '../../../catalog/field-path.ts'
import type { FieldProblem } from '../../../catalog/field.ts'
import { read } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { isError } from '../is-error.ts'
import { fieldsOf, has, namesIn } from './fields.ts'
import { parsePath } from './parse-path.ts'

/** https://tsoa-community.github.io/docs/error-handling.html */
export const tsoa: ConditionRule = {
  from: '@tsoa/runtime',
  property: 'name',
  values: ['ValidateError'],
  matches: (error) => typeof read(error, 'status') === 'number' && isError(error),
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'fields'))),
}

/** What is wrong stands only in its message. */
function* problemsOf(fields: unknown): Generator<FieldProblem> {
  for (const name of namesIn(fields)) {
    const problem = read(fields, name)
    if (typeof read(problem, 'message') !== 'string') continue
    const value = read(problem, 'value')
    const isMissing = value === undefined && has(problem, 'value')
    yield { path: fieldPath(segmentsOf(name)), code: isMissing ? 'required' : 'invalid', value }
  }
}

/** `requestBody.items.$0.name`: the body goes by the name of the controller's parameter, an index has a mark. */
function segmentsOf(name: string): readonly (string | number)[] {
  return parsePath(name).map((segment, index) => {
    if (index === 0) return segment === 'requestBody' ? 'body' : segment
    const item = /^\$(\d{1,9})$/.exec(String(segment))?.[1]
    return item === undefined ? segment : Number(item)
  })
}
