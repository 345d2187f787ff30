import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/** What one error adds: the parameter that it is about, and the charge that failed. */
interface Details {
  readonly param?: string
  readonly charge?: string
}

/** What clients read of an answer. */
interface Told {
  readonly code?: string
  readonly decline_code?: string
}

// Several declines share a code, a text and a status, and differ in their decline_code.
const declined = { code: 'card_declined', status: 402, message: 'Your card was declined.' } as const
const keyMissing =
  "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/."

const catalog = defineCatalog({
  name: 'stripe',
  status: 400,
  errors: {
    GENERIC_DECLINE: { ...declined, meta: { type: 'card_error', decline_code: 'generic_decline' } },
    LOST_CARD: { ...declined, meta: { type: 'card_error', decline_code: 'lost_card' } },
    STOLEN_CARD: { ...declined, meta: { type: 'card_error', decline_code: 'stolen_card' } },
    INSUFFICIENT_FUNDS: {
      ...declined,
      message: 'Your card has insufficient funds.',
      meta: { type: 'card_error', decline_code: 'insufficient_funds' },
    },
    EXPIRED_CARD: {
      code: 'expired_card',
      status: 402,
      message: 'Your card has expired.',
      meta: { type: 'card_error', param: 'exp_month' },
    },
    RESOURCE_MISSING: {
      code: 'resource_missing',
      status: 404,
      message: "No such {{resource}}: '{{id}}'",
      meta: { type: 'invalid_request_error' },
    },
    PARAMETER_MISSING: {
      code: 'parameter_missing',
      message: 'Missing required param: {{param}}.',
      meta: { type: 'invalid_request_error' },
    },
    RATE_LIMIT: {
      code: 'rate_limit',
      status: 429,
      message: 'Request rate limit exceeded.',
      retryable: true,
      meta: { type: 'invalid_request_error' },
    },
    // It has no code for clients.
    API_KEY_MISSING: {
      status: 401,
      message: keyMissing,
      challenge: 'Basic realm="Stripe"',
      meta: { type: 'invalid_request_error', uncoded: true },
    },
    API_ERROR: {
      status: 500,
      message: 'Sorry! There was an error while talking to one of our backends.',
      meta: { type: 'api_error', uncoded: true },
    },
  },
  foreign: { byStatus: { 500: 'API_ERROR' } },
  envelope: {
    body({ code, message, meta, details, requestId }) {
      const { type, decline_code, uncoded, param } = meta ?? {}
      const given = details as Details | undefined
      return {
        error: {
          charge: given?.charge,
          code: uncoded ? undefined : code,
          decline_code,
          doc_url: uncoded ? undefined : documentation(code),
          message,
          param: given?.param ?? param,
          request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
          type,
        },
      }
    },
    // The code of all declines is the same.
    read(body) {
      const { code, decline_code } = (body as { readonly error?: Told }).error ?? {}
      return { code, key: decline_code?.toUpperCase() }
    },
  },
})
const { errors } = catalog

function documentation(code: unknown): string {
  return `https://stripe.com/docs/error-codes/${String(code).replaceAll('_', '-')}`
}

const request = { headers: { 'X-Request-ID': 'req_zgxnSj0ZmjQvcL' } }
const headers = { 'X-Request-ID': 'req_zgxnSj0ZmjQvcL' }
const request_log_url = 'https://dashboard.stripe.com/test/logs/req_zgxnSj0ZmjQvcL'

const genericDecline = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  doc_url: 'https://stripe.com/docs/error-codes/card-declined',
  message: 'Your card was declined.',
  request_log_url,
  type: 'card_error',
}

export const system: System = {
  name: 'Stripe',
  source: 'https://docs.stripe.com/api/errors, https://docs.stripe.com/declines/codes',
  // The documentation says which declines are to be presented as the generic one.
  options: { catalog, conceal: [{ errors: ['LOST_CARD', 'STOLEN_CARD'], as: 'GENERIC_DECLINE' }] },
  cases: [
    {
      title: 'a declined card is told with its decline_code, its type, and the charge that failed',
      thrown: () => errors.GENERIC_DECLINE({ details: { charge: 'ch_1F5C8nBszOVoiLmgPWC36cnI' } }),
      request,
      status: 402,
      headers,
      // A concealing error is constant: the charge would tell which of them it is.
      body: { error: genericDecline },
    },
    {
      title: 'another decline of the same code has its own decline_code and text',
      thrown: () => errors.INSUFFICIENT_FUNDS({ details: { charge: 'ch_1F5C8nBszOVoiLmgPWC36cnI' } }),
      request,
      status: 402,
      headers,
      body: {
        error: {
          charge: 'ch_1F5C8nBszOVoiLmgPWC36cnI',
          ...genericDecline,
          decline_code: 'insufficient_funds',
          message: 'Your card has insufficient funds.',
        },
      },
    },
    {
      title: 'a stolen card is told as a generic decline',
      thrown: () => errors.STOLEN_CARD({ details: { charge: 'ch_1F5C8nBszOVoiLmgPWC36cnI' } }),
      request,
      status: 402,
      headers,
      body: { error: genericDecline },
      readAs: 'GENERIC_DECLINE',
    },
    {
      title: 'an expired card has a parameter that is always the same',
      thrown: () => errors.EXPIRED_CARD(),
      request,
      status: 402,
      headers,
      body: {
        error: {
          code: 'expired_card',
          doc_url: 'https://stripe.com/docs/error-codes/expired-card',
          message: 'Your card has expired.',
          param: 'exp_month',
          request_log_url,
          type: 'card_error',
        },
      },
    },
    {
      title: 'a missing resource is told with the parameter that named it',
      thrown: () =>
        errors.RESOURCE_MISSING({
          params: { resource: 'customer', id: '5' },
          details: { param: 'customer' },
        }),
      request,
      status: 404,
      headers,
      body: {
        error: {
          code: 'resource_missing',
          doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
          message: "No such customer: '5'",
          param: 'customer',
          request_log_url,
          type: 'invalid_request_error',
        },
      },
      readAs: null,
    },
    {
      title: 'a parameter of a list keeps its brackets',
      thrown: () =>
        errors.RESOURCE_MISSING({
          status: 400,
          params: { resource: 'price', id: 'price_1HFw3QAQHy2zYPZft7bbrtWZ' },
          details: { param: 'line_items[0][price]' },
        }),
      request,
      status: 400,
      headers,
      body: {
        error: {
          code: 'resource_missing',
          doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
          message: "No such price: 'price_1HFw3QAQHy2zYPZft7bbrtWZ'",
          param: 'line_items[0][price]',
          request_log_url,
          type: 'invalid_request_error',
        },
      },
      readAs: null,
    },
    {
      title: 'a request without an API key has a type and no code',
      thrown: () => errors.API_KEY_MISSING(),
      request,
      status: 401,
      headers: { ...headers, 'WWW-Authenticate': 'Basic realm="Stripe"' },
      body: { error: { message: keyMissing, request_log_url, type: 'invalid_request_error' } },
      readAs: null,
    },
    {
      title: 'a rate limit says when to come back',
      thrown: () => errors.RATE_LIMIT({ retryAfter: 1 }),
      request,
      status: 429,
      headers: { ...headers, 'Retry-After': '1' },
      body: {
        error: {
          code: 'rate_limit',
          doc_url: 'https://stripe.com/docs/error-codes/rate-limit',
          message: 'Request rate limit exceeded.',
          request_log_url,
          type: 'invalid_request_error',
        },
      },
    },
    {
      title: 'what nobody expected is an api_error',
      thrown: () => new Error('hunter2'),
      request,
      status: 500,
      headers,
      body: {
        error: {
          message: 'Sorry! There was an error while talking to one of our backends.',
          request_log_url,
          type: 'api_error',
        },
      },
    },
  ],
  successes: [
    {
      title: 'a resource stands by itself',
      data: { id: 'ch_1F5C8nBszOVoiLmgPWC36cnI', object: 'charge', paid: true },
      body: { id: 'ch_1F5C8nBszOVoiLmgPWC36cnI', object: 'charge', paid: true },
    },
  ],
}
