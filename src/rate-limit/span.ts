const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A span of time as a text: `'100ms'`, `'30s'`, `'10m'`, `'1h'`, `'7d'`. */
export type Span = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

/** Returns the milliseconds of a span, or undefined where the text is none. */
export function parseSpan(text: unknown): number | undefined {
  const [, count, unit = ''] = typeof text === 'string' ? (/^(\d{1,9})(ms|[smhd])$/.exec(text) ?? []) : []
  return count === undefined ? undefined : Number(count) * UNITS[unit]!
}
