import type { ToldError } from './api-error.ts'
import { fieldsOf } from './fields.ts'
import { code, text, type Members } from './json.ts'

/** Takes of the members of an error what has the right type. */
export function toldError(told: Members, status: number): ToldError {
  const {
    title,
    detail = title,
    message = detail,
    data,
    details = data ?? undefined,
    fields = (details as Members | undefined)?.['fields'],
  } = told
  return {
    code: code(told['code']),
    message: text(message) ?? `HTTP ${status}`,
    parent: code(told['parent']),
    title: text(title),
    action: text(told['action']),
    params: told['params'] as Members,
    details,
    fields: fieldsOf(fields),
  }
}
