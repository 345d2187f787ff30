import type { Condition } from '../../../catalog/condition.ts'
import type { ByValue, Meaning } from '../../library-rule.ts'

/** A rule that can also be asked of an error in a wrapper. */
export interface DatabaseRule extends ByValue, Meaning {
  readonly from: string
  readonly matches?: (error: object) => boolean
}

/** A database's own codes, by what they are to an API. What is not in it is a fault of ours: a 500. */
export type Codes<TCode extends string | number> = Readonly<Partial<Record<Condition, readonly TCode[]>>>

/** Makes one rule per condition. */
export function rulesFor<TCode extends string | number>(
  codes: Codes<TCode>,
  ruleFor: (condition: Condition, codes: readonly TCode[]) => DatabaseRule,
): readonly DatabaseRule[] {
  return Object.entries(codes).map(([condition, values]) => ruleFor(condition as Condition, values))
}
