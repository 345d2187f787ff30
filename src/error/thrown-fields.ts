import { fieldPath, MAX_SEGMENTS, writtenPath } from '../catalog/field-path.ts'
import { FIELD_PARAMS, isFieldCode, MAX_FIELDS, type FieldCode, type FieldProblem } from '../catalog/field.ts'
import { MISSING, paramText, type Params, type ParamValue } from '../catalog/template.ts'
import { namesOf } from '../guard/headers.ts'
import { readOwn } from '../guard/own.ts'
import { isArray, read, readItems } from '../guard/read.ts'

/** One field of the request that a throw finds at fault. */
export interface ThrownField {
  /**
   * The field's place in what the client has sent. Segments are written as a validator's are, `items[0].name`; a text
   * is sent as it stands. Empty for the whole.
   */
  readonly path: string | readonly (string | number)[]
  /** What is wrong with it. Clients are told so in their language. */
  readonly code: FieldCode
  /** The limits that the code's message names: `{ min: 3 }`. Without them, it is told in general. */
  readonly params?: Readonly<Record<string, ParamValue>> | undefined
  /** A text that takes the place of the code's own, in whatever language it is. */
  readonly message?: string | undefined
}

type LeaveOut = (name: string) => void

/** Reads the `fields` of a throw, and tells what of them cannot be used. */
export function thrownFields(options: unknown, leaveOut: LeaveOut): readonly FieldProblem[] | undefined {
  const given = readOwn(options, 'fields')
  if (given === undefined) return undefined
  if (!isArray(given)) {
    leaveOut('fields')
    return undefined
  }
  const fields: FieldProblem[] = []
  for (const [index, field] of readItems(given, MAX_FIELDS + 1).entries()) {
    const place = `fields[${index}]`
    if (fields.length === MAX_FIELDS || !isField(field)) leaveOut(place)
    else fields.push(fieldOf(field, (name) => leaveOut(`${place}.${name}`)))
  }
  if (fields.length === 0) return undefined
  noteDetails(readOwn(options, 'details'), leaveOut)
  return fields
}

/** An error is none: its message was written for the log. */
function isField(value: unknown): value is object {
  return typeof value === 'object' && value !== null && typeof read(value, 'stack') !== 'string'
}

/** Fields are told among the members of details: what has none cannot stand beside them. */
function noteDetails(details: unknown, leaveOut: LeaveOut): void {
  if (details === undefined) return
  if (typeof details !== 'object' || details === null || isArray(details)) leaveOut('details')
  else if (readOwn(details, 'fields') !== undefined) leaveOut('details.fields')
}

const MEMBERS: ReadonlySet<string> = new Set<keyof ThrownField>(['path', 'code', 'params', 'message'])

/** A field that is named wrongly is told as invalid: that is true of each. */
function fieldOf(field: object, leaveOut: LeaveOut): FieldProblem {
  for (const name of namesOf(field)) if (!MEMBERS.has(name)) leaveOut(name)
  const path = pathOf(read(field, 'path'))
  if (path === undefined) leaveOut('path')
  const code = read(field, 'code')
  const isKnown = isFieldCode(code)
  if (!isKnown) leaveOut('code')
  const told = isKnown && path !== undefined ? code : 'invalid'
  return {
    path: path ?? fieldPath(read(field, 'path')),
    code: told,
    params: paramsOf(told, read(field, 'params'), leaveOut),
    message: messageOf(read(field, 'message'), leaveOut),
  }
}

function pathOf(path: unknown): string | undefined {
  if (typeof path === 'string') return writtenPath(path)
  if (!isArray(path)) return undefined
  const segments = readItems(path, MAX_SEGMENTS + 1)
  return segments.length <= MAX_SEGMENTS && segments.every(isSegment) ? fieldPath(segments) : undefined
}

function isSegment(segment: unknown): boolean {
  return typeof segment === 'string' || (Number.isSafeInteger(segment) && Number(segment) >= 0)
}

/** The params that the code's message names, when it has them all: else it is told in general. */
function paramsOf(code: FieldCode, given: unknown, leaveOut: LeaveOut): Params | undefined {
  if (given === undefined) return undefined
  let isWhole = true
  const params = FIELD_PARAMS[code].map((name) => {
    const text = paramText(read(given, name))
    if (text === MISSING) {
      isWhole = false
      leaveOut(`params.${name}`)
    }
    return [name, text] as const
  })
  return isWhole && params.length > 0 ? Object.fromEntries(params) : undefined
}

function messageOf(given: unknown, leaveOut: LeaveOut): string | undefined {
  if (given === undefined) return undefined
  const message = typeof given === 'string' ? paramText(given) : ''
  if (typeof message === 'string' && message.trim() !== '') return message
  leaveOut('message')
  return undefined
}
