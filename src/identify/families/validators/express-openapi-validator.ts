import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { isError } from '../is-error.ts'
import { fieldsOf } from './fields.ts'
import type { Finding } from './finding.ts'
import { keywordFinding, OUTER } from './json-schema.ts'
import { parsePointer } from './parse-path.ts'

/**
 * A request that does not fit. A response that does not, and what it says of paths, methods and media types, have a
 * status of their own. https://cdimascio.github.io/express-openapi-validator-documentation/guide-error-handling/
 */
export const expressOpenapiValidator: ConditionRule = {
  from: 'express-openapi-validator',
  property: 'errors',
  matches: (error) =>
    read(error, 'name') === 'Bad Request' && typeof read(error, 'path') === 'string' && isError(error),
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'errors'))),
}

interface Problem {
  readonly path: string
  readonly keyword: string | undefined
}

/** Those of forms are left out. */
const MAX_ERRORS = 4 * MAX_FIELDS
const CODE_SUFFIX = '.openapi.validation'

function* problemsOf(errors: unknown): Generator<FieldProblem> {
  const problems: Problem[] = []
  for (const error of readItems(errors, MAX_ERRORS)) {
    const problem = problemOf(error)
    if (problem === undefined) continue
    // ajv tells of a form before it tells that none was met.
    while (OUTER.has(problem.keyword) && isWithin(problems.at(-1), problem)) problems.pop()
    problems.push(problem)
  }
  for (const { path, keyword } of problems) {
    yield { path: fieldPath(parsePointer(path)), ...findingOf(keyword) }
  }
}

function problemOf(error: unknown): Problem | undefined {
  const path = read(error, 'path')
  const code = read(error, 'errorCode')
  if (typeof path !== 'string' || typeof read(error, 'message') !== 'string') return undefined
  if (typeof code === 'string') {
    return code.endsWith(CODE_SUFFIX) ? { path, keyword: code.slice(0, -CODE_SUFFIX.length) } : undefined
  }
  // It checks some of the query without a schema. With another path, it speaks of the whole request.
  return path.startsWith('/query/') ? { path, keyword: undefined } : undefined
}

function isWithin(inner: Problem | undefined, { path }: Problem): boolean {
  return inner?.path === path || inner?.path.startsWith(`${path}/`) === true
}

/** The limits stand only in the messages. */
function findingOf(keyword: string | undefined): Finding {
  switch (keyword) {
    case undefined:
      return { code: 'invalid' }
    // https://spec.openapis.org/oas/v3.0.3#schema-object: it should not be sent.
    case 'readOnly':
      return { code: 'unknown_field' }
    case 'x-eov-type':
      return keywordFinding('type', undefined, '')
    case 'serdes':
      return keywordFinding('format', undefined, '')
    default:
      return keywordFinding(keyword, undefined, '')
  }
}
