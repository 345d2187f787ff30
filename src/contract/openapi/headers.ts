import type { Answer } from '../answers/answers.ts'
import type { DumpEntry } from '../dump/dump.ts'
import { pascal } from './names.ts'
import { refTo, type OpenapiSchema } from './schema.ts'

/** Headers of a response, by their names. */
export type Headers = Readonly<Record<string, OpenapiSchema>>

/** The headers that tell something of an error, and what. */
const DESCRIBED: Readonly<Record<string, OpenapiSchema>> = {
  'X-Request-ID': {
    description: 'The id of the request, which the log of the server has, too.',
    schema: { type: 'string' },
  },
  'Content-Language': {
    description: 'The language of the texts, a BCP 47 tag.',
    required: true,
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'Seconds until the same request may succeed.',
    schema: { type: 'integer', minimum: 0 },
  },
  'WWW-Authenticate': {
    description: 'How to authenticate (RFC 9110, section 11.6.1).',
    schema: { type: 'string' },
  },
  Link: {
    description: 'Leads to the documentation of the code: `rel="help"`.',
    schema: { type: 'string' },
  },
}

/** What is sent with every error. */
const ALWAYS = ['X-Request-ID', 'Content-Language']

/** The components of the headers that are used, by name. */
export function headerComponents(name: string, used: Headers): ReadonlyMap<string, OpenapiSchema> {
  return new Map(
    Object.entries(DESCRIBED)
      .filter(([header]) => Object.hasOwn(used, header))
      .map(([header, described]) => [componentOf(name, header), described]),
  )
}

/** The headers of errors of which only those are known that are told as well. */
export function headersOfAny(name: string, told: readonly Headers[]): Headers {
  const names = new Set([...ALWAYS, 'Retry-After', ...told.flatMap((headers) => Object.keys(headers))])
  return refs(name, (header) => names.has(header))
}

/** The headers that an answer has by its entry, and by what a throw may say besides. */
export function headersOf(name: string, { headers }: Answer, entry: DumpEntry): Headers {
  const sent = new Map(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]))
  const mayWait = entry.retryable || entry.status === 429 || entry.status === 503
  return {
    ...refs(
      name,
      (header) =>
        ALWAYS.includes(header) || sent.has(header.toLowerCase()) || (header === 'Retry-After' && mayWait),
    ),
    ...Object.fromEntries(
      Object.keys(entry.headers ?? {})
        .filter((header) => header.toLowerCase() !== 'cache-control' && sent.has(header.toLowerCase()))
        .map((header) => [header, { schema: { type: 'string' }, example: sent.get(header.toLowerCase()) }]),
    ),
  }
}

function refs(name: string, isWanted: (header: string) => boolean): Headers {
  return Object.fromEntries(
    Object.keys(DESCRIBED)
      .filter(isWanted)
      .map((header) => [header, refTo('headers', componentOf(name, header))]),
  )
}

function componentOf(name: string, header: string): string {
  return name + pascal(header)
}
