const MAX_LENGTH = 1024

/**
 * Returns whether a client asks for problem documents (RFC 9457) by name, and for JSON no more than for them.
 * Wildcards do not count: a client that takes anything gets the API's own envelope.
 */
export function prefersProblem(accept: string | undefined): boolean {
  if (!accept?.includes('application/problem+json')) return false
  const ranges = accept.slice(0, MAX_LENGTH).split(',')
  const problem = quality(ranges, 'application/problem+json')
  return problem > 0 && problem >= quality(ranges, 'application/json')
}

function quality(ranges: readonly string[], type: string): number {
  for (const range of ranges) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    if (name !== type) continue
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    return q === undefined ? 1 : Number(q.slice(2)) || 0
  }
  return 0
}
