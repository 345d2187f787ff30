import { z } from 'zod'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

/** What a validator found, as all of them are told. */
interface Problem {
  readonly path: string
  readonly code: string
}

/** An error of one field, as this API has it. */
interface FieldError {
  readonly resource: string
  readonly field?: string
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom'
  readonly message?: string
}

const catalog = defineCatalog({
  name: 'github',
  errors: {
    PROBLEMS_PARSING_JSON: { status: 400, message: 'Problems parsing JSON' },
    BAD_CREDENTIALS: { status: 401, message: 'Bad credentials' },
    REQUIRES_AUTHENTICATION: { status: 401, message: 'Requires authentication' },
    // Several errors with one status, and the two of 403 that are limits.
    NOT_ACCESSIBLE: { status: 403, message: 'Resource not accessible by integration' },
    RATE_LIMIT: {
      status: 403,
      message: 'API rate limit exceeded for user ID {{user}}.',
      retryable: true,
      meta: { page: 'rest/overview/rate-limits-for-the-rest-api' },
    },
    SECONDARY_RATE_LIMIT: {
      status: 403,
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      retryable: true,
      meta: { page: 'rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits' },
    },
    NOT_FOUND: { status: 404, message: 'Not Found' },
    VALIDATION_FAILED: { status: 422, message: 'Validation Failed' },
    SERVER_ERROR: { status: 500, message: 'Server Error' },
  },
  foreign: {
    byStatus: { 404: 'NOT_FOUND', 500: 'SERVER_ERROR' },
    byCondition: { 'malformed-body': 'PROBLEMS_PARSING_JSON', 'validation-failed': 'VALIDATION_FAILED' },
  },
  envelope: {
    // Its errors have no code: clients know them by status and message.
    body: ({ message, details, meta, status }) => ({
      message,
      errors: fieldErrors(details),
      documentation_url: `https://docs.github.com/${(meta?.['page'] as string | undefined) ?? 'rest'}`,
      status: String(status),
    }),
  },
})
const { errors } = catalog

function fieldErrors(details: unknown): readonly FieldError[] | undefined {
  const { errors: given, fields } = (details ?? {}) as {
    readonly errors?: readonly FieldError[]
    readonly fields?: readonly Problem[]
  }
  return given ?? fields?.map(({ path, code }) => ({ resource: 'Issue', field: path, code: codeOf(code) }))
}

function codeOf(code: string): FieldError['code'] {
  return code === 'required' ? 'missing_field' : 'invalid'
}

const issue = z.object({ title: z.string(), labels: z.array(z.string()).optional() })

export const system: System = {
  name: 'GitHub',
  source: 'https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api',
  options: { catalog },
  cases: [
    {
      title: 'bad credentials have no word of why',
      thrown: () => errors.BAD_CREDENTIALS({ details: { errors: [{ resource: 'Token', code: 'custom' }] } }),
      status: 401,
      body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
    },
    {
      title: 'a path that is not there says so',
      request: { path: '/repos/nobody/nothing' },
      status: 404,
      body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
    },
    {
      title: 'a body that is no JSON says so, without the parser',
      thrown: () => undefined,
      request: { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"title":' },
      status: 400,
      body: {
        message: 'Problems parsing JSON',
        documentation_url: 'https://docs.github.com/rest',
        status: '400',
      },
    },
    {
      title: 'what a validator found is told field by field',
      thrown: () => issue.safeParse({ labels: [7] }).error,
      request: { method: 'POST' },
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [
          { resource: 'Issue', field: 'title', code: 'missing_field' },
          { resource: 'Issue', field: 'labels[0]', code: 'invalid' },
        ],
        documentation_url: 'https://docs.github.com/rest',
        status: '422',
      },
    },
    {
      title: 'an error of its own has a message of its own',
      thrown: () =>
        errors.VALIDATION_FAILED({
          details: {
            errors: [
              {
                resource: 'PullRequest',
                code: 'custom',
                message: 'A pull request already exists for owner:branch.',
              },
            ],
          },
        }),
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [
          {
            resource: 'PullRequest',
            code: 'custom',
            message: 'A pull request already exists for owner:branch.',
          },
        ],
        documentation_url: 'https://docs.github.com/rest',
        status: '422',
      },
    },
    {
      title: 'a limit is a 403 with its numbers in the headers',
      thrown: () =>
        errors.RATE_LIMIT({
          params: { user: 12345 },
          headers: {
            'X-RateLimit-Limit': 5000,
            'X-RateLimit-Remaining': 0,
            'X-RateLimit-Reset': 1372700873,
          },
        }),
      status: 403,
      headers: {
        'X-RateLimit-Limit': '5000',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '1372700873',
      },
      body: {
        message: 'API rate limit exceeded for user ID 12345.',
        documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
        status: '403',
      },
    },
    {
      title: 'another limit is a 429 at times, and says when to come back',
      thrown: () => errors.SECONDARY_RATE_LIMIT({ status: 429, retryAfter: '1m' }),
      status: 429,
      headers: { 'Retry-After': '60' },
      body: {
        message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        documentation_url:
          'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
        status: '429',
      },
    },
  ],
  successes: [
    {
      title: 'a resource stands by itself',
      data: { id: 1, title: 'Found a bug', state: 'open' },
      body: { id: 1, title: 'Found a bug', state: 'open' },
    },
  ],
}
