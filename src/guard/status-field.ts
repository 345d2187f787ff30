import { headerValue, type RequiredField } from './headers.ts'

/** The fields that a thrower may give. How to log in is not among them: every 401 of a catalog says the same. */
const FIELD_OF_STATUS: ReadonlyMap<number, RequiredField> = new Map([
  // RFC 6750, section 3.1: the scope that is needed. The client is logged in.
  [403, { name: 'WWW-Authenticate', valueOf: nonEmpty }],
  // RFC 9110, section 15.5.6. An empty one means that no method is allowed.
  [405, { name: 'Allow', valueOf: headerValue }],
  // Section 15.5.8
  [407, { name: 'Proxy-Authenticate', valueOf: nonEmpty }],
  // Section 15.5.17
  [416, { name: 'Content-Range', valueOf: unsatisfiedRange }],
  // Section 15.5.22
  [426, { name: 'Upgrade', valueOf: nonEmpty }],
])

function nonEmpty(given: unknown): string | undefined {
  return headerValue(given) || undefined
}

// RFC 9110, section 14.4: unsatisfied-range
const UNSATISFIED_RANGE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64} \*\/\d{1,32}$/

/** A Content-Range that tells the length of what was asked for, and not which part of it follows. */
function unsatisfiedRange(given: unknown): string | undefined {
  return typeof given === 'string' && UNSATISFIED_RANGE.test(given) ? given : undefined
}

/** Returns the field that HTTP asks for beside a status, and that a throw may give. */
export function statusField(status: number): RequiredField | undefined {
  return FIELD_OF_STATUS.get(status)
}
