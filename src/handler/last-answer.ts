import { insertRequestId, precompose, type Body } from '../answer/body.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Composed } from '../answer/compose.ts'
import { describeBriefly, describeFully } from '../answer/description.ts'
import type { RequestFacts } from '../answer/facts.ts'
import { createIdMarks, insertOwnRequestId, precomposeOwn } from '../answer/own-body.ts'
import { appendVary } from '../guard/append.ts'
import { ownTexts } from '../answer/own-texts.ts'
import { defaultShapeOf, type OurShape, type OwnShape, type Shape } from '../answer/shape.ts'
import { createSubject, type Subject, type SubjectSettings } from '../answer/subject.ts'
import { statusState } from '../error/state.ts'

/** The facts of a request that could not be read. */
export type LastFacts = Pick<RequestFacts, 'requestId' | 'requestIdHeader' | 'vary'>

/**
 * Makes the answer for when no other can be made: the generic 500 in the catalog's own words. All of it but the id is
 * made at once, so that nothing can fail in a request. An envelope of the app's own that cannot do without one gives
 * way to the default.
 */
export function createLastAnswer(
  catalog: Catalog,
  shape: Shape,
  given: SubjectSettings,
): (facts: LastFacts) => Composed {
  // It is warned of each time that it fails in a request.
  const settings = { ...given, localize: ownTexts, docsUrl: undefined, warn: ignore }
  const state = statusState(catalog, 500)
  const texts = ownTexts(catalog, state.entry, state.params)
  const subject = createSubject(settings)(state, texts, NOBODY)
  const bodyFor =
    (shape.isOurs ? undefined : createOwnBody(subject, shape, settings)) ??
    createOurBody(subject, shape.isOurs ? shape : defaultShapeOf(catalog), settings)
  return ({ requestId, requestIdHeader, vary }) => {
    const { contentType, policy, text, bytes } = bodyFor(requestId)
    const headers = {
      'Content-Type': contentType,
      'Content-Length': String(bytes),
      'Content-Language': texts.locale,
      Vary: appendVary(vary, 'Accept-Language'),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      ...(policy !== undefined && { 'Content-Security-Policy': policy }),
      [requestIdHeader]: requestId,
    }
    return {
      state,
      key: state.entry.key,
      code: state.entry.code,
      locale: texts.locale,
      reply: { status: subject.status, headers, body: text },
    }
  }
}

const NOBODY = { requestId: undefined, locale: undefined, acceptLanguage: undefined }

type BodyFor = (requestId: string) => Body

function createOurBody(
  { state, texts, status }: Subject,
  shape: OurShape,
  settings: SubjectSettings,
): BodyFor {
  const body = precompose(shape, (requestId) =>
    describeBriefly(state, texts, { status, requestId, docs: undefined }, settings),
  )
  return (requestId) => insertRequestId(body, requestId)
}

function createOwnBody(
  { state, texts, status }: Subject,
  shape: OwnShape,
  settings: SubjectSettings,
): BodyFor | undefined {
  const describe = (requestId: string): ReturnType<typeof describeFully> =>
    describeFully(state, texts, { status, requestId, docs: undefined }, settings)
  const body = precomposeOwn(shape, describe, createIdMarks())
  return body && ((requestId) => insertOwnRequestId(body, requestId))
}

function ignore(): void {}
