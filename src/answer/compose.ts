import { prefersProblem } from './accept.ts'
import type { BizErrorState } from '../error/state.ts'
import type { Conceal } from './conceal.ts'
import {
  insertRequestId,
  precompose,
  writeBody,
  writeCustomBody,
  type Body,
  type PrecomposedBody,
} from './body.ts'
import type { Code } from '../catalog/code.ts'
import {
  ENVELOPES,
  type EnvelopeFunction,
  type EnvelopeName,
  type ErrorDescription,
} from '../catalog/envelope.ts'
import { appendExposed, appendHelp, appendVary, readRetryAfter } from '../guard/headers.ts'
import { describeState, detailsOf, type DetailsSettings } from './description.ts'
import type { Reply, RequestFacts } from './facts.ts'
import { ownTexts } from './own-texts.ts'
import type { LocalizedTexts } from './texts.ts'
import { getOrMake } from '../guard/memo.ts'
import { requiredField } from '../guard/required-headers.ts'
import { NO_PARAMS } from '../error/state.ts'

export interface ComposeSettings extends DetailsSettings {
  readonly conceal: Conceal
  /** Undefined: the envelope of the error's catalog. */
  readonly envelope: EnvelopeName | EnvelopeFunction | undefined
  /** Whether a client may ask for problem documents. */
  readonly problem: boolean
  readonly httpStatus: 200 | undefined
  readonly docsUrl: string | undefined
  /** Whether scripts of other origins may read the headers that tell of the error. */
  readonly exposeHeaders: boolean
  /** Called when an app's own function failed and a default took its place. */
  readonly warn: (message: string, error?: unknown) => void
}

/** What was answered: the reply, and what of it the report needs. */
export interface Composed {
  /** The true state, whatever was concealed. */
  readonly state: BizErrorState
  readonly reply: Reply
  /** The code that the client sees. */
  readonly code: Code
  readonly locale: string
}

/** Makes the answer: conceal → localize → envelope → headers. What of it is the app's may fail and is replaced. */
export type Compose = (state: BizErrorState, facts: RequestFacts) => Composed

/** Sets up the way from a state to a reply. */
export function createCompose(settings: ComposeSettings): Compose {
  const { conceal, localize, problem, httpStatus, docsUrl, exposeHeaders, warn } = settings
  // By the texts that they are made of: dropped with them when translations change.
  const finished = new WeakMap<LocalizedTexts, PrecomposedBody[]>()

  function textsOf({ catalog, entry, params }: BizErrorState, facts: RequestFacts): LocalizedTexts {
    try {
      return localize(catalog, entry, params, facts)
    } catch (error) {
      warn("No translation could be looked up; the catalog's own text was sent", error)
      return ownTexts(catalog, entry, params)
    }
  }

  function describe(
    state: BizErrorState,
    texts: LocalizedTexts,
    status: number,
    requestId: string,
  ): ErrorDescription {
    return describeState(state, texts, {
      status,
      requestId,
      details: detailsOf(state, texts.locale, settings),
      docs: docsOf(state),
    })
  }

  function docsOf({ code }: BizErrorState): string | undefined {
    return docsUrl === undefined ? undefined : docsUrl + encodeURIComponent(String(code).toWellFormed())
  }

  function bodyOf(state: BizErrorState, texts: LocalizedTexts, status: number, facts: RequestFacts): Body {
    const chosen = problem && prefersProblem(facts.accept) ? 'problem' : settings.envelope
    if (typeof chosen === 'function') {
      const own = writeCustomBody(describe(state, texts, status, facts.requestId), chosen, warn)
      if (own !== undefined) return own
    }
    const name = typeof chosen === 'string' ? chosen : state.catalog.envelope
    // A catalog of another version of this package may name an envelope that this one does not have.
    const envelope = Object.hasOwn(ENVELOPES, name) ? name : 'flat'
    if (!isAlwaysTheSame(state)) return writeBody(describe(state, texts, status, facts.requestId), envelope)
    return insertRequestId(precomposedBody(state, texts, status, envelope), facts.requestId)
  }

  function precomposedBody(
    state: BizErrorState,
    texts: LocalizedTexts,
    status: number,
    envelope: EnvelopeName,
  ): PrecomposedBody {
    const bodies = getOrMake(finished, texts, () => [])
    for (const body of bodies) if (body.status === status && body.envelope === envelope) return body
    const body = precompose(status, envelope, (requestId) => describe(state, texts, status, requestId))
    bodies.push(body)
    return body
  }

  return (state, facts) => {
    const seen = withRetryAfter(conceal(state), facts)
    const texts = textsOf(seen, facts)
    const status = httpStatus ?? seen.status
    const { contentType, text, bytes } = bodyOf(seen, texts, status, facts)
    const ours: Record<string, string> = {
      'Content-Type': contentType,
      'Content-Length': String(bytes),
      'Content-Language': texts.locale,
      Vary: varyOf(facts, problem),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    }
    if (!facts.hasRequestId) ours[facts.requestIdHeader] = facts.requestId
    if (seen.status === 401 && seen.catalog.challenge !== undefined) {
      ours['WWW-Authenticate'] = seen.catalog.challenge
    }
    if (seen.retryAfter !== undefined) ours['Retry-After'] = String(seen.retryAfter)
    const given = seen.headers === undefined ? undefined : givenHeaders(seen, seen.headers, status, facts)
    const docs = docsOf(seen)
    if (docs !== undefined) ours['Link'] = appendHelp(take(given, 'link') ?? facts.link, docs)
    if (exposeHeaders) {
      const exposed = take(given, EXPOSE.toLowerCase()) ?? facts.exposed
      ours[EXPOSE] = appendExposed(exposed, ['Retry-After', facts.requestIdHeader, 'Link'])
    }
    const headers = given === undefined ? ours : { ...given, ...ours }
    return { state, reply: { status, headers, body: text }, code: seen.code, locale: texts.locale }
  }
}

const EXPOSE = 'Access-Control-Expose-Headers'

/** What the throw gave, but the id of the request, and what belongs to a status that is not sent. */
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

/** Whether nothing but its texts goes into the body. Texts without params are found once, and stay the same object. */
function isAlwaysTheSame({ entry, params, details, fields, violatedPolicies }: BizErrorState): boolean {
  return (
    params === NO_PARAMS &&
    entry.params.length === 0 &&
    details === undefined &&
    fields === undefined &&
    violatedPolicies === undefined
  )
}

/** What a limiter has put on the response is the true time; that of an entry only stands in for it. */
function withRetryAfter(state: BizErrorState, { retryAfter }: RequestFacts): BizErrorState {
  if (retryAfter === undefined || state.retryAfter !== state.entry.retryAfter) return state
  return { ...state, retryAfter: readRetryAfter(retryAfter) ?? state.retryAfter }
}

function varyOf({ vary }: RequestFacts, problem: boolean): string {
  const byLanguage = appendVary(vary, 'Accept-Language')
  return problem ? appendVary(byLanguage, 'Accept') : byLanguage
}
