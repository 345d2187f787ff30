import { list } from './json.ts'

/** The headers of an answer, in whatever form a library has them. */
export type AnswerHeaders = Headers | Iterable<readonly [string, unknown]> | Readonly<Record<string, unknown>>

/** Returns the value of a header, `''` where the answer has none. */
export type GetHeader = (name: string) => string

/** @returns what reads the headers by their names in lower case */
export function headerGetter(headers: AnswerHeaders = {}): GetHeader {
  const entries = Symbol.iterator in headers ? headers : Object.entries(headers)
  const byName = new Map(
    Array.from(entries as Iterable<[string, unknown]>, ([name, value]) => [name.toLowerCase(), value]),
  )
  return (name) => {
    const value = byName.get(name) ?? ''
    // Node.js has an array of what came several times.
    return typeof value === 'object' ? list(value).join() : String(value as number)
  }
}
