const MAX_LENGTH = 1024

// RFC 9110, section 12.4.2
const WEIGHT = /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/**
 * Returns whether a client asks for problem documents (RFC 9457) by name, and for JSON no more than for them.
 * Wildcards do not count: a client that takes anything gets the API's own envelope.
 */
export function prefersProblem(accept: string | undefined): boolean {
  const ranges = accept?.slice(0, MAX_LENGTH).toLowerCase().split(',')
  if (!ranges?.some((range) => range.includes('application/problem+json'))) return false
  const problem = quality(ranges, 'application/problem+json')
  return problem > 0 && problem >= quality(ranges, 'application/json')
}

function quality(ranges: readonly string[], type: string): number {
  for (const range of ranges) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim())
    if (name !== type) continue
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    if (q === undefined) return 1
    return WEIGHT.test(q) ? Number(q.slice(2)) : 0
  }
  return 0
}
