import { judge, judgeNow, type Verdict } from './matcher/judge.ts'

/** What jest and vitest hand to a matcher as `this`. */
interface Runner {
  readonly isNot?: boolean
  /** `rejects`, `resolves` or empty. Undefined where the matcher stands within other values. */
  readonly promise?: string
  readonly utils: {
    matcherHint(
      name: string,
      received: string,
      expected: string,
      options: { isNot: boolean; promise: string; secondArgument?: string },
    ): string
    readonly EXPECTED_COLOR: (text: string) => string
    readonly RECEIVED_COLOR: (text: string) => string
  }
}

/** What a matcher returns to them. */
interface Outcome {
  readonly pass: boolean
  readonly message: () => string
}

const NAME = 'toBeBizError'

/** The matcher of jest and vitest, `expect(subject).toBeBizError(error, expected)`, for `expect.extend`. */
export const matchers = {
  toBeBizError(
    this: Runner,
    subject: unknown,
    error: unknown,
    expected?: unknown,
  ): Outcome | Promise<Outcome> {
    const { isNot = false, promise, utils } = this
    const outcome = ({ pass, name, text, isMistaken }: Verdict): Outcome => ({
      // Fails after `.not` as well. Anything may be thrown, and stand within other values.
      pass: pass || (isMistaken && isNot && promise !== undefined && promise !== 'rejects'),
      message() {
        const hint = utils.matcherHint(NAME, 'received', name, {
          isNot,
          promise: promise ?? '',
          ...(expected !== undefined && { secondArgument: 'expected' }),
        })
        return `${hint}\n\n${text({ expected: utils.EXPECTED_COLOR, received: utils.RECEIVED_COLOR })}`
      },
    })
    if (promise === undefined) return outcome(judgeNow(`expect.${NAME}`, subject, error, expected))
    const verdict = judge(NAME, subject, error, expected)
    return verdict instanceof Promise ? verdict.then(outcome) : outcome(verdict)
  },
}
