/**
 * Tells of a fault, and no second time.
 *
 * @param what - what it is about @default the message
 */
export type WarnOnce = (message: string, what?: string) => void

export function createWarnOnce(warn: (message: string) => void): WarnOnce {
  const told = new Set<string>()
  return (message, what = message) => {
    if (told.size !== told.add(what).size) warn(message)
  }
}
