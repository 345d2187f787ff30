import { bare } from '../guard/own.ts'

/** An app watches and closes its limiter by this handle. */
export interface LimiterHandle {
  /** True while the shared store is away, so that the fallback decides. */
  readonly degraded: boolean
  /** Lets the process end. The client that the store was given stays open. */
  readonly close: () => void
}

/** Puts a limiter's handle onto its middleware. */
export function attachHandle<TMiddleware extends object>(
  middleware: TMiddleware,
  limiter: LimiterHandle,
): TMiddleware & LimiterHandle {
  return Object.defineProperties(middleware, {
    degraded: bare({ get: () => limiter.degraded }),
    close: bare({ value: limiter.close }),
  }) as TMiddleware & LimiterHandle
}
