import type { BriefDescription, ErrorDescription } from '../catalog/envelope.ts'
import { MAX_CHARS, toJson } from '../guard/plain.ts'
import type { BizErrorState } from '../error/state.ts'
import type { Conceal } from './conceal.ts'
import {
  changedDescription,
  describeBriefly,
  describeFully,
  type AnswerFacts,
  type DescriptionSettings,
} from './description.ts'
import type { LocalizedTexts } from './texts.ts'

/** Conceals the further errors of a state as well, each by itself. What is concealed itself has none. */
export function concealAll(conceal: Conceal): Conceal {
  return (state) => {
    const seen = conceal(state)
    return seen.errors === undefined ? seen : { ...seen, errors: seen.errors.map(conceal) }
  }
}

/** What an answer tells of one of its errors, and in which words. */
export interface Part {
  /** What the client may see. */
  readonly state: BizErrorState
  readonly texts: LocalizedTexts
  /** The HTTP status of the answer; of a further error, its own. */
  readonly status: number
  /** The address of the code's documentation. */
  readonly docs: string | undefined
}

/** An error with those that are told with it. */
export interface Whole extends Part {
  readonly errors: readonly Part[] | undefined
}

/** Describes an error for our own envelopes, with those that are told with it. */
export function describeWholeBriefly(
  whole: Whole,
  requestId: string,
  settings: DescriptionSettings,
): BriefDescription {
  return describeAll(describeBriefly, whole, requestId, settings)
}

/** Describes an error for the app's own functions, with those that are told with it. */
export function describeWhole(
  whole: Whole,
  requestId: string | undefined,
  settings: DescriptionSettings,
): ErrorDescription {
  return describeAll(describeFully, whole, requestId, settings)
}

/** Describes an error and those that are told with it, which have no request id of their own. */
function describeAll<TDescription extends BriefDescription>(
  describe: (
    state: BizErrorState,
    texts: LocalizedTexts,
    answer: AnswerFacts,
    settings: DescriptionSettings,
    maxChars?: number,
  ) => TDescription,
  { state, texts, status, docs, errors }: Whole,
  requestId: string | undefined,
  settings: DescriptionSettings,
): TDescription {
  const first = describe(state, texts, { status, docs, requestId }, settings)
  if (errors === undefined) return first
  return withErrors(first, errors, ({ state, texts, status, docs }, maxChars) =>
    describe(state, texts, { status, docs, requestId: undefined }, settings, maxChars),
  )
}

/**
 * Adds the descriptions of further errors to that of the first. What a client would be told twice is told once. Their
 * details go together into the room of one error's.
 *
 * @param describe - describes one of them, with details of at most so many characters
 */
function withErrors<TDescription extends BriefDescription>(
  first: TDescription,
  errors: readonly Part[],
  describe: (part: Part, maxChars: number) => TDescription,
): TDescription {
  const told = new Set([toldOf(first)])
  const described: TDescription[] = []
  let left = MAX_CHARS
  for (const part of errors) {
    const description = describe(part, left)
    const { details } = description
    const key = toldOf(description)
    if (told.has(key)) continue
    told.add(key)
    described.push(description)
    if (details !== undefined) left = Math.max(0, left - toJson(details).length)
  }
  if (described.length === 0) return first
  return changedDescription(first, { errors: described })
}

function toldOf({ code, message, details }: BriefDescription): string {
  return toJson([code, message, details])
}
