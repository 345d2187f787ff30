import { toConstant } from '../guard/constant.ts'
import { headerValue, isConstantHeader, namesOf } from '../guard/headers.ts'
import { getOrMake } from '../guard/memo.ts'
import { isObject } from '../guard/options.ts'
import { isArray, isRecord, read } from '../guard/read.ts'
import { retryAfterSeconds } from '../guard/retry-after.ts'
import { isCode } from './code.ts'
import { changedEntry, isOurs, MAX_META_LENGTH, type Entry } from './entry.ts'
import { isErrorStatus } from './http-status.ts'

const completed = new WeakMap<Entry, Entry>()

/**
 * Returns an entry of another copy or version of this package with each member of this one: none is inherited. It was
 * checked there, if at all, by other rules: what cannot be sent is left out.
 */
export function completeEntry(entry: Entry): Entry {
  return isOurs(entry)
    ? entry
    : getOrMake(completed, entry, (given) => changedEntry(given, usableMembers(given)))
}

function usableMembers(given: Entry): Partial<Entry> {
  const { status, parents, params, challenge } = given
  const retryable: unknown = given.retryable
  return {
    status: status === 200 || isErrorStatus(status) ? status : 500,
    title: textOf(given.title),
    description: textOf(given.description),
    action: textOf(given.action),
    module: textOf(given.module),
    parents: isArray(parents) ? parents.filter(isCode) : [],
    params: params?.filter((name) => typeof name === 'string') ?? [],
    retryable: retryable === true,
    retryAfter: retryAfterSeconds(given.retryAfter),
    challenge: headerValue(challenge) === challenge ? challenge : undefined,
    headers: headersOf(given.headers),
    meta: recordOf(given.meta),
    notes: recordOf(given.notes) as Entry['notes'],
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function headersOf(headers: unknown): Entry['headers'] {
  if (!isObject(headers)) return undefined
  const sent = namesOf(headers)
    .map((name) => [name, read(headers, name)] as const)
    .filter(
      (header): header is readonly [string, string] =>
        isConstantHeader(header[0]) && typeof header[1] === 'string' && headerValue(header[1]) !== undefined,
    )
  return Object.freeze(Object.fromEntries(sent))
}

function recordOf(value: unknown): Entry['meta'] {
  return isRecord(value) ? (toConstant(value, MAX_META_LENGTH) as Entry['meta']) : undefined
}
