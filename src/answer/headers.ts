import type { BizErrorState } from '../error/state.ts'
import { appendExposed, appendHelp, appendVary } from '../guard/append.ts'
import { setMember } from '../guard/own.ts'
import { requiredField } from '../guard/required-headers.ts'
import type { Body } from './body.ts'
import type { RequestFacts } from './facts.ts'
import type { Shapes } from './shape.ts'
import type { Subject } from './subject.ts'

export interface HeaderSettings {
  readonly shapes: Shapes
  /** Whether scripts of other origins may read the headers that tell of the error. */
  readonly exposeHeaders: boolean
}

const EXPOSE = 'Access-Control-Expose-Headers'
const CHALLENGE = 'WWW-Authenticate'

/** Puts the headers of an answer together: those that the throw gave, and ours, which go first. */
export function headersOf(
  { state, texts, status, docs }: Subject,
  body: Body,
  facts: RequestFacts,
  { shapes, exposeHeaders }: HeaderSettings,
): Readonly<Record<string, string>> {
  const ours: Record<string, string> = {
    'Content-Type': body.contentType,
    'Content-Length': String(body.bytes),
    'Content-Language': texts.locale,
    Vary: varyOf(facts, shapes),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (body.policy !== undefined) ours['Content-Security-Policy'] = body.policy
  if (!facts.hasRequestId) ours[facts.requestIdHeader] = facts.requestId
  if (state.retryAfter !== undefined) ours['Retry-After'] = String(state.retryAfter)
  const given = givenHeaders(state, status, facts)
  // RFC 6750, section 3.1: the scope that is needed may differ from route to route.
  const challenge = given?.[CHALLENGE] === undefined ? challengeOf(state) : undefined
  if (challenge !== undefined) ours[CHALLENGE] = challenge
  if (docs !== undefined) ours['Link'] = appendHelp(take(given, 'link') ?? facts.link, docs)
  if (exposeHeaders) {
    const exposed = take(given, EXPOSE.toLowerCase()) ?? facts.exposed
    ours[EXPOSE] = appendExposed(exposed, ['Retry-After', facts.requestIdHeader, 'Link'])
  }
  // It is the entry's alone, since a throw cannot name it, and says how long a response of its status may be kept.
  const caching = take(given, 'cache-control')
  if (caching !== undefined && status === state.status) ours['Cache-Control'] = caching
  return given === undefined ? ours : { ...given, ...ours }
}

/** How to log in, or what more is needed: the entry says it, else for a 401 its catalog. */
function challengeOf({ entry, status, catalog }: BizErrorState): string | undefined {
  if (entry.challenge !== undefined && entry.status === status) return entry.challenge
  return status === 401 ? catalog.challenge : undefined
}

function varyOf({ vary }: RequestFacts, { choose }: Shapes): string {
  const byLanguage = appendVary(vary, 'Accept-Language')
  return choose === undefined ? byLanguage : appendVary(byLanguage, 'Accept')
}

/**
 * Returns what the throw gave, and what its entry has besides, which is true of its own status. Leaves out the request's
 * id, and the field of a status that is not sent.
 */
function givenHeaders(
  state: BizErrorState,
  status: number,
  { requestIdHeader }: RequestFacts,
): Record<string, string> | undefined {
  const { entry, headers } = state
  const constants = entry.status === state.status ? entry.headers : undefined
  if (headers === undefined && constants === undefined) return undefined
  const given = { ...headers }
  if (constants !== undefined) addMissing(given, constants)
  take(given, requestIdHeader.toLowerCase())
  const required = status === state.status ? undefined : requiredField(state.status)
  if (required !== undefined) delete given[required.name]
  return given
}

function addMissing(given: Record<string, string>, constants: Readonly<Record<string, string>>): void {
  const taken = new Set(Object.keys(given).map((name) => name.toLowerCase()))
  for (const [name, value] of Object.entries(constants)) {
    if (!taken.has(name.toLowerCase())) setMember(given, name, value)
  }
}

/** Takes a header out, however it is written. */
function take(headers: Record<string, string> | undefined, name: string): string | undefined {
  const written = headers && Object.keys(headers).find((given) => given.toLowerCase() === name)
  if (written === undefined) return undefined
  const value = headers![written]
  delete headers![written]
  return value
}
