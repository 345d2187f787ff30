const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** Returns the seconds of a span: a number of them, or a text such as `'60s'`. NaN where it is not a span. */
export function spanSeconds(span: unknown): number {
  const [, count, unit = ''] = /^(\d{1,9})(ms|[smhd])$/.exec(String(span)) ?? []
  return typeof span === 'number' ? span : Number(count) * UNITS[unit]!
}
