import type { ErrorDescription } from '../../src/catalog/envelope.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

const catalog = defineCatalog({
  name: 'twilio',
  status: 400,
  challenge: 'Basic realm="Twilio API"',
  errors: {
    20001: { message: 'Bad request' },
    20003: {
      status: 401,
      message: 'Authenticate',
      meta: { detail: 'Your AccountSid or AuthToken was incorrect.' },
    },
    20404: { status: 404, message: 'The requested resource {{resource}} was not found' },
    20429: { status: 429, message: 'Too Many Requests', retryable: true },
    20500: { status: 500, message: 'Internal Server Error' },
    21211: { message: "The 'To' number {{to}} is not a valid phone number." },
    // One code, and another text.
    INVALID_TO: { code: 21211, message: "Invalid 'To' Phone Number: {{to}}" },
    21603: { message: "A 'From' phone number is required." },
    21610: { message: 'Attempt to send to unsubscribed recipient' },
  },
  foreign: { byStatus: { 400: 20001, 401: 20003, 500: 20500 } },
  envelope: {
    // The older of its APIs answers XML to paths without .json.
    body: (error, request) => (isJson(request) ? json(error) : xml(error)),
    success: (data) => data as object,
    read: (body) => body as { code: unknown },
  },
})
const { errors, BizError } = catalog

function isJson(request: unknown): boolean {
  return /\.json(?:$|\?)/.test((request as { readonly url: string }).url)
}

function json({ code, message, meta, status }: ErrorDescription): object {
  return { code, detail: meta?.['detail'], message, more_info: moreInfo(code), status }
}

function xml({ code, message, meta, status }: ErrorDescription): object {
  const detail = meta?.['detail'] === undefined ? '' : `<Detail>${escaped(meta['detail'])}</Detail>`
  return {
    contentType: 'application/xml',
    text: `<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException><Code>${code}</Code>${detail}<Message>${escaped(message)}</Message><MoreInfo>${moreInfo(code)}</MoreInfo><Status>${status}</Status></RestException></TwilioResponse>`,
  }
}

function escaped(text: unknown): string {
  return String(text).replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function moreInfo(code: unknown): string {
  return `https://www.twilio.com/docs/errors/${String(code)}`
}

const messages = { method: 'POST', path: '/2010-04-01/Accounts/AC1/Messages.json' }

export const system: System = {
  name: 'Twilio',
  source: 'https://www.twilio.com/docs/usage/twilios-response, https://www.twilio.com/docs/api/errors',
  options: { catalog },
  cases: [
    {
      title: 'an error names its number, its page and its status',
      thrown: () => new BizError(21603),
      request: messages,
      status: 400,
      body: {
        code: 21603,
        message: "A 'From' phone number is required.",
        more_info: 'https://www.twilio.com/docs/errors/21603',
        status: 400,
      },
    },
    {
      title: 'one code has several texts',
      thrown: () => errors.INVALID_TO({ params: { to: '+1500' } }),
      request: messages,
      status: 400,
      body: {
        code: 21211,
        message: "Invalid 'To' Phone Number: +1500",
        more_info: 'https://www.twilio.com/docs/errors/21211',
        status: 400,
      },
      readAs: null,
    },
    {
      title: 'the text of a missing resource names its path',
      thrown: ({ url }) => new BizError(20404, { params: { resource: url ?? '' } }),
      request: { path: '/2010-04-01/Accounts/a/Messages.json' },
      status: 404,
      body: {
        code: 20404,
        message: 'The requested resource /2010-04-01/Accounts/a/Messages.json was not found',
        more_info: 'https://www.twilio.com/docs/errors/20404',
        status: 404,
      },
      readAs: null,
    },
    {
      title: 'wrong credentials have a detail, and a challenge',
      thrown: () => new BizError(20003),
      request: messages,
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm="Twilio API"' },
      body: {
        code: 20003,
        detail: 'Your AccountSid or AuthToken was incorrect.',
        message: 'Authenticate',
        more_info: 'https://www.twilio.com/docs/errors/20003',
        status: 401,
      },
    },
    {
      title: 'a path without .json is answered in XML',
      thrown: () => new BizError(20003),
      request: { path: '/2010-04-01/Accounts/AC1/Messages' },
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm="Twilio API"', 'Content-Type': 'application/xml' },
      body: "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException><Code>20003</Code><Detail>Your AccountSid or AuthToken was incorrect.</Detail><Message>Authenticate</Message><MoreInfo>https://www.twilio.com/docs/errors/20003</MoreInfo><Status>401</Status></RestException></TwilioResponse>",
      readAs: null,
    },
    {
      title: 'what stands in a text is escaped in XML',
      thrown: () => new BizError(21211, { params: { to: '<12&>' } }),
      request: { path: '/2010-04-01/Accounts/AC1/Messages' },
      status: 400,
      headers: { 'Content-Type': 'application/xml' },
      body: "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException><Code>21211</Code><Message>The 'To' number &#60;12&#38;&#62; is not a valid phone number.</Message><MoreInfo>https://www.twilio.com/docs/errors/21211</MoreInfo><Status>400</Status></RestException></TwilioResponse>",
      readAs: null,
    },
    {
      title: 'too many requests may be sent again later',
      thrown: () => new BizError(20429, { retryAfter: '2s' }),
      request: messages,
      status: 429,
      headers: { 'Retry-After': '2' },
      body: {
        code: 20429,
        message: 'Too Many Requests',
        more_info: 'https://www.twilio.com/docs/errors/20429',
        status: 429,
      },
    },
  ],
  successes: [
    {
      title: 'a resource stands by itself',
      data: { sid: 'SM444dd49ef737406eb5613cadbea3fc86', status: 'queued', error_code: null },
      body: { sid: 'SM444dd49ef737406eb5613cadbea3fc86', status: 'queued', error_code: null },
    },
  ],
}
