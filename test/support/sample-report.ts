import type { ErrorReport } from '../../src/report/report.ts'

/** The report of a 500 in a catalog named shop, but for what is changed. */
export function sampleReport(changed: Partial<ErrorReport> = {}): ErrorReport {
  return {
    catalog: 'shop',
    key: changed.code ?? 500,
    code: 500,
    condition: undefined,
    as: undefined,
    unknownKey: undefined,
    unusable: undefined,
    errors: undefined,
    status: 500,
    serverFault: (changed.status ?? 500) >= 500,
    sent: true,
    clientGone: false,
    locale: 'en',
    requestId: 't-1',
    method: 'GET',
    route: '/users/:id',
    error: 'boom',
    ...changed,
  }
}
