import type { ApiError } from '../../src/client/index.ts'

/** What an error tells: each member of it that says anything. Why a body could not be read, each library says otherwise. */
export function told(error: unknown): Readonly<Record<string, unknown>> {
  const { name, message, cause: _cause, ...members } = error as ApiError
  const telling = Object.entries(members).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  return { name, message, ...Object.fromEntries(telling) }
}
