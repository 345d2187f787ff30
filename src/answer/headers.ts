import type { BizErrorState } from '../error/state.ts'
import { appendExposed, appendHelp, appendVary } from '../guard/append.ts'
import { setMember } from '../guard/own.ts'
import { requiredField } from '../guard/required-headers.ts'
import type { Body } from './body.ts'
import type { RequestFacts } from './facts.ts'
import type { Shapes } from './shape.ts'

export interface HeaderSettings {
  readonly shapes: Shapes
  /** Whether scripts of other origins may read the headers that tell of the error. */
  readonly exposeHeaders: boolean
}

/** The parts of an answer that its headers tell of. */
interface Answer {
  readonly status: number
  readonly locale: string
  readonly docs: string | undefined
  readonly body: Body
}

const EXPOSE = 'Access-Control-Expose-Headers'

/** Puts the headers of an answer together: those that the throw gave, and ours, which go first. */
export function headersOf(
  state: BizErrorState,
  { status, locale, docs, body }: Answer,
  facts: RequestFacts,
  { shapes, exposeHeaders }: HeaderSettings,
): Readonly<Record<string, string>> {
  const ours: Record<string, string> = {
    'Content-Type': body.contentType,
    'Content-Length': String(body.bytes),
    'Content-Language': locale,
    Vary: varyOf(facts, shapes),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (!facts.hasRequestId) ours[facts.requestIdHeader] = facts.requestId
  const challenge = challengeOf(state)
  if (challenge !== undefined) ours['WWW-Authenticate'] = challenge
  if (state.retryAfter !== undefined) ours['Retry-After'] = String(state.retryAfter)
  const given = state.headers === undefined ? undefined : givenHeaders(state, state.headers, status, facts)
  if (docs !== undefined) ours['Link'] = appendHelp(take(given, 'link') ?? facts.link, docs)
  if (exposeHeaders) {
    const exposed = take(given, EXPOSE.toLowerCase()) ?? facts.exposed
    ours[EXPOSE] = appendExposed(exposed, ['Retry-After', facts.requestIdHeader, 'Link'])
  }
  const { entry } = state
  // What an entry says is true of its own status.
  if (entry.headers !== undefined && entry.status === state.status) setConstants(ours, entry.headers, given)
  return given === undefined ? ours : { ...given, ...ours }
}

/** How to log in, or what more is needed: the entry says it, else for a 401 its catalog. */
function challengeOf({ entry, status, catalog }: BizErrorState): string | undefined {
  if (entry.challenge !== undefined && entry.status === status) return entry.challenge
  return status === 401 ? catalog.challenge : undefined
}

/** Adds the headers of an entry: those of the throw go before them. Cache-Control is the entry's, if it has one. */
function setConstants(
  ours: Record<string, string>,
  headers: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>> | undefined,
): void {
  const taken = new Set(Object.keys({ ...ours, ...given }).map((name) => name.toLowerCase()))
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    if (lower === 'cache-control') ours['Cache-Control'] = value
    else if (!taken.has(lower)) setMember(ours, name, value)
  }
}

function varyOf({ vary }: RequestFacts, { choose }: Shapes): string {
  const byLanguage = appendVary(vary, 'Accept-Language')
  return choose === undefined ? byLanguage : appendVary(byLanguage, 'Accept')
}

/** Returns what the throw gave, without the request's id, and without the field of a status that is not sent. */
function givenHeaders(
  state: BizErrorState,
  headers: Readonly<Record<string, string>>,
  status: number,
  { requestIdHeader }: RequestFacts,
): Record<string, string> {
  const given = { ...headers }
  take(given, requestIdHeader.toLowerCase())
  const required = status === state.status ? undefined : requiredField(state.status)
  if (required !== undefined) delete given[required.name]
  return given
}

/** Takes a header out, however it is written. */
function take(headers: Record<string, string> | undefined, name: string): string | undefined {
  const written = headers && Object.keys(headers).find((given) => given.toLowerCase() === name)
  if (written === undefined) return undefined
  const value = headers![written]
  delete headers![written]
  return value
}
