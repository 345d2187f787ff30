import { NO_PARAMS, type BizErrorState } from '../error/state.ts'
import { getOrMake } from '../guard/memo.ts'
import { insertRequestId, precompose, writeBody, type Body, type PrecomposedBody } from './body.ts'
import { describeBriefly, describeFully, type DescriptionSettings } from './description.ts'
import type { RequestFacts } from './facts.ts'
import { describeWhole, describeWholeBriefly } from './further.ts'
import {
  createIdMarks,
  insertOwnRequestId,
  precomposeOwn,
  writeOwnBody,
  type PrecomposedOwnBody,
  type Warn,
} from './own-body.ts'
import { defaultShapeOf, shapeOf, type OurShape, type OwnShape, type Shapes } from './shape.ts'
import type { Subject } from './subject.ts'
import type { LocalizedTexts } from './texts.ts'

export interface BodySettings extends DescriptionSettings {
  readonly shapes: Shapes
  /** Called when an app's own function failed and a default took its place. */
  readonly warn: Warn
}

/**
 * Writes the body of an answer, in the envelope that its client, its app or its catalog chose.
 *
 * @param request - Express's request, or Koa's context, for an envelope of the app's own
 */
export type BodyWriter = (subject: Subject, facts: RequestFacts, request: unknown) => Body

/** One way in which the same texts are told. */
interface Variant<TShape, TBody> {
  readonly shape: TShape
  readonly status: number
  readonly docs: string | undefined
  readonly body: TBody
}

/** What else may differ for an envelope of the app's own. */
type OwnVariant = Variant<OwnShape, PrecomposedOwnBody | undefined> &
  Pick<BizErrorState, 'entry' | 'retryable'>

/** A throw may have any status, and a function return any address. */
const MAX_VARIANTS = 64

/** Sets up the writer of bodies. A body that holds nothing of its occurrence is written once. */
export function createBodyWriter(settings: BodySettings): BodyWriter {
  const { shapes, warn } = settings
  // The texts are the keys, so that bodies are dropped with them when translations change.
  const ours = new WeakMap<LocalizedTexts, Variant<OurShape, PrecomposedBody>[]>()
  const owns = new WeakMap<LocalizedTexts, OwnVariant[]>()
  const marks = createIdMarks()

  function precomposed({ state, texts, status, docs }: Subject, shape: OurShape): PrecomposedBody {
    const variants = getOrMake(ours, texts, () => [])
    for (const variant of variants) {
      if (variant.status === status && variant.shape === shape && variant.docs === docs) return variant.body
    }
    const body = precompose(shape, (requestId) =>
      describeBriefly(state, texts, { status, docs, requestId }, settings),
    )
    keep(variants, { shape, status, docs, body })
    return body
  }

  /** Undefined where a body is made for each answer. An envelope may do with one error what it does not with others. */
  function precomposedOwn(
    { state, texts, status, docs }: Subject,
    shape: OwnShape,
  ): PrecomposedOwnBody | undefined {
    const { entry, retryable } = state
    const variants = getOrMake(owns, texts, () => [])
    const known = variants.find(
      (variant) =>
        variant.shape === shape &&
        variant.status === status &&
        variant.docs === docs &&
        variant.entry === entry &&
        variant.retryable === retryable,
    )
    if (known !== undefined) return known.body
    const body = precomposeOwn(
      shape,
      (requestId) => describeFully(state, texts, { status, docs, requestId }, settings),
      marks,
    )
    keep(variants, { shape, status, docs, body, entry, retryable })
    return body
  }

  function ownBody(
    subject: Subject,
    shape: OwnShape,
    { requestId }: RequestFacts,
    request: unknown,
  ): Body | undefined {
    const { state, description } = subject
    // A time to wait of a throw is another one each time, and its body not worth keeping.
    const isOfEntry = isAlwaysTheSame(state) && state.retryAfter === state.entry.retryAfter
    if (shape.isOfErrorAlone && isOfEntry) {
      const body = precomposedOwn(subject, shape)
      if (body !== undefined) return insertOwnRequestId(body, requestId)
    }
    const described = description ?? describeWhole(subject, requestId, settings)
    return writeOwnBody(described, shape, request, warn)
  }

  return (subject, facts, request) => {
    const { state } = subject
    const chosen =
      (shapes.choose === undefined ? shapes.first : shapes.choose(facts.accept)) ?? shapeOf(state.catalog)
    let shape: OurShape
    if (chosen.isOurs) {
      shape = chosen
    } else {
      const body = ownBody(subject, chosen, facts, request)
      if (body !== undefined) return body
      shape = defaultShapeOf(state.catalog)
    }
    if (isAlwaysTheSame(state)) return insertRequestId(precomposed(subject, shape), facts.requestId)
    return writeBody(describeWholeBriefly(subject, facts.requestId, settings), shape)
  }
}

function keep<TVariant>(variants: TVariant[], variant: TVariant): void {
  if (variants.length === MAX_VARIANTS) variants.shift()
  variants.push(variant)
}

/** Whether only texts go into the body. Texts without params are found once, and stay the same object. */
function isAlwaysTheSame({
  entry,
  params,
  details,
  fields,
  errors,
  violatedPolicies,
}: BizErrorState): boolean {
  return (
    params === NO_PARAMS &&
    entry.params.length === 0 &&
    details === undefined &&
    fields === undefined &&
    errors === undefined &&
    violatedPolicies === undefined
  )
}
