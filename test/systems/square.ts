import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/** One of the errors that an answer has. */
interface Told {
  readonly code: unknown
  readonly message: string
  readonly meta?: Readonly<Record<string, unknown>> | undefined
  readonly details?: unknown
}

const catalog = defineCatalog({
  name: 'square',
  status: 400,
  modules: {
    // A category has no numbers: its errors name it.
    API_ERROR: { status: 500 },
    AUTHENTICATION_ERROR: { status: 401 },
    INVALID_REQUEST_ERROR: {},
    PAYMENT_METHOD_ERROR: { status: 402 },
    RATE_LIMIT_ERROR: { status: 429 },
  },
  errors: {
    INTERNAL_SERVER_ERROR: { module: 'API_ERROR', message: 'An internal error has occurred' },
    UNAUTHORIZED: { module: 'AUTHENTICATION_ERROR', message: 'This request could not be authorized.' },
    ACCESS_TOKEN_EXPIRED: { module: 'AUTHENTICATION_ERROR', message: 'The access token has expired.' },
    INSUFFICIENT_SCOPES: {
      module: 'AUTHENTICATION_ERROR',
      status: 403,
      message: 'The merchant has not given your application sufficient permissions to do that.',
    },
    NOT_FOUND: {
      module: 'INVALID_REQUEST_ERROR',
      status: 404,
      message: 'Could not find payment with id: {{id}}',
    },
    MISSING_REQUIRED_PARAMETER: { module: 'INVALID_REQUEST_ERROR', message: 'Field must be set' },
    INVALID_VALUE: { module: 'INVALID_REQUEST_ERROR', message: '`{{value}}` is not a valid value.' },
    INSUFFICIENT_FUNDS: {
      module: 'PAYMENT_METHOD_ERROR',
      message: 'Gift card does not have sufficient balance for requested amount and tip.',
    },
    GIFT_CARD_AVAILABLE_AMOUNT: { module: 'PAYMENT_METHOD_ERROR', message: '{{cents}}' },
    CARD_DECLINED: { module: 'PAYMENT_METHOD_ERROR', message: "Authorization error: 'CARD_DECLINED'" },
    RATE_LIMITED: { module: 'RATE_LIMIT_ERROR', message: 'Too many requests.', retryable: true },
  },
  foreign: { byStatus: { 500: 'INTERNAL_SERVER_ERROR' } },
  envelope: {
    body: (error) => ({ errors: [error, ...(error.errors ?? [])].map(oneOf) }),
    read: (body) => (body as { errors: { code: unknown }[] }).errors[0],
  },
})
const { errors } = catalog

function oneOf(error: Told & { readonly module?: string | undefined }): object {
  const { field } = (error.details ?? {}) as { readonly field?: string }
  return { code: error.code, detail: error.message, category: error.module, field }
}

export const system: System = {
  name: 'Square',
  source: 'https://developer.squareup.com/docs/build-basics/handling-errors',
  options: { catalog },
  cases: [
    {
      title: 'an error stands in a list, with its category',
      thrown: () => errors.CARD_DECLINED(),
      status: 402,
      body: {
        errors: [
          {
            code: 'CARD_DECLINED',
            detail: "Authorization error: 'CARD_DECLINED'",
            category: 'PAYMENT_METHOD_ERROR',
          },
        ],
      },
    },
    {
      title: 'an error that comes with another is told beside it, with a category of its own',
      thrown: () =>
        errors.INSUFFICIENT_FUNDS({
          also: [errors.GIFT_CARD_AVAILABLE_AMOUNT({ params: { cents: '4494' } })],
        }),
      status: 402,
      body: {
        errors: [
          {
            code: 'INSUFFICIENT_FUNDS',
            detail: 'Gift card does not have sufficient balance for requested amount and tip.',
            category: 'PAYMENT_METHOD_ERROR',
          },
          { code: 'GIFT_CARD_AVAILABLE_AMOUNT', detail: '4494', category: 'PAYMENT_METHOD_ERROR' },
        ],
      },
    },
    {
      title: 'errors of several fields are told field by field, and the status is that of the first',
      thrown: () =>
        errors.MISSING_REQUIRED_PARAMETER({
          details: { field: 'source_id' },
          also: [
            errors.INVALID_VALUE({
              params: { value: 'XYZ' },
              details: { field: 'amount_money.currency' },
            }),
          ],
        }),
      status: 400,
      body: {
        errors: [
          {
            code: 'MISSING_REQUIRED_PARAMETER',
            detail: 'Field must be set',
            category: 'INVALID_REQUEST_ERROR',
            field: 'source_id',
          },
          {
            code: 'INVALID_VALUE',
            detail: '`XYZ` is not a valid value.',
            category: 'INVALID_REQUEST_ERROR',
            field: 'amount_money.currency',
          },
        ],
      },
    },
    {
      title: 'a payment that is not there is named in the text',
      thrown: () => errors.NOT_FOUND({ params: { id: '5g0hWn5rIggRnX_UGY01l7H4sNZY' } }),
      status: 404,
      body: {
        errors: [
          {
            code: 'NOT_FOUND',
            detail: 'Could not find payment with id: 5g0hWn5rIggRnX_UGY01l7H4sNZY',
            category: 'INVALID_REQUEST_ERROR',
          },
        ],
      },
      readAs: null,
    },
    {
      title: 'a category has errors of several statuses',
      thrown: () => errors.INSUFFICIENT_SCOPES(),
      status: 403,
      body: {
        errors: [
          {
            code: 'INSUFFICIENT_SCOPES',
            detail: 'The merchant has not given your application sufficient permissions to do that.',
            category: 'AUTHENTICATION_ERROR',
          },
        ],
      },
    },
    {
      title: 'a token that is not accepted is a 401, whose errors are one',
      thrown: () => errors.UNAUTHORIZED({ also: [errors.CARD_DECLINED()] }),
      status: 401,
      body: {
        errors: [
          {
            code: 'UNAUTHORIZED',
            detail: 'This request could not be authorized.',
            category: 'AUTHENTICATION_ERROR',
          },
        ],
      },
    },
  ],
  successes: [
    {
      title: 'a resource stands under its kind',
      data: { payment: { id: 'bP9mAsEMYPUGjjGNaNO5ZDVyLhSZY', status: 'COMPLETED' } },
      body: { payment: { id: 'bP9mAsEMYPUGjjGNaNO5ZDVyLhSZY', status: 'COMPLETED' } },
    },
  ],
}
