import { retryAfterOf, toldRetryAfter } from './upstream-retry-after.ts'
import type { ByPresence, ByValue, LibraryRule, Source } from '../library-rule.ts'

/** Another server can be asked later: it was asked too often, or says when. */
export function tellsLater(status: unknown, error: object): boolean {
  return status === 429 || (status === 503 && retryAfterOf(error) !== undefined)
}

/** Another server waited too long itself. */
export function tellsTimeout(status: unknown): boolean {
  return status === 408 || status === 504
}

/** Makes the rules for errors that tell the status which another server answered: what it means to our client. */
export function answerRules(
  rule: Required<Source> & (ByValue | ByPresence),
  statusOf: (error: object) => unknown,
): readonly LibraryRule[] {
  const { matches } = rule
  return [
    {
      ...rule,
      matches: (error, facts) => tellsLater(statusOf(error), error) && matches(error, facts),
      condition: 'unavailable',
      extract: toldRetryAfter,
    },
    {
      ...rule,
      matches: (error, facts) => tellsTimeout(statusOf(error)) && matches(error, facts),
      condition: 'upstream-timeout',
      extract: toldRetryAfter,
    },
    { ...rule, condition: 'upstream-failed', extract: toldRetryAfter },
  ]
}
