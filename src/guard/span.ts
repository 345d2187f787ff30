const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A span of time as a text: `'100ms'`, `'30s'`, `'10m'`, `'1h'`, `'7d'`. */
export type Span = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

/** Messages describe a span like this. */
export const SPANS = "seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'"

/** Returns the seconds of a span as an app writes it: a number of them, or a text. Undefined where it is not a span. */
export function spanSeconds(span: unknown): number | undefined {
  if (typeof span === 'number') return Number.isFinite(span) ? span : undefined
  const [, count, unit = ''] = typeof span === 'string' ? (/^(\d{1,9})(ms|[smhd])$/.exec(span) ?? []) : []
  return count === undefined ? undefined : (Number(count) * UNITS[unit]!) / 1000
}

/** Whether a value is a span of at least a millisecond, and at most so many seconds. */
export function isSpanUpTo(most: number, value: unknown): boolean {
  const seconds = spanSeconds(value)
  return seconds !== undefined && seconds >= 0.001 && seconds <= most
}

/** As `spanSeconds`, in the whole milliseconds that timers take. */
export function spanMilliseconds(span: unknown): number | undefined {
  const seconds = spanSeconds(span)
  return seconds === undefined ? undefined : Math.round(seconds * 1000)
}
