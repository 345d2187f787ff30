/**
 * Tells of a fault, and no second time.
 *
 * @param what - what it is about @default the message
 */
export type WarnOnce = (message: string, what?: string, error?: unknown) => void

export function createWarnOnce(warn: (message: string, error?: unknown) => void): WarnOnce {
  const told = new Set<string>()
  return (message, what = message, error?) => {
    if (told.size !== told.add(what).size) warn(message, error)
  }
}
