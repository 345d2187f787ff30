import type { Code } from '../catalog/code.ts'
import { getOrMake } from '../guard/memo.ts'
import type { ErrorAnswer } from '../report/report.ts'

/** What a metric calls an error. */
export interface Labels {
  readonly catalog: string
  readonly code: string
  /** Both in one. */
  readonly type: string
}

/** What all others are called: https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/ */
const OTHER = '_OTHER'
const OTHERS: Labels = { catalog: OTHER, code: OTHER, type: OTHER }

/** As many as OpenTelemetry keeps of one metric. */
const MAX_CODES = 2_000

/**
 * Makes what names errors for one metric. Catalogs bound what they throw; apps that make one for each tenant do not, nor
 * does a value that says it is of another copy of this package.
 */
export function createLabels(): (answer: Pick<ErrorAnswer, 'catalog' | 'code'>) => Labels {
  const known = new Map<string, Map<Code, Labels>>()
  let count = 0
  return ({ catalog, code }) => {
    const found = known.get(catalog)?.get(code)
    if (found !== undefined) return found
    if (count === MAX_CODES) return OTHERS
    count++
    const labels = { catalog, code: String(code), type: `${catalog}.${code}` }
    getOrMake(known, catalog, () => new Map<Code, Labels>()).set(code, labels)
    return labels
  }
}

/** RFC 9110, section 9.3; RFC 5789; RFC 10008. */
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
  'QUERY',
])

/** The method as a metric calls it. A client may send any token. */
export function methodLabel(method: string): string {
  return METHODS.has(method) ? method : OTHER
}
