import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { arktypeProblems, isArkErrors } from './arktype.ts'
import { fieldsOf } from './fields.ts'
import { valibotProblems } from './valibot.ts'
import { zodProblems } from './zod.ts'

/** https://standardschema.dev: the issues are those of whatever library has validated. */
export const standardSchema: ConditionRule = {
  from: '@standard-schema/utils',
  property: 'name',
  values: ['SchemaError'],
  matches: (error) => isIssue(read(read(error, 'issues'), 0)),
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'issues'))),
}

/** The standard itself knows a message and a path: that of the root may be left out. */
function isIssue(issue: unknown): boolean {
  const path = read(issue, 'path')
  return typeof read(issue, 'message') === 'string' && (path === undefined || isArray(path))
}

function problemsOf(issues: unknown): Iterable<FieldProblem> {
  if (isArkErrors(issues)) return arktypeProblems(issues)
  const first = read(issues, 0)
  if (typeof read(first, 'code') === 'string') return zodProblems(issues)
  if (typeof read(first, 'kind') === 'string') return valibotProblems(issues)
  return plainProblems(issues)
}

const MAX_DEPTH = 32

function* plainProblems(issues: unknown): Generator<FieldProblem> {
  for (const issue of readItems(issues, MAX_FIELDS)) {
    if (!isIssue(issue)) continue
    const path = readItems(read(issue, 'path'), MAX_DEPTH)
    yield {
      path: fieldPath(path.map((segment) => (typeof segment === 'object' ? read(segment, 'key') : segment))),
      code: 'invalid',
    }
  }
}
