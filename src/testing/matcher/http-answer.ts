import { isObject } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import { SetupError } from '../../guard/setup-error.ts'

/** An HTTP answer as a test has it. */
export interface HttpAnswer {
  readonly status: number
  /** A record, or what has a `get`. */
  readonly headers: object
  /** Parsed or as text; of a Response of `fetch`, a promise of that. */
  readonly body: unknown
}

/**
 * Finds an HTTP answer where clients and test libraries have it: a Response of `fetch`, or of Hono's `app.request`; that
 * of supertest, light-my-request (Fastify's `inject`), axios, got; `response` of an error or a result that has one.
 *
 * @throws SetupError - for a Response whose body is gone
 */
export function httpAnswerOf(subject: unknown): HttpAnswer | undefined {
  if (!isObject(subject)) return undefined
  const own = answerOf(subject, read(subject, '_data'))
  if (own !== undefined) return own
  const response = read(subject, 'response')
  // What the library has parsed: `data` of ky and ofetch, `error` of openapi-fetch.
  return isObject(response) ? answerOf(response, read(subject, 'data') ?? read(subject, 'error')) : undefined
}

/** @param parsed - the body, if somebody else has read it */
function answerOf(answer: object, parsed: unknown): HttpAnswer | undefined {
  const [statusCode, headers] = [
    read(answer, 'status') ?? read(answer, 'statusCode'),
    read(answer, 'headers'),
  ]
  if (typeof statusCode !== 'number' || !isObject(headers)) return undefined
  return { status: statusCode, headers, body: isResponse(answer) ? textOf(answer, parsed) : bodyOf(answer) }
}

/** Supertest's `text` is as it was sent, and says what `body` leaves out: a text that is no JSON. */
function bodyOf(answer: object): unknown {
  const bodies = ['text', 'payload', 'data', 'body'].map((name) => read(answer, name))
  return bodies.find((body) => body !== undefined && body !== '' && !isNoBody(body, answer))
}

/** Supertest has an empty object where there was no body. */
function isNoBody(body: unknown, answer: object): boolean {
  return read(answer, 'type') === '' && isObject(body) && Object.keys(body).length === 0
}

interface FetchResponse {
  readonly bodyUsed: boolean
  clone(): { text(): PromiseLike<string> }
}

/** Not by its class: in jest, that of a test file is another. */
function isResponse(answer: object): answer is FetchResponse {
  return typeof read(answer, 'clone') === 'function' && typeof read(answer, 'bodyUsed') === 'boolean'
}

function textOf(response: FetchResponse, parsed: unknown): PromiseLike<unknown> {
  if (parsed !== undefined) return Promise.resolve(parsed)
  if (response.bodyUsed) {
    throw new SetupError(
      'The body of the Response has been read already. Give the matcher the Response first, or read a clone: await response.clone().json().',
    )
  }
  return response.clone().text()
}
