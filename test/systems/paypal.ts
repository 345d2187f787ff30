import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/** Where in the request an issue lies. */
interface Place {
  readonly field?: string
  readonly value?: string
  readonly location?: 'body' | 'path' | 'query'
}

/** What an issue is told of: the error itself, or one of several. */
interface Issue {
  readonly code: unknown
  readonly message: string
  readonly details?: unknown
}

const invalid = 'Request is not well-formed, syntactically incorrect, or violates schema.'
const unprocessable =
  'The requested action could not be performed, semantically incorrect, or failed business validation.'

const catalog = defineCatalog({
  name: 'paypal',
  errors: {
    INVALID_REQUEST: { status: 400, message: invalid },
    AUTHENTICATION_FAILURE: {
      status: 401,
      message:
        'Authentication failed due to missing authorization header, or invalid authentication credentials.',
    },
    NOT_AUTHORIZED: { status: 403, message: 'Authorization failed due to insufficient permissions.' },
    RESOURCE_NOT_FOUND: { status: 404, message: 'The specified resource does not exist.' },
    UNPROCESSABLE_ENTITY: { status: 422, message: unprocessable },
    RATE_LIMIT_REACHED: {
      status: 429,
      message: 'Too many requests. Blocked due to rate limiting.',
      retryable: true,
    },
    INTERNAL_SERVER_ERROR: { status: 500, message: 'An internal server error has occurred.' },

    // The issues: each is told inside of its parent, whose status it has.
    MISSING_REQUIRED_PARAMETER: {
      parent: 'INVALID_REQUEST',
      message: 'A required field / parameter is missing.',
    },
    INVALID_PARAMETER_VALUE: { parent: 'INVALID_REQUEST', message: 'A parameter value is not valid.' },
    INVALID_RESOURCE_ID: {
      parent: 'RESOURCE_NOT_FOUND',
      message: 'Specified resource ID does not exist. Please check the resource ID and try again.',
    },
    INSTRUMENT_DECLINED: {
      parent: 'UNPROCESSABLE_ENTITY',
      message:
        "The instrument presented was either declined by the processor or bank, or it can't be used for this payment.",
    },
    ORDER_ALREADY_CAPTURED: {
      parent: 'UNPROCESSABLE_ENTITY',
      message: "Order already captured. If 'intent=CAPTURE' only one capture per order is allowed.",
    },
  },
  foreign: { byStatus: { 500: 'INTERNAL_SERVER_ERROR' } },
  envelope: {
    body: ({ code, parent, message, parentMessage, details, errors, requestId }) => ({
      name: parent ?? code,
      details:
        parent === undefined ? undefined : [{ code, message, details }, ...(errors ?? [])].map(issueOf),
      message: parentMessage ?? message,
      debug_id: requestId,
      links: [
        {
          href: `https://developer.paypal.com/docs/api/orders/v2/#error-${code}`,
          rel: 'information_link',
          method: 'GET',
        },
      ],
    }),
    read(body) {
      const { name, details } = body as { name: unknown; details?: { issue: unknown }[] }
      const issue = details?.[0]?.issue
      return issue === undefined ? { code: name } : { code: issue, parent: name }
    },
  },
})
const { errors } = catalog

function issueOf({ code, message, details }: Issue): object {
  return { ...(details as Place | undefined), issue: code, description: message }
}

const request = { headers: { 'X-Request-ID': 'fa9ffe64391d4' } }
const headers = { 'X-Request-ID': 'fa9ffe64391d4' }

function links(code: string): object[] {
  return [
    {
      href: `https://developer.paypal.com/docs/api/orders/v2/#error-${code}`,
      rel: 'information_link',
      method: 'GET',
    },
  ]
}

export const system: System = {
  name: 'PayPal',
  source:
    'https://developer.paypal.com/api/rest/responses/, https://developer.paypal.com/docs/api/orders/v2/#errors',
  options: { catalog },
  cases: [
    {
      title: 'an issue is told inside of the error that it is a kind of, with both texts',
      thrown: () => errors.INSTRUMENT_DECLINED(),
      request,
      status: 422,
      headers,
      body: {
        name: 'UNPROCESSABLE_ENTITY',
        details: [
          {
            issue: 'INSTRUMENT_DECLINED',
            description:
              "The instrument presented was either declined by the processor or bank, or it can't be used for this payment.",
          },
        ],
        message: unprocessable,
        debug_id: 'fa9ffe64391d4',
        links: links('INSTRUMENT_DECLINED'),
      },
    },
    {
      title: 'several issues of one request are told together, each with the place that it is about',
      thrown: () =>
        errors.MISSING_REQUIRED_PARAMETER({
          details: { field: '/payment_source/card/billing_address/country_code', location: 'body' },
          also: [
            errors.INVALID_PARAMETER_VALUE({
              details: { field: '/intent', value: 'PAY', location: 'body' },
            }),
          ],
        }),
      request,
      status: 400,
      headers,
      body: {
        name: 'INVALID_REQUEST',
        details: [
          {
            field: '/payment_source/card/billing_address/country_code',
            location: 'body',
            issue: 'MISSING_REQUIRED_PARAMETER',
            description: 'A required field / parameter is missing.',
          },
          {
            field: '/intent',
            value: 'PAY',
            location: 'body',
            issue: 'INVALID_PARAMETER_VALUE',
            description: 'A parameter value is not valid.',
          },
        ],
        message: invalid,
        debug_id: 'fa9ffe64391d4',
        links: links('MISSING_REQUIRED_PARAMETER'),
      },
    },
    {
      title: 'an error without an issue has no details',
      thrown: () => errors.AUTHENTICATION_FAILURE(),
      request,
      status: 401,
      headers,
      body: {
        name: 'AUTHENTICATION_FAILURE',
        message:
          'Authentication failed due to missing authorization header, or invalid authentication credentials.',
        debug_id: 'fa9ffe64391d4',
        links: links('AUTHENTICATION_FAILURE'),
      },
    },
    {
      title: 'what nobody expected is an internal server error with the id to ask for',
      thrown: () => new Error('hunter2'),
      request,
      status: 500,
      headers,
      body: {
        name: 'INTERNAL_SERVER_ERROR',
        message: 'An internal server error has occurred.',
        debug_id: 'fa9ffe64391d4',
        links: links('INTERNAL_SERVER_ERROR'),
      },
      readAs: 'INTERNAL_SERVER_ERROR',
    },
  ],
  successes: [
    {
      title: 'a resource stands by itself',
      data: { id: '5KM89009KL896372M', intent: 'CAPTURE', status: 'COMPLETED' },
      body: { id: '5KM89009KL896372M', intent: 'CAPTURE', status: 'COMPLETED' },
    },
  ],
}
