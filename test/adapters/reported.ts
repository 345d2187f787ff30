import { BizError } from '../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../src/report/report.ts'

/** What a report says, without the error itself and what the catalog adds. */
export function summary({ code, status, sent, clientGone, method, route, requestId }: ErrorReport): object {
  return { code, status, sent, clientGone, method, route, requestId }
}

/** The summary of what `conflict` throws. */
export function reported(changed: Partial<ErrorReport>): object {
  return {
    code: 1006,
    status: 409,
    sent: true,
    clientGone: false,
    method: 'GET',
    route: undefined,
    requestId: 't-1',
    ...changed,
  }
}

export function conflict(): never {
  throw new BizError(1006)
}
