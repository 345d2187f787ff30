import type { Code } from '../catalog/code.ts'
import type { BizErrorState } from '../error/state.ts'
import { retryAfterSeconds } from '../guard/retry-after.ts'
import { createBodyWriter, type BodySettings } from './body-writer.ts'
import type { Conceal } from './conceal.ts'
import type { Reply, RequestFacts } from './facts.ts'
import { headersOf, type HeaderSettings } from './headers.ts'
import { textsOf } from './foreign-texts.ts'
import { createSubject, type SubjectSettings } from './subject.ts'

export interface ComposeSettings extends BodySettings, HeaderSettings, SubjectSettings {
  readonly conceal: Conceal
}

/** A finished answer: the reply, and what the report needs of it. */
export interface Composed {
  /** The true state, whatever was concealed. */
  readonly state: BizErrorState
  readonly reply: Reply
  /** The key of the error that the client sees. */
  readonly key: Code
  /** The code that it is told. */
  readonly code: Code
  readonly locale: string
}

/**
 * Makes the answer: conceal → localize → envelope → headers. A function of the app's that fails is replaced.
 *
 * @param request - Express's request, or Koa's context
 */
export type Compose = (state: BizErrorState, facts: RequestFacts, request?: unknown) => Composed

/** Sets up the way from a state to a reply. */
export function createCompose(settings: ComposeSettings): Compose {
  const { conceal, localize } = settings
  const subjectOf = createSubject(settings)
  const writeBody = createBodyWriter(settings)

  return (state, facts, request) => {
    const seen = withRetryAfter(conceal(state), facts)
    const texts = textsOf(seen, localize, facts)
    const subject = subjectOf(seen, texts, facts)
    const body = writeBody(subject, facts, request)
    const headers = headersOf(subject, body, facts, settings)
    const { status } = subject
    const { key, code } = seen.entry
    return { state, reply: { status, headers, body: body.text }, key, code, locale: texts.locale }
  }
}

/** Takes over what a limiter has put on the response: that is the true time, an entry's only stands in for it. */
function withRetryAfter(state: BizErrorState, { retryAfter }: RequestFacts): BizErrorState {
  if (retryAfter === undefined || state.retryAfter !== state.entry.retryAfter) return state
  return { ...state, retryAfter: retryAfterSeconds(retryAfter) ?? state.retryAfter }
}
