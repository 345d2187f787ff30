import createError from 'http-errors'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { describe, expect, test } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { answersTo, errorHeaders, everywhere, type Answer } from '../support/answers.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { answerOf } from '../support/stacks.ts'
import { failureOf } from '../support/failure-of.ts'

const secret = 'hunter2'

/** What `JSON.parse` and a limiter throw, wrapped as apps and libraries wrap. */
function limited(): Promise<never> {
  const limiter = new RateLimiterMemory({ points: 0, duration: 7 })
  return limiter.consume('key').then(() => expect.unreachable())
}

class OwnError extends Error {}

const taken: Answer = {
  status: 409,
  headers: errorHeaders(),
  body: { code: 1006, message: 'Username already exists' },
}
const wait = answerOf('rate-limited', { 'retry-after': '7' })

describe('a wrapped error keeps its code', () => {
  type Row = readonly [what: string, make: () => unknown, answer: Answer, options?: HandlerOptions]
  const rows: readonly Row[] = [
    ['a BizError in a cause', () => new Error(secret, { cause: new BizError(1006) }), taken],
    [
      'a BizError three causes deep',
      () => new Error(secret, { cause: new Error(secret, { cause: { cause: new BizError(1006) } }) }),
      taken,
    ],
    [
      'a BizError in an AggregateError',
      () => Promise.any([Promise.reject(new Error(secret)), Promise.reject(new BizError(1006))]),
      taken,
    ],
    [
      'a BizError beneath an HTTP error',
      () => Object.assign(createError(404, secret), { cause: new BizError(1006) }),
      taken,
    ],
    [
      'a limiter’s rejection in a cause',
      async () => new Error(secret, { cause: await failureOf(limited) }),
      wait,
    ],
    [
      'a limiter’s rejection in an AggregateError',
      () => Promise.any([limited(), Promise.reject(new Error(secret))]),
      wait,
    ],
    [
      'the nearest of two foreign errors',
      () => Object.assign(createError(403, secret), { cause: createError(404, secret) }),
      answerOf('forbidden'),
    ],
    [
      'what a rule of the app knows, before what is known nearer',
      () => Object.assign(createError(403, secret), { cause: new OwnError(secret) }),
      answerOf('already-exists'),
      { identify: { when: OwnError, condition: 'already-exists' } },
    ],
    [
      'a cause in an Error that is no AggregateError, whose errors are not searched',
      () => Object.assign(new Error(secret), { errors: [createError(403, secret)] }),
      answerOf('unrecognized'),
    ],
  ]
  for (const [what, make, answer, options] of rows) {
    test(what, async () => {
      expect(
        await answersTo(async () => Promise.reject(await make()), { catalog: conditionCatalog, ...options }),
      ).toEqual(everywhere(answer))
    })
  }
})

describe('causes that never end are bounded', () => {
  const cyclic = new Error(secret)
  cyclic.cause = new Error(secret, { cause: cyclic })
  const growing = (): object => ({
    get cause() {
      return growing()
    },
  })
  let deep: unknown = createError(404)
  for (let depth = 0; depth < 100_000; depth++) deep = { cause: deep }

  test.each([
    ['a cycle', cyclic],
    ['causes that are made when they are read', growing()],
    ['100,000 causes, the last of which would be known', deep],
    [
      '100,000 errors, the last of which would be known',
      new AggregateError([...Array<null>(99_999).fill(null), createError(404)]),
    ],
  ])('%s', async (_what, thrown) => {
    const answers = await answersTo(
      () => {
        throw thrown
      },
      { catalog: conditionCatalog },
    )
    expect(answers).toEqual(everywhere(answerOf('unrecognized')))
  })
})
