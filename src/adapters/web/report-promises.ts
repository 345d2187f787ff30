import { read } from '../../guard/read.ts'
import type { ErrorReport } from '../../report/report.ts'

/** Lets a host live until what an app does with its reports is done. */
export interface ReportPromises<TRequest> {
  readonly onReport: (report: ErrorReport, request: TRequest) => unknown
  /** @param given - what the host gave beside the request */
  readonly hold: (given: readonly unknown[]) => void
}

/**
 * Keeps what `onReport` returns until the host is told: Workers and functions at the edge end with their response, unless
 * `waitUntil` says what they wait for.
 */
export function createReportPromises<TRequest>(
  onReport: ReportPromises<TRequest>['onReport'],
): ReportPromises<TRequest> {
  // A report is made and held synchronously.
  let returned: unknown
  return {
    onReport: (report, request) => (returned = onReport(report, request)),
    hold(given) {
      const promise = returned
      returned = undefined
      if (typeof read(promise, 'then') !== 'function') return
      const host = given.find((each) => typeof read(each, 'waitUntil') === 'function')
      if (host === undefined) return
      try {
        // It changes no answer, and may fail.
        ;(host as Host).waitUntil(Promise.resolve(promise).catch(() => {}))
      } catch {
        // Too late, or a `waitUntil` of something else.
      }
    },
  }
}

interface Host {
  waitUntil(promise: Promise<unknown>): void
}
