import type { Code } from '../../catalog/code.ts'
import type { Answer, Answers } from '../answers/answers.ts'
import { createAnswers } from '../answers/create.ts'
import type { Dump } from '../dump/dump.ts'
import { mediaTypesOf } from './comparison.ts'
import { masked } from './mask.ts'

/** What has become of an answer, beside its texts. */
export interface WireChange {
  status: readonly [before: number, after: number] | undefined
  contentType: readonly [before: string, after: string] | undefined
  /** The paths of members of the body: `error.code`. */
  readonly removed: Set<string>
  readonly changed: Set<string>
  readonly added: Set<string>
  /** The values of headers, by their names in lower case. Undefined: there was or is none. */
  readonly headers: Map<string, readonly [before: string | undefined, after: string | undefined]>
  /** Whether a body is made by the app, so that nobody knows. */
  isUnknown: boolean
}

/** All answers of a dump, made when they are asked for. */
export interface Wire {
  readonly answers: Answers
  /** What clients ask for, where the answer depends on it. The first ask for nothing. */
  readonly accepted: readonly (string | undefined)[]
}

export function createWire(dump: Dump): Wire {
  return { answers: createAnswers(masked(dump)), accepted: [undefined, ...mediaTypesOf(dump)] }
}

/**
 * Adds what has become of the answers to an error, for every kind of client that the first of both knows.
 *
 * @param change - of other errors so far
 */
export function addWireChange(
  change: WireChange,
  [before, oldKey]: readonly [Wire, Code],
  [after, nextKey]: readonly [Wire, Code],
): void {
  for (const accept of before.accepted) {
    const was = before.answers.ofEntry(oldKey, { accept })
    const is = after.answers.ofEntry(nextKey, { accept })
    if (was !== undefined && is !== undefined) addAnswerChange(change, was, is)
  }
}

/** The same for foreign errors, which an app answers whatever its catalog holds. */
export function addForeignWireChange(change: WireChange, before: Wire, after: Wire): void {
  for (const accept of before.accepted) {
    for (const status of [401, 404, 500]) {
      addAnswerChange(
        change,
        before.answers.ofStatus(status, { accept }),
        after.answers.ofStatus(status, { accept }),
      )
    }
  }
}

export function noWireChange(): WireChange {
  return {
    status: undefined,
    contentType: undefined,
    removed: new Set(),
    changed: new Set(),
    added: new Set(),
    headers: new Map(),
    isUnknown: false,
  }
}

/** Whether a client that kept to the contract may fail. */
export function isBroken({ status, contentType, removed, changed, isUnknown }: WireChange): boolean {
  return status !== undefined || contentType !== undefined || removed.size + changed.size > 0 || isUnknown
}

// They follow from the body, from the language and from the request.
const FOLLOWING = new Set(['content-type', 'content-length', 'content-language', 'x-request-id', 'vary'])

function addAnswerChange(change: WireChange, was: Answer, is: Answer): void {
  if (was.status !== is.status) change.status ??= [was.status, is.status]
  const [oldHeaders, nextHeaders] = [lowerCased(was.headers), lowerCased(is.headers)]
  const [oldType = '', nextType = ''] = [oldHeaders.get('content-type'), nextHeaders.get('content-type')]
  if (oldType !== nextType) change.contentType ??= [oldType, nextType]
  for (const name of new Set([...oldHeaders.keys(), ...nextHeaders.keys()])) {
    const values = [oldHeaders.get(name), nextHeaders.get(name)] as const
    if (!FOLLOWING.has(name) && values[0] !== values[1] && !change.headers.has(name)) {
      change.headers.set(name, values)
    }
  }
  if (was.body === undefined || is.body === undefined) change.isUnknown ||= was.body !== is.body
  else if (was.body !== is.body) addBodyChange(change, membersOf(was.body), membersOf(is.body))
}

function addBodyChange(change: WireChange, was: Members, is: Members): void {
  for (const [path, value] of was) {
    if (!is.has(path)) change.removed.add(path)
    else if (is.get(path) !== value) change.changed.add(path)
  }
  for (const path of is.keys()) if (!was.has(path)) change.added.add(path)
}

function lowerCased(headers: Answer['headers']): ReadonlyMap<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

type Members = ReadonlyMap<string, unknown>

/** The plain values of a body by their paths. A page is for people, and has none. */
function membersOf(body: string): Members {
  const members = new Map<string, unknown>()
  const add = (path: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) add(path === '' ? name : `${path}.${name}`, member)
    } else members.set(path, value)
  }
  if (body.startsWith('{')) add('', JSON.parse(body) as unknown)
  return members
}
