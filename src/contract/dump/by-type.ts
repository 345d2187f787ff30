import { isRecord } from '../../guard/read.ts'
import type { DumpEnvelope } from './dump.ts'

/** Whether there is an envelope for each media type: no member of one of the app's own has a slash in its name. */
export function isByType(
  envelope: unknown,
): envelope is Readonly<Record<`${string}/${string}`, DumpEnvelope | 'page'>> {
  return isRecord(envelope) && Object.keys(envelope).some((name) => name.includes('/'))
}
