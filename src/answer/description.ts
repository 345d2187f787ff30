import type { ErrorDescription } from '../catalog/envelope.ts'
import { fieldEntry, type FieldProblem } from '../catalog/field.ts'
import { rootCode } from '../catalog/parents.ts'
import type { Params } from '../catalog/template.ts'
import { NO_PARAMS, type BizErrorState } from '../error/state.ts'
import { readOwn } from '../guard/own.ts'
import { MAX_CHARS, toJson, toPlain, type Plain } from '../guard/plain.ts'
import type { LocalizedTexts, Localize } from './texts.ts'

/** Everything that details are made with. */
export interface DetailsSettings {
  readonly localize: Localize
  /** Whether clients are told the values that a validator found wrong. */
  readonly revealValues: boolean
}

/** Puts a state and its texts into the form that clients are told. */
export function describeState(
  state: BizErrorState,
  texts: LocalizedTexts,
  answer: Pick<ErrorDescription, 'status' | 'requestId' | 'docs' | 'details'>,
): ErrorDescription {
  return {
    code: state.entry.code,
    status: answer.status,
    message: texts.message,
    locale: texts.locale,
    title: texts.title,
    description: texts.description,
    action: texts.action,
    parent: rootCode(state.catalog, state.entry),
    retryable: state.retryable,
    retryAfter: state.retryAfter,
    violatedPolicies: state.violatedPolicies,
    details: answer.details,
    requestId: answer.requestId,
    docs: answer.docs,
  }
}

/** Returns the address of a code's documentation. */
export function docsOf({ entry: { code } }: BizErrorState, docsUrl: string | undefined): string | undefined {
  return docsUrl === undefined ? undefined : docsUrl + encodeURIComponent(String(code).toWellFormed())
}

/**
 * Returns the details for the client: those that the throw gave, and among them the fields that it or a validator found
 * wrong. All texts go into `maxChars` characters; fields go first.
 */
export function detailsOf(
  state: BizErrorState,
  locale: string,
  settings: DetailsSettings,
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
  { localize, revealValues }: DetailsSettings,
): readonly object[] {
  return fields.map((problem) => {
    const { path, code } = problem
    const params = readOwn(problem, 'params') as Params | undefined
    const own = readOwn(problem, 'message')
    const value = revealValues ? readOwn(problem, 'value') : undefined
    if (own !== undefined) return { path, code, message: own, params, value }
    const texts = localize(catalog, fieldEntry(code), params ?? NO_PARAMS, {
      locale,
      acceptLanguage: undefined,
    })
    // The message names the limit, which not every library tells.
    const message = params === undefined ? (texts.title ?? texts.message) : texts.message
    return { path, code, message, params, value }
  })
}
