import type { ClientCatalog } from '../catalog/client-catalog.ts'
import { addressOf } from './address.ts'
import type { ApiError } from './api-error.ts'
import { createBudget } from './budget.ts'
import { createReader } from './create-reader.ts'
import { checkOptions, type Checks } from './options.ts'
import type { Reader, ReaderOptions } from './reader.ts'
import { isRepeatable } from './repeatable.ts'
import { isRetryable, MAX_WAIT, secondsBefore } from './retry.ts'
import { sleep } from './sleep.ts'
import { spanSeconds } from './span.ts'

/** How a client repeats what may succeed later. */
export interface RetryOptions {
  /** How often a request is sent at most, the first time included. @default 3 */
  readonly attempts?: number | undefined
  /** The longest wait that a server may ask for: seconds, or a text such as `'60s'`. @default 60 */
  readonly maxWait?: number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}` | undefined
}

/** How a client sends requests, and reads their answers. */
export interface ClientOptions extends ReaderOptions {
  /** Stands before addresses that are not whole: `https://api.example.com/v1`, `/api` in a browser. @default none */
  readonly baseUrl?: string | URL | undefined
  /** Sends the requests. @default the fetch of the host */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined
  /** The reader's language, sent as Accept-Language where a request has none: a BCP 47 tag. @default what the host sends */
  readonly locale?: string | (() => string | undefined) | undefined
  /** How requests are repeated, or false for not at all. */
  readonly retry?: false | RetryOptions | undefined
}

/** A `fetch` that rejects with the errors of an API. */
export interface Client<TCatalog = unknown> extends Reader<TCatalog> {
  /**
   * Sends a request as `fetch` does, and resolves with the answer of a success. Rejects with an ApiError for any other; with
   * the TypeError of `fetch` where there is no answer; with the signal's reason where it is aborted.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
}

/**
 * Makes a client of an API: `fetch` that rejects with typed errors, asks for the reader's language, and repeats what may
 * succeed later, when the server wants it.
 *
 * A request is repeated if it is safe (GET, HEAD, OPTIONS) or has an Idempotency-Key, if its body is no stream, and if the
 * catalog calls the code retryable; without its word for 408, 425, 429, 502, 503, 504, and where the network fails. It waits
 * as Retry-After says, else as the limits do, and a random time of up to 250 ms, 500 ms, … 20 s. A client repeats at most 10
 * requests at once, and then one for 10 that succeed.
 *
 * @typeParam TCatalog - `typeof shop`, imported as a type: nothing of it is bundled
 * @throws TypeError - for an option that does not exist or cannot work
 * @example
 * const api = createClient<typeof shop>({ baseUrl: 'https://api.example.com', catalog: shopJson })
 * try {
 *   await api.fetch('/orders', { method: 'POST', body, headers: { 'Idempotency-Key': id } })
 * } catch (error) {
 *   if (!api.is(error)) throw error
 *   if (api.is(error, 10002)) return say(error.message)
 *   form.show(error.fields)
 * }
 */
export function createClient<TCatalog = unknown>(options: ClientOptions = {}): Client<TCatalog> {
  checkOptions(options, CLIENT_CHECKS)
  const { baseUrl, fetch: send, locale, retry, catalog = {} } = options
  const { attempts = 3, maxWait = MAX_WAIT } =
    retry === false ? { attempts: 1 } : checkOptions(retry ?? {}, RETRY_CHECKS, 'retry.')
  const reader = createReader<TCatalog>({ catalog, read: options.read })
  const budget = createBudget()

  async function answerOf(address: string | URL | Request, init: RequestInit): Promise<Response> {
    const response = await (send ?? fetch)(address, init)
    const error = await reader.read(response)
    if (error !== undefined) throw error as Error
    budget.succeeded()
    return response
  }

  return {
    ...reader,
    async fetch(input, init = {}) {
      const request: Partial<Request> = typeof input === 'object' && 'headers' in input ? input : {}
      const headers = new Headers(init.headers ?? request.headers)
      const language = typeof locale === 'function' ? locale() : locale
      if (language && !headers.has('accept-language')) headers.set('accept-language', language)
      const signal = init.signal ?? request.signal
      const mayRepeat = isRepeatable(request, init, headers)
      async function attempt(times: number): Promise<Response> {
        try {
          return await answerOf(addressOf(input, baseUrl), { ...init, headers })
        } catch (error) {
          signal?.throwIfAborted()
          const told = (error as Partial<ApiError> | undefined)?.retryAfter
          const isWorth = mayRepeat && times < attempts && isRetryable(error, catalog)
          if (!isWorth || (told ?? 0) > spanSeconds(maxWait) || !budget.take()) throw error
          await sleep(secondsBefore(times, told), signal)
          return attempt(times + 1)
        }
      }
      return attempt(1)
    },
  }
}

const CLIENT_CHECKS: Checks = {
  catalog: [isClientCatalog, 'what clientCatalog or bizerror client-catalog made, not its module'],
  read: [isFunction, 'a function of the body'],
  baseUrl: [(value) => typeof value === 'string' || value instanceof URL, 'an address'],
  fetch: [isFunction, 'a function such as fetch'],
  locale: [
    (value) => typeof value === 'string' || isFunction(value),
    'a BCP 47 tag, or a function that returns one',
  ],
  retry: [(value) => value === false || isRecord(value), 'false, or { attempts, maxWait }'],
}

const RETRY_CHECKS: Checks = {
  attempts: [(value) => Number.isInteger(value) && (value as number) > 0, 'a whole number from 1'],
  maxWait: [isMaxWait, "seconds, or a text such as '60s'; up to a day"],
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

function isRecord(value: unknown): value is object {
  return Object(value) === value && !Array.isArray(value) && !isFunction(value)
}

/** The catalog of the server has an object for its success, and the module of a JSON file a default. */
function isClientCatalog(value: unknown): boolean {
  return isRecord(value) && !('default' in value) && typeof (value as ClientCatalog).success !== 'object'
}

// Timers hold no more than 24 days.
function isMaxWait(value: unknown): boolean {
  const seconds = spanSeconds(value)
  return seconds >= 0 && seconds <= 86_400
}
