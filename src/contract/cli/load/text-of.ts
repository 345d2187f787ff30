/** What was thrown may be anything. */
export function textOf(error: unknown): string {
  try {
    return String(error)
  } catch {
    return 'it threw what has no text'
  }
}
