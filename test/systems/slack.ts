import { defineCatalog } from '../../src/error/define-catalog.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

/**
 * Errors have codes and no texts, and are answered with 200 but for one that asks to wait. The statuses of the entries say
 * whose fault they are, for the log.
 */
const slack = defineCatalog({
  name: 'slack',
  status: 400,
  httpStatus: ({ status }) => (status === 429 ? 429 : 200),
  errors: {
    channel_not_found: { status: 404, message: 'Value passed for channel was invalid.' },
    not_in_channel: { message: 'Cannot post user messages to a channel they are not in.' },
    msg_too_long: { message: 'Message text is too long' },
    not_authed: { status: 401, message: 'No authentication token provided.' },
    invalid_auth: { status: 401, message: 'Some aspect of authentication cannot be validated.' },
    missing_scope: {
      status: 403,
      message: 'The token used is not granted the specific scope permissions required.',
    },
    invalid_arguments: { message: 'The method was called with invalid arguments.' },
    unknown_method: { status: 404, message: 'There is no such method.' },
    internal_error: {
      status: 500,
      message: 'The server could not complete your operation(s) without encountering an error.',
    },
    ratelimited: { status: 429, message: 'The request has been ratelimited.' },
  },
  foreign: {
    byStatus: { 404: 'unknown_method', 500: 'internal_error' },
    byCondition: { 'validation-failed': 'invalid_arguments' },
  },
  envelope: {
    body: ({ code, details }) => ({ ok: false, error: code, ...(details as object | undefined) }),
    success: { ok: true },
    read: (body) => (read(body, 'ok') === false ? { code: read(body, 'error') } : undefined),
  },
})
const { errors } = slack

export const system: System = {
  name: 'Slack',
  source: 'https://docs.slack.dev/apis/web-api/#responses',
  options: { catalog: slack },
  cases: [
    {
      title: 'an error is a code in a 200',
      thrown: () => errors.channel_not_found(),
      status: 200,
      body: { ok: false, error: 'channel_not_found' },
    },
    {
      title: 'what is missing is told beside the code',
      thrown: () =>
        errors.missing_scope({ details: { needed: 'chat:write', provided: 'channels:read,users:read' } }),
      status: 200,
      body: {
        ok: false,
        error: 'missing_scope',
        needed: 'chat:write',
        provided: 'channels:read,users:read',
      },
    },
    {
      title: 'a login that failed is a 200 too',
      thrown: () => errors.invalid_auth(),
      status: 200,
      body: { ok: false, error: 'invalid_auth' },
    },
    {
      title: 'a limit is a 429 that says when to come again',
      thrown: () => errors.ratelimited({ retryAfter: 30 }),
      status: 429,
      headers: { 'Retry-After': '30' },
      body: { ok: false, error: 'ratelimited' },
    },
    {
      title: 'a method that does not exist is told in a 200',
      request: { path: '/api/chat.postMesage' },
      status: 200,
      body: { ok: false, error: 'unknown_method' },
      readAs: 'unknown_method',
    },
  ],
  successes: [
    {
      title: 'a success says ok beside the data',
      data: { channel: 'C123ABC456', ts: '1503435956.000247' },
      body: { ok: true, channel: 'C123ABC456', ts: '1503435956.000247' },
    },
    { title: 'a success without data says ok', body: { ok: true } },
  ],
}
