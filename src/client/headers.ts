/**
 * The headers of an answer: what finds them by name, such as Headers, or a record of them. Names of a record may be in any
 * case, those of a Map are in lower case.
 */
export type AnswerHeaders = Named | Readonly<Record<string, unknown>>

/** What finds a header by its name. */
interface Named {
  get(name: string): string | number | null | undefined
}

/** Returns the value of a header, `''` where the answer has none. */
export type GetHeader = (name: string) => string

/** @returns what reads the headers by their names in lower case */
export function headerGetter(headers?: AnswerHeaders | null): GetHeader {
  // Node.js has an array of what came several times.
  return (name) =>
    typeof headers?.get === 'function'
      ? String((headers as Named).get(name) ?? '')
      : Object.entries(headers ?? {})
          .flatMap(([key, value]) => (key.toLowerCase() === name ? value : []))
          .join()
}
