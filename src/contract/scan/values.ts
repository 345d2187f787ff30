import type { Code } from '../../catalog/code.ts'
import type { Parameter, Placed, Scope, ClassScope } from './scope.ts'
import type { ArrayNode, EnumNode, FunctionNode, ObjectNode } from './syntax.ts'

/** What an expression may be, as far as it matters here. */
export type Value =
  | { readonly kind: 'constant'; readonly value: Code }
  | { readonly kind: 'undefined' }
  /** Undefined: which one is not known. */
  | { readonly kind: 'catalog'; readonly catalog: string | undefined }
  /** `shop.errors` */
  | { readonly kind: 'errors'; readonly catalog: string | undefined }
  /** `shop.errors.SOLD_OUT`. Without a key: one of them. */
  | { readonly kind: 'factory'; readonly catalog: string | undefined; readonly key: Code | undefined }
  /** `shop.is` */
  | { readonly kind: 'question'; readonly catalog: string | undefined }
  /** `shop.BizError` */
  | { readonly kind: 'bizerror'; readonly catalog: string | undefined }
  | { readonly kind: 'class'; readonly of: ClassScope }
  | { readonly kind: 'instance'; readonly of: ClassScope }
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly scope: Scope }
  | { readonly kind: 'object'; readonly node: ObjectNode; readonly scope: Scope }
  | { readonly kind: 'array'; readonly node: ArrayNode; readonly scope: Scope }
  | { readonly kind: 'enum'; readonly node: EnumNode; readonly scope: Scope }
  | { readonly kind: 'namespace'; readonly scope: Scope }
  /** All exports of a file. */
  | { readonly kind: 'module'; readonly file: string }
  /** All exports of an entry point of ours. */
  | { readonly kind: 'package'; readonly name: string }
  /** One of our functions. */
  | { readonly kind: 'ours'; readonly name: string }
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  /** It cannot be followed: it may be anything. What is certainly nothing of ours is no value at all. */
  | { readonly kind: 'unknown' }

export type Values = readonly Value[]

export const NOTHING: Values = []
export const UNDEFINED: Values = [{ kind: 'undefined' }]
export const UNKNOWN: Values = [{ kind: 'unknown' }]

export function constant(value: Code): Values {
  return [{ kind: 'constant', value }]
}

/** The arguments that a function was called with. */
export interface Frame {
  readonly of: FunctionNode
  readonly given: readonly Placed[]
  /** Of the place of the call. */
  readonly outer: Frame | undefined
}
