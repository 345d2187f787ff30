import { prefersProblem } from './accept.ts'
import type { BizErrorState } from './state.ts'
import type { Conceal } from './conceal.ts'
import type { Catalog } from './catalog.ts'
import type { Entry } from './entry.ts'
import {
  ENVELOPES,
  JSON_TYPE,
  type EnvelopeFunction,
  type EnvelopeName,
  type ErrorDescription,
} from './envelope.ts'
import { appendVary } from './headers.ts'
import { ignoreRejection } from './read.ts'
import type { Params } from './template.ts'
import { toJson, toPlain, toWholePlain } from './plain.ts'

/** What the answer depends on, read once from the request by an adapter. */
export interface RequestFacts {
  readonly method: string
  /** The route's pattern, such as `/users/:id`. Never the path, which may hold secrets. */
  readonly route: string | undefined
  readonly requestId: string
  readonly accept: string | undefined
  readonly acceptLanguage: string | undefined
  /** Whether the request's body is compressed. */
  readonly encoded: boolean
  /** The language that the app chose for this request, a BCP 47 tag. */
  readonly locale: string | undefined
  /** The Vary header that is already on the response. */
  readonly vary: string | undefined
}

/** The framework-neutral answer. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The texts of an entry in one language. */
export interface LocalizedTexts {
  /** The language of `message`. */
  readonly locale: string
  readonly message: string
  readonly title: string | undefined
  readonly description: string | undefined
  readonly action: string | undefined
}

/** Finds the texts of an entry in the language that the client wants most. */
export type Localize = (
  catalog: Catalog,
  entry: Entry,
  params: Params,
  wanted: Pick<RequestFacts, 'acceptLanguage' | 'locale'>,
) => LocalizedTexts

export interface ComposeSettings {
  readonly conceal: Conceal
  readonly localize: Localize
  /** Undefined: the envelope of the error's catalog. */
  readonly envelope: EnvelopeName | EnvelopeFunction | undefined
  /** Whether a client may ask for problem documents. */
  readonly problem: boolean
  readonly statusMode: 'http' | 'always-200'
  readonly docsUrl: string | undefined
  /** Called when an app's own function failed and a default took its place. */
  readonly warn: (message: string, error?: unknown) => void
}

/** What was answered: the reply, and what of it the report needs. */
export interface Composed {
  readonly reply: Reply
  readonly description: ErrorDescription
}

const MAX_BODY_BYTES = 65_536

/** Makes the answer: conceal → localize → envelope → headers. What of it is the app's may fail and is replaced. */
export function compose(state: BizErrorState, facts: RequestFacts, settings: ComposeSettings): Composed {
  const seen = settings.conceal(state)
  const texts = settings.localize(seen.catalog, seen.entry, seen.params, facts)
  const status = settings.statusMode === 'always-200' ? 200 : seen.status
  const description = describeState(seen, texts, {
    status,
    requestId: facts.requestId,
    docs: settings.docsUrl === undefined ? undefined : settings.docsUrl + encodeURIComponent(seen.code),
  })
  const { contentType, body } = writeBody(description, seen.catalog, facts, settings)
  const headers: Record<string, string> = {
    ...seen.headers,
    'Content-Type': contentType,
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Request-ID': facts.requestId,
    'Content-Language': description.locale,
    Vary: varyOf(facts, settings),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (seen.status === 401 && seen.catalog.challenge !== undefined) {
    headers['WWW-Authenticate'] = seen.catalog.challenge
  }
  if (seen.retryAfter !== undefined) headers['Retry-After'] = String(seen.retryAfter)
  return { reply: { status, headers, body }, description }
}

function varyOf({ vary }: RequestFacts, { problem }: ComposeSettings): string {
  const byLanguage = appendVary(vary, 'Accept-Language')
  return problem ? appendVary(byLanguage, 'Accept') : byLanguage
}

/** Puts a state and its texts into the form that clients are told. */
export function describeState(
  state: BizErrorState,
  texts: LocalizedTexts,
  answer: Pick<ErrorDescription, 'status' | 'requestId' | 'docs'>,
): ErrorDescription {
  return {
    code: state.code,
    status: answer.status,
    message: texts.message,
    locale: texts.locale,
    title: texts.title,
    description: texts.description,
    action: texts.action,
    parent: state.entry.parent,
    retryable: state.entry.retryable,
    retryAfter: state.retryAfter,
    details: state.details === undefined ? undefined : toPlain(state.details),
    requestId: answer.requestId,
    docs: answer.docs,
  }
}

function writeBody(
  description: ErrorDescription,
  catalog: Catalog,
  facts: RequestFacts,
  settings: ComposeSettings,
): { readonly contentType: string; readonly body: string } {
  const chosen = settings.problem && prefersProblem(facts.accept) ? 'problem' : settings.envelope
  if (typeof chosen === 'function') {
    const body = ownBody(chosen, description, settings)
    if (body !== undefined) return { contentType: JSON_TYPE, body }
  }
  const name = typeof chosen === 'string' ? chosen : catalog.envelope
  // A catalog of another version of this package may name an envelope that this one does not have.
  const envelope = Object.hasOwn(ENVELOPES, name) ? ENVELOPES[name] : ENVELOPES.flat
  const body = toJson(envelope.error(description))
  return {
    contentType: envelope.contentType,
    body: isTooLarge(body) ? toJson(envelope.error({ ...description, details: '[Truncated]' })) : body,
  }
}

/** The body of the app's own envelope function, or undefined when that gave nothing that can be sent. */
function ownBody(
  envelope: EnvelopeFunction,
  description: ErrorDescription,
  { warn }: ComposeSettings,
): string | undefined {
  try {
    const shape: unknown = envelope(description)
    ignoreRejection(shape)
    const plain = typeof shape === 'object' ? toWholePlain(shape, MAX_BODY_BYTES) : undefined
    const body = typeof plain === 'object' && plain !== null ? toJson(plain) : undefined
    if (body !== undefined && !isTooLarge(body)) return body
    warn('The envelope function returned no object that can be sent; the default envelope was used')
  } catch (error) {
    warn('The envelope function failed; the default envelope was used', error)
  }
  return undefined
}

function isTooLarge(body: string): boolean {
  return body.length > MAX_BODY_BYTES / 6 && Buffer.byteLength(body) > MAX_BODY_BYTES
}
