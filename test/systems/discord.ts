import { defineCatalog } from '../../src/error/define-catalog.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

/** Code 0 is any error without a code of its own; a form's errors are a tree with the form's names and indices. */
const discord = defineCatalog({
  name: 'discord',
  success: { code: 'none', message: 'OK' },
  modules: { unknown: '10001-19999', limits: '30001-39999', refused: '50001-59999' },
  errors: {
    UNAUTHORIZED: { code: 0, status: 401, message: '401: Unauthorized' },
    NOT_FOUND: { code: 0, status: 404, message: '404: Not Found' },
    INTERNAL: { code: 0, status: 500, message: '500: Internal Server Error' },
    UNKNOWN_CHANNEL: { code: 10003, status: 404, message: 'Unknown Channel' },
    UNKNOWN_MESSAGE: { code: 10008, status: 404, message: 'Unknown Message' },
    CHANNEL_WRITE_LIMIT: {
      code: 20028,
      status: 429,
      message: 'The write action you are performing on the channel has hit the write rate limit',
    },
    TOO_MANY_PINS: {
      code: 30003,
      status: 400,
      message: 'Maximum number of pins reached for the channel (50)',
    },
    MISSING_ACCESS: { code: 50001, status: 403, message: 'Missing Access' },
    INVALID_FORM_BODY: { code: 50035, status: 400, message: 'Invalid Form Body' },
    RATE_LIMITED: {
      status: 429,
      message: 'You are being rate limited.',
      headers: { 'X-RateLimit-Scope': 'user' },
    },
  },
  foreign: {
    byStatus: { 404: 'NOT_FOUND', 500: 'INTERNAL' },
    byCondition: { 'validation-failed': 'INVALID_FORM_BODY' },
  },
  envelope: {
    body({ key, code, message, details, retryAfter }) {
      const { fields, ...facts } = (details ?? {}) as { fields?: readonly Field[] }
      return {
        message,
        // Most limits have no code.
        code: code === key ? undefined : code,
        errors: fields && treeOf(fields),
        retry_after: retryAfter,
        ...facts,
      }
    },
    read: (body) => ({ code: read(body, 'code') }),
  },
})
const { errors } = discord

interface Field {
  readonly path: string
  readonly code: string
  readonly message: string
}

const FIELD_CODES: Readonly<Record<string, string>> = {
  required: 'BASE_TYPE_REQUIRED',
  not_allowed: 'BASE_TYPE_CHOICES',
}

/** `activities[0].type` is `{ activities: { 0: { type: { _errors: [...] } } } }`. Names may be the client's. */
function treeOf(fields: readonly Field[]): object {
  const tree = emptyTree()
  for (const { path, code, message } of fields) {
    let at = tree
    for (const name of path.match(/[^.[\]]+/g) ?? []) at = (at[name] ??= emptyTree()) as Tree
    at['_errors'] ??= []
    ;(at['_errors'] as object[]).push({ code: FIELD_CODES[code] ?? code, message })
  }
  return tree
}

interface Tree {
  [name: string]: Tree | object[]
}

const emptyTree = (): Tree => Object.create(null) as Tree

export const system: System = {
  name: 'Discord',
  source: 'https://discord.com/developers/docs/reference#error-messages',
  options: { catalog: discord },
  cases: [
    {
      title: 'a code and a text',
      thrown: () => errors.UNKNOWN_CHANNEL(),
      status: 404,
      body: { message: 'Unknown Channel', code: 10003 },
    },
    {
      title: 'a field that is missing is told at its place in the tree',
      thrown: () => errors.INVALID_FORM_BODY({ fields: [{ path: 'access_token', code: 'required' }] }),
      status: 400,
      body: {
        message: 'Invalid Form Body',
        code: 50035,
        errors: {
          access_token: {
            _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }],
          },
        },
      },
    },
    {
      title: 'fields of an item of an array are told below its index',
      thrown: () =>
        errors.INVALID_FORM_BODY({
          fields: [
            { path: ['activities', 0, 'platform'], code: 'not_allowed' },
            { path: ['activities', 0, 'type'], code: 'not_allowed' },
          ],
        }),
      status: 400,
      body: {
        message: 'Invalid Form Body',
        code: 50035,
        errors: {
          activities: {
            0: {
              platform: {
                _errors: [{ code: 'BASE_TYPE_CHOICES', message: 'Not one of the allowed values' }],
              },
              type: {
                _errors: [{ code: 'BASE_TYPE_CHOICES', message: 'Not one of the allowed values' }],
              },
            },
          },
        },
      },
    },
    {
      title: 'a field that is called like a member of all objects stays a field',
      thrown: () => errors.INVALID_FORM_BODY({ fields: [{ path: ['constructor'], code: 'required' }] }),
      status: 400,
      body: '{"message":"Invalid Form Body","code":50035,"errors":{"constructor":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}}',
    },
    {
      title: 'a limit has no code, and parts of seconds in the body alone',
      thrown: () =>
        errors.RATE_LIMITED({ retryAfter: 64.57, details: { retry_after: 64.57, global: false } }),
      status: 429,
      headers: { 'X-RateLimit-Scope': 'user', 'Retry-After': '65' },
      body: { message: 'You are being rate limited.', retry_after: 64.57, global: false },
      readAs: null,
    },
    {
      title: 'code 0 is an error of any status',
      status: 404,
      body: { message: '404: Not Found', code: 0 },
      readAs: 'NOT_FOUND',
    },
    {
      title: 'a 401 has code 0, too',
      thrown: () => errors.UNAUTHORIZED(),
      status: 401,
      body: { message: '401: Unauthorized', code: 0 },
    },
  ],
  successes: [{ title: 'a success is the object itself', data: { id: '1' }, body: { id: '1' } }],
}
