import type { ErrorDescription, HttpStatus } from '../catalog/envelope.ts'
import type { BizErrorState } from '../error/state.ts'
import { changedDescription, type DescriptionSettings } from './description.ts'
import { createDocsBy, docsUnder, type DocsUrl } from './docs.ts'
import type { RequestFacts } from './facts.ts'
import { textsOf } from './foreign-texts.ts'
import { describeWhole, type Part, type Whole } from './further.ts'
import { httpStatusOf, statusBy } from './http-status.ts'
import type { Warn } from './own-body.ts'
import type { LocalizedTexts } from './texts.ts'

/** What an answer tells, and in which words. */
export interface Subject extends Whole {
  /** Undefined where no function of the app's has been told of the error so far. */
  readonly description: ErrorDescription | undefined
}

export interface SubjectSettings extends DescriptionSettings {
  /** That of the error's catalog, where it is undefined. */
  readonly httpStatus: HttpStatus | undefined
  readonly docsUrl: DocsUrl | undefined
  readonly warn: Warn
}

/** The part of a request that is told, or chooses the words. */
export interface Asked extends Pick<RequestFacts, 'acceptLanguage' | 'locale'> {
  readonly requestId: string | undefined
}

/** Sets up what asks for status and documentation, which may be functions of the app's. */
export function createSubject(
  settings: SubjectSettings,
): (state: BizErrorState, texts: LocalizedTexts, asked: Asked) => Subject {
  const { httpStatus: given, docsUrl, warn } = settings
  const docsBy = typeof docsUrl === 'function' ? createDocsBy(docsUrl, warn) : undefined
  const docsPrefix = typeof docsUrl === 'string' ? docsUrl : undefined

  function docsUnderPrefix({ entry }: BizErrorState): string | undefined {
    return docsPrefix === undefined ? undefined : docsUnder(docsPrefix, entry.code)
  }

  /** A further error: it has the status that it would be answered with. */
  function partOf(state: BizErrorState, asked: Asked): Part {
    const texts = textsOf(state, settings.localize, asked)
    const part = { state, texts, status: state.status, docs: docsUnderPrefix(state), errors: undefined }
    return docsBy === undefined ? part : { ...part, docs: docsBy(describeWhole(part, undefined, settings)) }
  }

  return (state, texts, asked) => {
    const httpStatus = given ?? httpStatusOf(state.catalog)
    const docs = docsUnderPrefix(state)
    const errors = state.errors?.map((each) => partOf(each, asked))
    if (typeof httpStatus !== 'function' && docsBy === undefined) {
      return { state, texts, status: httpStatus ?? state.status, docs, errors, description: undefined }
    }
    const whole = { state, texts, status: state.status, docs, errors }
    const own = describeWhole(whole, asked.requestId, settings)
    const status = typeof httpStatus === 'function' ? statusBy(httpStatus, own, warn) : httpStatus
    const described = changedDescription(own, { status: status ?? state.status })
    const description =
      docsBy === undefined ? described : changedDescription(described, { docs: docsBy(described) })
    return { state, texts, status: description.status, docs: description.docs, errors, description }
  }
}
