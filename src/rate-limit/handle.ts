/** An app watches and closes its limiter by this handle. */
export interface LimiterHandle {
  /** True while the shared store is away, so that the fallback decides. */
  readonly degraded: boolean
  /** Lets the process end. The client that the store was given stays open. */
  readonly close: () => void
}
