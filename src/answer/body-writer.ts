import type { ErrorDescription } from '../catalog/envelope.ts'
import { NO_PARAMS, type BizErrorState } from '../error/state.ts'
import { getOrMake } from '../guard/memo.ts'
import {
  insertRequestId,
  precompose,
  writeBody,
  writeCustomBody,
  type Body,
  type PrecomposedBody,
} from './body.ts'
import { describeState, detailsOf, docsOf, type DetailsSettings } from './description.ts'
import type { RequestFacts } from './facts.ts'
import { isCustom, isNamed, shapeOf, type NamedShape, type Shapes } from './shape.ts'
import type { LocalizedTexts } from './texts.ts'

export interface BodySettings extends DetailsSettings {
  readonly shapes: Shapes
  readonly docsUrl: string | undefined
  /** Called when an app's own function failed and a default took its place. */
  readonly warn: (message: string, error?: unknown) => void
}

/** Writes the body of an answer, in the envelope that its client, its app or its catalog chose. */
export type BodyWriter = (
  state: BizErrorState,
  texts: LocalizedTexts,
  status: number,
  facts: RequestFacts,
) => Body

/** Sets up the writer of bodies. A body that holds nothing of its occurrence is written once. */
export function createBodyWriter(settings: BodySettings): BodyWriter {
  const { shapes, docsUrl, warn } = settings
  // The texts are the keys, so that bodies are dropped with them when translations change.
  const precomposed = new WeakMap<LocalizedTexts, PrecomposedBody[]>()

  function describe(
    state: BizErrorState,
    texts: LocalizedTexts,
    status: number,
    requestId: string,
  ): ErrorDescription {
    return describeState(state, texts, {
      status,
      requestId,
      details: detailsOf(state, texts.locale, settings),
      docs: docsOf(state, docsUrl),
    })
  }

  function precomposedBody(
    state: BizErrorState,
    texts: LocalizedTexts,
    status: number,
    shape: NamedShape,
  ): PrecomposedBody {
    const bodies = getOrMake(precomposed, texts, () => [])
    for (const body of bodies) if (body.status === status && body.shape === shape) return body
    const body = precompose(status, shape, (requestId) => describe(state, texts, status, requestId))
    bodies.push(body)
    return body
  }

  return (state, texts, status, { accept, requestId }) => {
    const chosen = shapes.choose === undefined ? shapes.first : shapes.choose(accept)
    if (isCustom(chosen)) {
      const custom = writeCustomBody(describe(state, texts, status, requestId), chosen, warn)
      if (custom !== undefined) return custom
    }
    const shape = isNamed(chosen) ? chosen : shapeOf(state.catalog)
    return isAlwaysTheSame(state)
      ? insertRequestId(precomposedBody(state, texts, status, shape), requestId)
      : writeBody(describe(state, texts, status, requestId), shape)
  }
}

/** Whether only texts go into the body. Texts without params are found once, and stay the same object. */
function isAlwaysTheSame({ entry, params, details, fields, violatedPolicies }: BizErrorState): boolean {
  return (
    params === NO_PARAMS &&
    entry.params.length === 0 &&
    details === undefined &&
    fields === undefined &&
    violatedPolicies === undefined
  )
}
