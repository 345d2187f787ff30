import { STATUS_PHRASES } from '../../catalog/status-phrases.ts'
import { isRecord } from '../../guard/read.ts'
import type { Answer } from '../answers/answers.ts'

/** What every answer has, and says nothing of an error. */
const USUAL: ReadonlySet<string> = new Set([
  'content-length',
  'vary',
  'x-content-type-options',
  'x-request-id',
])

/** The lines of an answer before its body: what tells of the error. */
export function headLines({ status, headers }: Answer): readonly string[] {
  const told = Object.entries(headers).filter(
    ([name, value]) =>
      !USUAL.has(name.toLowerCase()) && !(name.toLowerCase() === 'cache-control' && value === 'no-store'),
  )
  return [
    `HTTP/1.1 ${`${status} ${reasonOf(status)}`.trim()}`,
    ...told.map(([name, value]) => `${name}: ${value}`),
  ]
}

/** The reason phrase of a status. */
function reasonOf(status: number): string {
  return status === 200 ? 'OK' : (STATUS_PHRASES.get(status) ?? '')
}

/** A body as people read it: JSON over several lines. */
export function readableBody(body: string): { readonly text: string; readonly isJson: boolean } {
  try {
    const value: unknown = JSON.parse(body)
    if (isRecord(value) || Array.isArray(value)) return { text: JSON.stringify(value, null, 2), isJson: true }
  } catch {
    // It is no JSON.
  }
  return { text: body, isJson: false }
}
