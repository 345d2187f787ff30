import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

const catalog = defineCatalog({
  name: 'adyen',
  // What most of its errors are.
  status: 422,
  errors: {
    // One code, several texts and statuses.
    UNAUTHORIZED: {
      code: '000',
      status: 401,
      message: 'HTTP Status Response - Unauthorized',
      meta: { errorType: 'security' },
    },
    NO_ROUTE: {
      code: '000',
      status: 404,
      message: 'HTTP Status Response - Not Found',
      meta: { errorType: 'security' },
    },
    NOT_ALLOWED: { code: '010', status: 403, message: 'Not allowed', meta: { errorType: 'security' } },
    CARD_NUMBER: { code: '101', message: 'Invalid card number', meta: { errorType: 'validation' } },
    CVC_LENGTH: { code: '103', message: 'CVC is not the right length', meta: { errorType: 'validation' } },
    REFERENCE: {
      code: '130',
      message: "Required field 'reference' is not provided.",
      meta: { errorType: 'validation' },
    },
    RETURN_URL: { code: '14_030', message: 'Return URL is missing.', meta: { errorType: 'validation' } },
    UNREADABLE: {
      code: '702',
      status: 400,
      message: 'Unexpected input: {{found}}, expected: {{expected}}',
      meta: { errorType: 'validation' },
    },
    MERCHANT_ACCOUNT: {
      code: '901',
      status: 403,
      message: 'Invalid Merchant Account',
      meta: { errorType: 'security' },
    },
    PAYMENT_DETAILS: {
      code: '905',
      status: 500,
      message: 'Payment details are not supported',
      meta: { errorType: 'configuration' },
    },
  },
  foreign: { byStatus: { 401: 'UNAUTHORIZED', 404: 'NO_ROUTE' } },
  envelope: {
    body: ({ status, code, message, meta, requestId }) => ({
      status,
      errorCode: code,
      message,
      errorType: meta?.['errorType'],
      pspReference: requestId,
    }),
    read: (body) => ({ code: (body as { errorCode: unknown }).errorCode }),
  },
})
const { errors } = catalog

const request = { headers: { 'X-Request-ID': 'F7WCWRG6JPHR8HG2' } }
const headers = { 'X-Request-ID': 'F7WCWRG6JPHR8HG2' }

export const system: System = {
  name: 'Adyen',
  source: 'https://docs.adyen.com/development-resources/error-codes',
  options: { catalog },
  cases: [
    {
      title: 'an error has its code as a text, its status, its type and the id of the request',
      thrown: () => errors.CARD_NUMBER(),
      request,
      status: 422,
      headers,
      body: {
        status: 422,
        errorCode: '101',
        message: 'Invalid card number',
        errorType: 'validation',
        pspReference: 'F7WCWRG6JPHR8HG2',
      },
    },
    {
      title: 'a code keeps its zeros',
      thrown: () => errors.NOT_ALLOWED(),
      request,
      status: 403,
      headers,
      body: {
        status: 403,
        errorCode: '010',
        message: 'Not allowed',
        errorType: 'security',
        pspReference: 'F7WCWRG6JPHR8HG2',
      },
    },
    {
      title: 'a code has an underscore among its digits',
      thrown: () => errors.RETURN_URL(),
      request,
      status: 422,
      headers,
      body: {
        status: 422,
        errorCode: '14_030',
        message: 'Return URL is missing.',
        errorType: 'validation',
        pspReference: 'F7WCWRG6JPHR8HG2',
      },
    },
    {
      title: '000 is the code of a key that is not accepted',
      thrown: () => errors.UNAUTHORIZED(),
      request,
      status: 401,
      headers,
      body: {
        status: 401,
        errorCode: '000',
        message: 'HTTP Status Response - Unauthorized',
        errorType: 'security',
        pspReference: 'F7WCWRG6JPHR8HG2',
      },
    },
    {
      title: '000 is also the code of a path that is not there',
      request: { ...request, path: '/v71/nowhere' },
      status: 404,
      headers,
      body: {
        status: 404,
        errorCode: '000',
        message: 'HTTP Status Response - Not Found',
        errorType: 'security',
        pspReference: 'F7WCWRG6JPHR8HG2',
      },
      readAs: 'NO_ROUTE',
    },
    {
      title: 'a text tells what was found in place of what',
      thrown: () => errors.UNREADABLE({ params: { found: '"', expected: '}' } }),
      request,
      status: 400,
      headers,
      body: {
        status: 400,
        errorCode: '702',
        message: 'Unexpected input: ", expected: }',
        errorType: 'validation',
        pspReference: 'F7WCWRG6JPHR8HG2',
      },
      readAs: null,
    },
  ],
  successes: [
    {
      title: 'a payment stands by itself',
      data: { pspReference: 'NC6HT9CRT65ZGN82', resultCode: 'Authorised' },
      body: { pspReference: 'NC6HT9CRT65ZGN82', resultCode: 'Authorised' },
    },
  ],
}
