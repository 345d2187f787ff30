import Stripe from 'stripe'
import { becomes, type Row } from './becomes.ts'
import { hangingUp, localService, says, silent } from './local-service.ts'

const service = localService()
const { answering } = service

const stripeAt = (port: number, timeout = 30_000): Stripe =>
  new Stripe('sk_test_s3cr3t', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    timeout,
    telemetry: false,
  })

const pay = (port = service.port): Promise<unknown> =>
  stripeAt(port).paymentIntents.create({ amount: 100, currency: 'eur' })

/** https://docs.stripe.com/api/errors */
const json = (status: number, error: object, headers: Record<string, string> = {}) =>
  says(status, 'application/json', JSON.stringify({ error: { message: 's3cr3t', ...error } }), {
    'Request-Id': 'req_1',
    ...headers,
  })

const ANSWERS: readonly (readonly [type: string, status: number, error: object, Row['becomes']])[] = [
  ['StripeInvalidRequestError', 400, { type: 'invalid_request_error', param: 'amount' }, 'upstream-failed'],
  ['StripeInvalidRequestError', 404, { type: 'invalid_request_error' }, 'upstream-failed'],
  ['StripeIdempotencyError', 400, { type: 'idempotency_error' }, 'upstream-failed'],
  ['StripeAuthenticationError', 401, { type: 'invalid_request_error' }, 'upstream-failed'],
  ['StripePermissionError', 403, { type: 'invalid_request_error' }, 'upstream-failed'],
  ['StripeAPIError', 409, { type: 'api_error' }, 'upstream-failed'],
  ['StripeAPIError', 500, { type: 'api_error' }, 'upstream-failed'],
  ['StripeAPIError', 504, { type: 'api_error' }, 'upstream-timeout'],
  ['StripeRateLimitError', 429, { type: 'invalid_request_error', code: 'lock_timeout' }, 'unavailable'],
  ['StripeRateLimitError', 400, { type: 'invalid_request_error', code: 'rate_limit' }, 'unavailable'],
]

const sign = (payload: unknown, header: string | undefined): unknown =>
  stripeAt(1).webhooks.constructEvent(payload as string, header as string, 'whsec_s3cr3t')

becomes('R07: what Stripe answers becomes what it says', [
  {
    what: 'a card that is declined',
    fail: answering(
      json(402, { type: 'card_error', code: 'card_declined', decline_code: 'fraudulent' }),
      pay,
    ),
    becomes: undefined,
    status: 402,
    logged: { type: 'StripeCardError', code: 'card_declined' },
  },
  ...ANSWERS.map(([type, status, error, condition]): Row => ({
    what: `${type} with ${status}`,
    fail: answering(json(status, error), pay),
    becomes: condition,
    logged: { type, message: 's3cr3t' },
  })),
  {
    what: 'a limit that tells the time',
    fail: answering(
      json(429, { type: 'invalid_request_error', code: 'rate_limit' }, { 'Retry-After': '7' }),
      pay,
    ),
    becomes: 'unavailable',
    headers: { 'retry-after': '7' },
  },
  {
    what: 'an authorization that has expired',
    fail: answering(
      says(400, 'application/json', '{"error":"invalid_grant","error_description":"s3cr3t"}'),
      () => stripeAt(service.port).oauth.token({ grant_type: 'authorization_code', code: 's3cr3t' }),
    ),
    becomes: 'upstream-failed',
    logged: { type: 'StripeInvalidGrantError' },
  },
  {
    what: 'a page of a proxy',
    fail: answering(says(502, 'text/html', '<html>s3cr3t'), pay),
    becomes: 'upstream-failed',
    logged: { type: 'StripeAPIError' },
  },
  {
    what: 'silence',
    fail: answering(silent, () => stripeAt(service.port, 50).paymentIntents.list()),
    becomes: 'upstream-timeout',
    logged: { type: 'StripeConnectionError' },
  },
  {
    what: 'a connection that is closed',
    fail: answering(hangingUp, pay),
    becomes: 'upstream-failed',
    logged: { type: 'StripeConnectionError' },
  },
  {
    what: 'a connection that is refused',
    fail: () => pay(1),
    becomes: 'upstream-failed',
    logged: { type: 'StripeConnectionError' },
  },
])

becomes('R07: a webhook that Stripe has not signed is the sender’s fault', [
  {
    what: 'with another signature',
    fail: () => sign('{}', `t=${Math.floor(Date.now() / 1000)},v1=00`),
    becomes: 'malformed-request',
    logged: { type: 'StripeSignatureVerificationError' },
  },
  {
    what: 'with a signature of long ago',
    fail: () => {
      const header = stripeAt(1).webhooks.generateTestHeaderString({
        payload: '{}',
        secret: 'whsec_s3cr3t',
        timestamp: 1,
      })
      return sign('{}', header)
    },
    becomes: 'malformed-request',
  },
  { what: 'with no signature', fail: () => sign('{}', ''), becomes: 'malformed-request' },
  {
    what: 'with a body that is a Buffer',
    fail: () => sign(Buffer.from('{}'), 't=1,v1=00'),
    becomes: 'malformed-request',
  },
  {
    what: 'with a body that is a Buffer, and no signature',
    fail: () => sign(Buffer.from('{}'), ''),
    becomes: 'malformed-request',
  },
  {
    what: 'with a body of bytes, and without the header',
    fail: () => sign(new Uint8Array([0x7b, 0x7d]), undefined),
    becomes: 'malformed-request',
  },
  {
    what: 'unless the app has parsed its body before, and there is no signature',
    fail: () => sign({ id: 's3cr3t' }, ''),
    becomes: undefined,
  },
  {
    what: 'unless the app has parsed its body before',
    fail: () => sign({ id: 's3cr3t' }, 't=1,v1=00'),
    becomes: undefined,
    logged: { type: 'StripeSignatureVerificationError' },
  },
])
