import { fillBody, finishBody } from '../core/body.ts'
import type { Catalog } from '../core/catalog.ts'
import { describeState, type Composed, type RequestFacts } from '../core/compose.ts'
import type { EnvelopeName } from '../core/envelope.ts'
import { appendVary } from '../core/headers.ts'
import { ownTexts } from '../core/own-texts.ts'
import { genericState } from '../core/state.ts'

/** What is known of a request of which nothing could be read. */
export type LastFacts = Pick<RequestFacts, 'requestId' | 'requestIdHeader' | 'vary'>

/**
 * Makes the answer for when no other can be made: the generic 500 in the catalog's own words. All of it but the id is
 * made at once, so that nothing can fail in a request.
 */
export function createLastAnswer(
  catalog: Catalog,
  envelope: EnvelopeName,
  status: 200 | 500,
): (facts: LastFacts) => Composed {
  const state = genericState(catalog, 500)
  const texts = ownTexts(catalog, state.entry, state.params)
  const body = finishBody(status, envelope, (requestId) =>
    describeState(state, texts, { status, requestId, details: undefined, docs: undefined }),
  )
  return ({ requestId, requestIdHeader, vary }) => {
    const { contentType, text, bytes } = fillBody(body, requestId)
    const headers = {
      'Content-Type': contentType,
      'Content-Length': String(bytes),
      'Content-Language': texts.locale,
      Vary: appendVary(vary, 'Accept-Language'),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      [requestIdHeader]: requestId,
    }
    return { state, code: state.code, locale: texts.locale, reply: { status, headers, body: text } }
  }
}
