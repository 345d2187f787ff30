/** When a BizError keeps the frames of its stack. Taking them is most of what constructing one costs. */
export const STACK_POLICIES = ['auto', 'always', 'never'] as const
export type StackPolicy = (typeof STACK_POLICIES)[number]

/**
 * Returns the lowest status whose errors keep their frames. `'auto'` keeps all of them but in production, where only
 * 5xx do: a 4xx is expected, and its code says what it is.
 */
export function framesFrom(policy: StackPolicy): number {
  if (policy !== 'auto') return policy === 'always' ? 0 : Infinity
  return isProduction() ? 500 : 0
}

/** A browser has no `process`, or what a page takes for one. Deno throws where a program may not see its environment. */
export function isProduction(): boolean {
  try {
    return typeof process === 'object' && process.env?.['NODE_ENV'] === 'production'
  } catch {
    return false
  }
}

/**
 * Lets errors that are constructed from now on have no frames. Returns what to hand to `resumeFrames`, in the same
 * synchronous run: undefined where the limit is gone or frozen, and there is nothing to undo.
 */
export function suspendFrames(): number | undefined {
  const limit: unknown = Error.stackTraceLimit
  return typeof limit === 'number' && setLimit(0) ? limit : undefined
}

export function resumeFrames(limit: number | undefined): void {
  if (limit !== undefined) setLimit(limit)
}

function setLimit(limit: number): boolean {
  try {
    Error.stackTraceLimit = limit
    return true
  } catch {
    return false
  }
}
