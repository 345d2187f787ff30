// Long numbers take long to write: a million digits, 50 ms.
const MAX_BIGINT = 10n ** 100n

/** Returns a BigInt's digits, or undefined when there are more than a person could read. */
export function bigintText(value: bigint): string | undefined {
  return value > MAX_BIGINT || value < -MAX_BIGINT ? undefined : String(value)
}

/** Returns a Date's ISO text, whichever realm made it, or undefined for anything else. */
export function dateText(value: unknown): string | undefined {
  try {
    if (Object.prototype.toString.call(value) !== '[object Date]') return undefined
    const time = Date.prototype.getTime.call(value)
    return Number.isNaN(time) ? undefined : new Date(time).toISOString()
  } catch {
    return undefined
  }
}
