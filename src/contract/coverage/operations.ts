import { isCode, type Code } from '../../catalog/code.ts'
import { readOwn } from '../../guard/own.ts'
import { isRecord } from '../../guard/read.ts'

/** An operation of an OpenAPI document. */
export interface Operation {
  readonly method: string
  /** As it is written: `/users/{id}`. */
  readonly path: string
  /** Whether it names a code as one of its answers. */
  readonly names: (code: Code, status: number | undefined) => boolean
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const MAX_NODES = 20_000

/** Reads the operations of an OpenAPI document. References are followed inside it alone. */
export function operationsOf(document: unknown): readonly Operation[] {
  const paths = readOwn(document, 'paths')
  return entriesOf(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const responses = readOwn(readOwn(resolved(item, document), method), 'responses')
      return isRecord(responses) ? [operation(method, path, responses, document)] : []
    }),
  )
}

function operation(method: string, path: string, responses: object, document: unknown): Operation {
  const codes = new Map(entriesOf(responses).map(([status, each]) => [status, codesIn(each, document)]))
  return {
    method,
    path,
    names(code, status) {
      if ([...codes.values()].some((each) => each.has(code))) return true
      // A response without codes leaves open which it has.
      return [String(status), `${String(status).charAt(0)}XX`, 'default'].some(
        (name) => codes.get(name)?.size === 0,
      )
    },
  }
}

/** Returns the codes that a response names: by `x-bizerror`, else by the constants of `code`. */
function codesIn(response: unknown, document: unknown): ReadonlySet<Code> {
  const marked = new Set<Code>()
  const constants = new Set<Code>()
  const seen = new Set<unknown>([response])
  // Grows while it is walked.
  for (const each of seen) {
    if (seen.size > MAX_NODES) break
    const code = readOwn(readOwn(each, 'x-bizerror'), 'code')
    if (isCode(code)) marked.add(code)
    const property = resolved(readOwn(readOwn(each, 'properties'), 'code'), document)
    for (const value of [readOwn(property, 'const'), readOwn(property, 'enum')].flat()) {
      if (isCode(value)) constants.add(value)
    }
    const target = resolved(each, document)
    if (target !== each) seen.add(target)
    for (const [, inside] of entriesOf(each))
      if (typeof inside === 'object' && inside !== null) seen.add(inside)
  }
  return marked.size > 0 ? marked : constants
}

/** What a node refers to, or the node itself: https://spec.openapis.org/oas/v3.1.1#reference-object. */
function resolved(node: unknown, document: unknown): unknown {
  const reference = readOwn(node, '$ref')
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return node
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (found, name) => readOwn(found, name.replaceAll('~1', '/').replaceAll('~0', '~')),
      document,
    )
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** Returns the operations that a route may be: what a router of Express is mounted at is not known. */
export function operationsAt(
  operations: readonly Operation[],
  method: string,
  route: string,
): readonly Operation[] {
  const wanted = shapeOf(route)
  const verb = method.toLowerCase()
  const same = operations.filter((each) => each.method === verb || (verb === 'head' && each.method === 'get'))
  const exact = same.filter(({ path }) => shapeOf(path) === wanted)
  return exact.length > 0 ? exact : same.filter(({ path }) => shapeOf(path).endsWith(wanted))
}

/** A path in which all parameters look the same: `/users/{}` of `/users/:id`. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{[^{}]*\}|:\w+(?:\([^()]*\))?[?*+]?|\*\w*/g, '{}').replace(/\/+$/, '')
}
