import type { ErrorDescription, HttpStatus } from '../catalog/envelope.ts'
import type { BizErrorState } from '../error/state.ts'
import { describeFully, type DescriptionSettings } from './description.ts'
import { createDocsBy, docsUnder, type DocsUrl } from './docs.ts'
import { httpStatusOf, statusBy } from './http-status.ts'
import type { Warn } from './own-body.ts'
import type { LocalizedTexts } from './texts.ts'

/** What an answer tells, and in which words. */
export interface Subject {
  /** What the client may see. */
  readonly state: BizErrorState
  readonly texts: LocalizedTexts
  /** The HTTP status of the answer. */
  readonly status: number
  /** The address of the code's documentation. */
  readonly docs: string | undefined
  /** Undefined where no function of the app's has been told of the error so far. */
  readonly description: ErrorDescription | undefined
}

export interface SubjectSettings extends DescriptionSettings {
  /** That of the error's catalog, where it is undefined. */
  readonly httpStatus: HttpStatus | undefined
  readonly docsUrl: DocsUrl | undefined
  readonly warn: Warn
}

/** Sets up what asks for status and documentation, which may be functions of the app's. */
export function createSubject(
  settings: SubjectSettings,
): (state: BizErrorState, texts: LocalizedTexts, requestId: string | undefined) => Subject {
  const { httpStatus: given, docsUrl, warn } = settings
  const docsBy = typeof docsUrl === 'function' ? createDocsBy(docsUrl, warn) : undefined
  const docsPrefix = typeof docsUrl === 'string' ? docsUrl : undefined

  return (state, texts, requestId) => {
    const httpStatus = given ?? httpStatusOf(state.catalog)
    const docs = docsPrefix === undefined ? undefined : docsUnder(docsPrefix, state.entry.code)
    if (typeof httpStatus !== 'function' && docsBy === undefined) {
      return { state, texts, status: httpStatus ?? state.status, docs, description: undefined }
    }
    const own = describeFully(state, texts, { status: state.status, requestId, docs }, settings)
    const status = typeof httpStatus === 'function' ? statusBy(httpStatus, own, warn) : httpStatus
    const described = { ...own, status: status ?? state.status }
    const description = docsBy === undefined ? described : { ...described, docs: docsBy(described) }
    return { state, texts, status: description.status, docs: description.docs, description }
  }
}
