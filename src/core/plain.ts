import { read } from './read.ts'
import { dateText } from './template.ts'

const MAX_DEPTH = 8
const MAX_CHARS = 16_384

const CIRCULAR = '[Circular]'
const UNREADABLE = '[Unreadable]'
const CUT = '[Truncated]'

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

/**
 * Copies any value into plain data that JSON can hold, whatever it is made of: cycles, throwing getters,
 * BigInt, lone surrogates, megabytes. What JSON would leave out (undefined, functions, symbols) is left out.
 * Errors, streams, requests and promises are not data and come out as `[Object]`.
 */
export function toPlain(value: unknown): Plain | undefined {
  return copy(value, { left: MAX_CHARS, path: [] })
}

interface Budget {
  /** Characters that may still be written. */
  left: number
  /** The objects from the root to here. */
  readonly path: object[]
}

function copy(value: unknown, budget: Budget): Plain | undefined {
  switch (typeof value) {
    case 'string':
      return copyString(value, budget)
    case 'number':
      budget.left -= 8
      return Number.isFinite(value) ? value : null
    case 'bigint':
      return copyString(String(value), budget)
    case 'boolean':
      budget.left -= 4
      return value
    case 'object':
      return value === null ? null : copyObject(value, budget)
    default:
      return undefined
  }
}

function copyString(value: string, budget: Budget): string {
  const cut = value.length > budget.left ? `${value.slice(0, Math.max(0, budget.left))}…` : value
  budget.left -= cut.length
  return cut.toWellFormed()
}

function copyObject(value: object, budget: Budget): Plain | undefined {
  const date = dateText(value)
  if (date !== undefined) return copyString(date, budget)
  if (budget.path.includes(value)) return CIRCULAR
  if (budget.path.length === MAX_DEPTH) return CUT
  budget.path.push(value)
  try {
    const toJSON = value['toJSON' as keyof typeof value] as unknown
    if (typeof toJSON === 'function') return copyOwnJson(toJSON.call(value), budget)
    return Array.isArray(value)
      ? copyArray(value, budget)
      : isLive(value)
        ? '[Object]'
        : copyMembers(value, budget)
  } catch {
    return UNREADABLE
  } finally {
    budget.path.pop()
  }
}

/** What toJSON returned is taken as it is: its own toJSON is not called again. */
function copyOwnJson(value: unknown, budget: Budget): Plain | undefined {
  if (typeof value !== 'object' || value === null) return copy(value, budget)
  return Array.isArray(value) ? copyArray(value, budget) : copyMembers(value, budget)
}

function copyArray(value: readonly unknown[], budget: Budget): Plain[] {
  const copied: Plain[] = []
  for (let index = 0; index < value.length; index++) {
    if (budget.left <= 0) {
      copied.push(CUT)
      break
    }
    budget.left -= 2
    copied.push(copyMember(value, index, budget) ?? null)
  }
  return copied
}

function copyMembers(value: object, budget: Budget): { [key: string]: Plain } {
  const copied: { [key: string]: Plain } = {}
  for (const key in value) {
    if (!Object.hasOwn(value, key) || key === '__proto__') continue
    if (budget.left <= 0) {
      copied[CUT] = true
      break
    }
    const member = copyMember(value, key, budget)
    if (member !== undefined) copied[copyString(key, budget)] = member
  }
  return copied
}

function copyMember(value: object, key: string | number, budget: Budget): Plain | undefined {
  let member: unknown
  try {
    member = (value as Record<string | number, unknown>)[key]
  } catch {
    return UNREADABLE
  }
  return copy(member, budget)
}

/** Errors, event emitters (requests, sockets, streams) and thenables hold what is not meant for clients. */
function isLive(value: object): boolean {
  return (
    Object.prototype.toString.call(value) === '[object Error]' ||
    value instanceof Error ||
    typeof read(value, 'on') === 'function' ||
    typeof read(value, 'then') === 'function'
  )
}
