import { insertRequestId, precompose } from '../answer/body.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Composed } from '../answer/compose.ts'
import { describeState } from '../answer/description.ts'
import type { RequestFacts } from '../answer/facts.ts'
import { appendVary } from '../guard/append.ts'
import { ownTexts } from '../answer/own-texts.ts'
import type { NamedShape } from '../answer/shape.ts'
import { statusState } from '../error/state.ts'

/** The facts of a request that could not be read. */
export type LastFacts = Pick<RequestFacts, 'requestId' | 'requestIdHeader' | 'vary'>

/**
 * Makes the answer for when no other can be made: the generic 500 in the catalog's own words. All of it but the id is
 * made at once, so that nothing can fail in a request.
 */
export function createLastAnswer(
  catalog: Catalog,
  shape: NamedShape,
  status: 200 | 500,
): (facts: LastFacts) => Composed {
  const state = statusState(catalog, 500)
  const texts = ownTexts(catalog, state.entry, state.params)
  const body = precompose(status, shape, (requestId) =>
    describeState(state, texts, { status, requestId, details: undefined, docs: undefined }),
  )
  return ({ requestId, requestIdHeader, vary }) => {
    const { contentType, text, bytes } = insertRequestId(body, requestId)
    const headers = {
      'Content-Type': contentType,
      'Content-Length': String(bytes),
      'Content-Language': texts.locale,
      Vary: appendVary(vary, 'Accept-Language'),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      [requestIdHeader]: requestId,
    }
    return { state, key: state.entry.key, locale: texts.locale, reply: { status, headers, body: text } }
  }
}
