import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, listen, type Route } from './frameworks.ts'
import { lowerCased, standardHeaders, type Headers } from './standard-answer.ts'

/** A whole answer, but for the headers that differ in every response. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

const VARYING = new Set(['connection', 'date', 'keep-alive', 'x-request-id', 'content-length'])

/**
 * Returns what each framework answers to a request whose route fails as `fail` does, by the framework's name.
 *
 * @param fail - throws or rejects with the error of a real library
 */
export async function answersTo(
  fail: Route,
  options: HandlerOptions = {},
  request: RequestInit = {},
): Promise<Readonly<Record<string, Answer>>> {
  const answers = frameworks.map(async ({ name, listener }) => {
    const { port, server } = await listen(
      listener({ options: { logger: silent, ...options }, routes: { '/': fail } }),
    )
    try {
      return [name, await readAnswer(await fetch(`http://127.0.0.1:${port}/`, request))] as const
    } finally {
      server.close()
    }
  })
  return Object.fromEntries(await Promise.all(answers))
}

const silent = { error: () => {} }

/** Reads a whole answer. */
export async function readAnswer(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: unvarying(response.headers),
    body: await response.json(),
  }
}

/** The same answer from every framework. */
export function everywhere(answer: Answer): Readonly<Record<string, Answer>> {
  return Object.fromEntries(frameworks.map(({ name }) => [name, answer]))
}

/** The headers of every error without a limit, in `locale`. */
export function errorHeaders(locale = 'en', more: Headers = {}): Answer['headers'] {
  return { ...unvarying(Object.entries(lowerCased(standardHeaders('', locale)))), ...more }
}

function unvarying(headers: Iterable<readonly [name: string, value: string]>): Headers {
  return Object.fromEntries([...headers].filter(([name]) => !VARYING.has(name)))
}
