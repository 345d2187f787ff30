import type { BriefDescription, ErrorDescription } from '../catalog/envelope.ts'
import type { Entry } from '../catalog/entry.ts'
import { fieldFillings, type FieldProblem } from '../catalog/field.ts'
import { fieldEntry } from '../catalog/field-texts.ts'
import { parentCodes, rootCode } from '../catalog/parents.ts'
import type { Params } from '../catalog/template.ts'
import { NO_PARAMS, type BizErrorState } from '../error/state.ts'
import { bare, readOwn } from '../guard/own.ts'
import { MAX_CHARS, toJson, toPlain, type Plain } from '../guard/plain.ts'
import type { LocalizedTexts, Localize } from './texts.ts'

/** Everything that descriptions are made with. */
export interface DescriptionSettings {
  readonly localize: Localize
  /** Whether clients are told the values that a validator found wrong. */
  readonly revealValues: boolean
  /** Whether clients are told the params. */
  readonly revealParams: boolean
}

/** What only the answer knows. */
export type AnswerFacts = Pick<BriefDescription, 'status' | 'requestId' | 'docs'>

/** Puts a state and its texts into the form that clients are told. */
export function describeState(
  state: BizErrorState,
  texts: LocalizedTexts,
  { status, requestId, docs }: AnswerFacts,
  details: Plain | undefined,
  params: Params | undefined,
): BriefDescription {
  return {
    code: state.entry.code,
    status,
    message: texts.message,
    locale: texts.locale,
    title: texts.title,
    description: texts.description,
    action: texts.action,
    parent: rootCode(state.catalog, state.entry),
    retryable: state.retryable,
    retryAfter: state.retryAfter,
    violatedPolicies: state.violatedPolicies,
    details,
    errors: undefined,
    params,
    requestId,
    docs,
  }
}

/**
 * Describes an error for our own envelopes.
 *
 * @param maxChars - the room for its details @default all that one error may have
 */
export function describeBriefly(
  state: BizErrorState,
  texts: LocalizedTexts,
  answer: AnswerFacts,
  settings: DescriptionSettings,
  maxChars?: number,
): BriefDescription {
  const params = settings.revealParams ? paramsOf(state) : undefined
  return describeState(state, texts, answer, detailsOf(state, texts.locale, settings, maxChars), params)
}

/**
 * Describes an error for whom nothing is known of: the app's own functions.
 *
 * @param maxChars - the room for its details @default all that one error may have
 */
export function describeFully(
  state: BizErrorState,
  texts: LocalizedTexts,
  answer: AnswerFacts,
  settings: DescriptionSettings,
  maxChars?: number,
): ErrorDescription {
  const { catalog, entry, params } = state
  const { parents } = entry
  const root = parents.length === 0 ? undefined : catalog.get(parents.at(-1)!)
  const { localize } = settings
  const messageIn = (locale: string, { message }: LocalizedTexts, of: Entry): string =>
    locale === texts.locale && of === entry
      ? message
      : localize(catalog, of, params, { locale, acceptLanguage: undefined }).message
  const described = {
    ...describeState(
      state,
      texts,
      answer,
      detailsOf(state, texts.locale, settings, maxChars),
      paramsOf(state),
    ),
    // An error may be thrown again, and told again.
    violatedPolicies: state.violatedPolicies && [...state.violatedPolicies],
    errors: undefined,
    catalog: catalog.name,
    key: entry.key,
    module: entry.module,
    parents: parents.length === 0 ? undefined : parentCodes(catalog, entry),
    parentMessage: root && messageIn(texts.locale, texts, root),
    sourceMessage: messageIn(catalog.sourceLocale, texts, entry),
    meta: entry.meta,
  }
  return withNotes(described, entry.notes)
}

/** Adds the remarks of an entry. An envelope that copies all it is told does not send them: it has to name them. */
function withNotes<TDescription extends object>(description: TDescription, notes: unknown): TDescription {
  return notes === undefined
    ? description
    : Object.defineProperty(description, 'notes', bare({ value: notes }))
}

/** Returns a description with some members changed, and the remarks, which no copy has. */
export function changedDescription<TDescription extends BriefDescription>(
  description: TDescription,
  changes: Partial<BriefDescription>,
): TDescription {
  return withNotes({ ...description, ...changes }, readOwn(description, 'notes'))
}

function paramsOf({ params }: BizErrorState): Params | undefined {
  return params === NO_PARAMS ? undefined : { ...params }
}

/**
 * Returns the details for the client: those that the throw gave, and among them the fields that it or a validator found
 * wrong. All texts go into `maxChars` characters; fields go first.
 */
export function detailsOf(
  state: BizErrorState,
  locale: string,
  settings: DescriptionSettings,
  maxChars?: number,
): Plain | undefined {
  const { details } = state
  if (state.fields === undefined) return details === undefined ? undefined : toPlain(details, maxChars)
  const fields = toPlain({ fields: fieldsOf(state, state.fields, locale, settings) }, maxChars)
  if (details === undefined) return fields
  const members = toPlain(details, Math.max(0, (maxChars ?? MAX_CHARS) - toJson(fields).length))
  return isRecord(members) && isRecord(fields) ? { ...members, ...fields } : fields
}

function isRecord(value: Plain | undefined): value is { [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fieldsOf(
  { catalog }: BizErrorState,
  fields: readonly FieldProblem[],
  locale: string,
  { localize, revealValues }: DescriptionSettings,
): readonly object[] {
  return fields.map((problem) => {
    const { path, code } = problem
    const params = readOwn(problem, 'params') as Params | undefined
    const own = readOwn(problem, 'message')
    const value = revealValues ? readOwn(problem, 'value') : undefined
    if (own !== undefined) return { path, code, message: own, params, value }
    const texts = localize(catalog, fieldEntry(code), fieldFillings(params ?? NO_PARAMS), {
      locale,
      acceptLanguage: undefined,
    })
    // The message names the limit, which not every library tells.
    const message = params === undefined ? (texts.title ?? texts.message) : texts.message
    return { path, code, message, params, value }
  })
}
