/** FSI and PDI (UAX #9) stand around a value, which then does not reorder what it stands in. */
export const FSI = '\u2068'
export const PDI = '\u2069'

/** Isolates a value once. paramText takes away marks of its own. */
export function isolate(value: string | number): string {
  return String(value).startsWith(FSI) ? String(value) : `${FSI}${value}${PDI}`
}
