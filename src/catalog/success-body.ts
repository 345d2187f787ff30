import type { EnvelopeName, EnvelopeObject, SuccessDefinition } from './envelope.ts'
import { isObject } from '../guard/options.ts'
import { isArray, read } from '../guard/read.ts'

/** The bodies of a success by the name of the envelope. Those of errors are no part of what defines a catalog. */
export const SUCCESSES: Readonly<
  Record<EnvelopeName, (success: SuccessDefinition, data: unknown) => object>
> = {
  flat: withCode,
  nested: (_success, data) => ({ data: data ?? null }),
  composite: withCode,
  'two-level': ({ code, message }, data) => ({ code, message, data: data ?? null }),
  // RFC 9457 has no shape for success: the data itself is the answer.
  problem: (_success, data) => (typeof data === 'object' && data !== null ? data : { data: data ?? null }),
}

function withCode({ code, message }: SuccessDefinition, data: unknown): object {
  return { code, message, data }
}

/** Makes the body of a success, in the envelope of its catalog. */
export function successBody(
  envelope: EnvelopeName | EnvelopeObject,
  success: SuccessDefinition,
  data: unknown,
  request: unknown,
): object {
  if (typeof envelope === 'string') return SUCCESSES[envelope](success, data)
  if (typeof envelope.success === 'function') return envelope.success(data, request)
  return envelope.success === undefined ? (data ?? {}) : beside(envelope.success, data)
}

/** Data as JSON has it beside constants, which go first, and are what they are whatever the data holds. */
function beside(constants: Readonly<Record<string, unknown>>, data: unknown): object {
  const toJSON = read(data, 'toJSON')
  const told: unknown = typeof toJSON === 'function' ? toJSON.call(data) : data
  if (told === undefined) return { ...constants }
  return isObject(told) && !isArray(told)
    ? { ...constants, ...told, ...constants }
    : { ...constants, data: told }
}
