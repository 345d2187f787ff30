import { read } from '../../../guard/read.ts'
import { statusOn } from '../http.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { TIMEOUTS } from '../network/system.ts'
import { toldRetryAfter } from '../upstream-retry-after.ts'
import { types } from '../../native.ts'

const from = 'stripe'
const property = 'type'

/** https://docs.stripe.com/error-handling. Errors with any other status are known beside those of other SDKs. */
export const stripe: readonly LibraryRule[] = [
  {
    // The client has to pay in another way.
    from,
    property,
    values: ['StripeCardError'],
    matches: (error) => isOfStripe(error) && statusOn(error) === 402,
    extract: () => ({ status: 402, isForClient: true }),
  },
  {
    // https://docs.stripe.com/webhooks/signature. A body that was parsed before is a fault of the app.
    from,
    property,
    values: ['StripeSignatureVerificationError'],
    matches: (error) => isOfStripe(error) && isUnparsed(signedPayload(error)),
    condition: 'malformed-request',
  },
  {
    // Its status may be 400.
    from,
    property,
    values: ['StripeRateLimitError', 'RateLimitError'],
    matches: isOfStripe,
    condition: 'unavailable',
    extract: toldRetryAfter,
  },
  {
    from,
    property,
    values: ['StripeConnectionError'],
    matches: (error) => isOfStripe(error) && TIMEOUTS.has(read(read(error, 'detail'), 'code')),
    condition: 'upstream-timeout',
  },
  {
    // Not reached, or an answer that cannot be read.
    from,
    property,
    values: ['StripeConnectionError', 'StripeAPIError'],
    matches: (error) => isOfStripe(error) && statusOn(error) === undefined,
    condition: 'upstream-failed',
  },
]

/** What was answered, parsed, stands beside the type. */
function isOfStripe(error: object): boolean {
  const raw = read(error, 'raw')
  return typeof raw === 'object' && raw !== null && isError(error)
}

/** Up to version 9, it is a detail. */
function signedPayload(error: object): unknown {
  return read(error, 'payload') ?? read(read(error, 'detail'), 'payload')
}

/** Bytes are told as they came where there is no signature at all. */
function isUnparsed(payload: unknown): boolean {
  return typeof payload === 'string' || types.isUint8Array(payload)
}
