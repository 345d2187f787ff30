import { list, text, type Members } from './json.ts'

/** What is wrong with one field of a request. */
export interface FieldError {
  /** Its place below the root of what was sent: `items[0].name`. Empty for the root itself. */
  readonly path: string
  /** The same, step by step: `['items', 0, 'name']`. */
  readonly pathSegments: readonly (string | number)[]
  /** Says what is wrong, to a program: `too_short`. More may come: have a default branch. */
  readonly code?: string | undefined
  /** Says it to people, in the language of the answer. */
  readonly message: string
  /** The limits in the message: `{ min: 8 }`. */
  readonly params?: Members | undefined
}

/** Returns the fields that a body finds wrong. */
export function fieldsOf(fields: unknown): readonly FieldError[] {
  return list(fields).flatMap(fieldOf)
}

function fieldOf(field: unknown): FieldError | readonly [] {
  const { path, message } = Object(field) as Members
  return typeof path === 'string'
    ? { ...(field as { path: string }), pathSegments: pathSegments(path), message: text(message) ?? '' }
    : []
}

/**
 * Takes the path of a field apart, for forms and schemas that want its steps.
 *
 * @param path - as `FieldError.path` has it
 * @example
 * pathSegments('items[0]["unit.price"].amount') // => ['items', 0, 'unit.price', 'amount']
 */
export function pathSegments(path: string): readonly (string | number)[] {
  // [0] | ["a.b"] | name
  const segments = path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g)
  return [...segments].map(([name, index, quoted]) =>
    index === undefined ? (quoted?.replace(/\\(.)/g, '$1') ?? name) : Number(index),
  )
}
