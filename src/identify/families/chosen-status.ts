import { statusOn } from './http.ts'
import type { ConditionRule } from '../library-rule.ts'

/**
 * Lets the app say which 4xx an error is, and keeps what else is known of it: `ctx.throw(422, zodError)`,
 * `error.status = 422`. 500 is what http-errors writes on an error that it is given without a status.
 */
export function withChosenStatus(rule: ConditionRule): ConditionRule {
  const extract = Object.hasOwn(rule, 'extract') ? rule.extract : undefined
  return {
    ...rule,
    extract(error) {
      const rest = extract === undefined ? {} : extract(error)
      if (rest === undefined) return undefined
      const status = statusOn(error)
      return status === undefined || status >= 500 ? rest : { ...rest, status }
    },
  }
}
