import { createCatalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import { conditionOfStatus, RETRYABLE } from '../catalog/condition.ts'
import { STATUS_TEXTS } from '../catalog/http-status.ts'
import type { BizError as BizErrorOf } from '../error/biz-error.ts'
import { withBizError } from '../error/define-catalog.ts'

/**
 * The statuses that are registered (https://www.iana.org/assignments/http-status-codes), and 418, which is reserved for
 * the joke (RFC 9110, section 15.5.19). What else is thrown has the code of its class, 400 or 500.
 */
const TEXTS = {
  ...STATUS_TEXTS,
  407: 'Proxy authentication required',
  418: "I'm a teapot",
  505: 'HTTP version not supported',
  506: 'Variant also negotiates',
  508: 'Loop detected',
  510: 'Not extended',
  511: 'Network authentication required',
} as const

type Status = keyof typeof TEXTS

/** The type of a status says its number and its text. */
export interface StatusEntry<TStatus extends Status> {
  /** The status, which is the code as well. */
  readonly status: TStatus
  /** Its text in English. */
  readonly message: (typeof TEXTS)[TStatus]
}

const statuses = Object.keys(TEXTS).map(Number) as Status[]

/**
 * This catalog serves where no other is named: each code is its HTTP status, in the words of `http.json`, which this
 * package brings along.
 */
export const catalog = withBizError<{ readonly [TStatus in Status]: StatusEntry<TStatus> }>(
  createCatalog(
    {
      name: 'http',
      errors: Object.fromEntries(statuses.map((status) => [status, entryOf(status)])),
    },
    'http',
  ),
)

function entryOf(status: Status): StatusEntry<Status> & { readonly retryable: boolean } {
  const condition = conditionOfStatus(status)
  return { status, message: TEXTS[status], retryable: condition !== undefined && RETRYABLE.has(condition) }
}

/** The class of this catalog's errors: `throw new BizError(404)`. */
export const BizError: typeof catalog.BizError = catalog.BizError
/** An error of this catalog, as types name it: of one key, or of any. */
export type BizError<TCode extends Code = Code> = BizErrorOf<TCode>
