import { read } from '../../guard/read.ts'
import type { Family } from '../library-rule.ts'

/** The client asked too often. Limiters that throw an HTTP error or answer by themselves need no rule. */
export const limiters: Family = {
  name: 'Rate limiters',
  rules: [
    {
      // `consume` rejects with a plain object:
      // https://github.com/animir/node-rate-limiter-flexible/wiki/RateLimiterRes-object
      from: 'rate-limiter-flexible',
      property: 'msBeforeNext',
      matches: (rejection) =>
        ['msBeforeNext', 'remainingPoints', 'consumedPoints'].every(
          (property) => typeof read(rejection, property) === 'number',
        ),
      condition: 'rate-limited',
      extract: (rejection) => ({ retryAfter: secondsFrom(read(rejection, 'msBeforeNext') as number) }),
    },
  ],
}

/** -1 stands for a key that stays blocked. To come back at once would only be refused again. */
function secondsFrom(milliseconds: number): number | undefined {
  return milliseconds < 0 ? undefined : Math.max(1, milliseconds / 1000)
}
