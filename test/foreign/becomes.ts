import { failureOf } from '../support/failure-of.ts'
import { describe, expect, test } from 'vitest'
import { completeEntry } from '../../src/catalog/complete-entry.ts'
import type { Condition } from '../../src/catalog/condition.ts'
import type { Answer } from '../support/answers.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { frameworks } from '../support/frameworks.ts'
import { recorder } from '../support/served.ts'
import { answerOf, answersOn } from '../support/stacks.ts'

/** One failure of a real library, and what our client is told of it. */
export interface Row {
  /** What happened, as a title says it: `a connection that is refused`. */
  readonly what: string
  /** Makes the library fail. It is called once, and what it throws is thrown in every framework. */
  readonly fail: () => unknown
  /** Undefined: it is a fault of the server's, and nobody's condition. */
  readonly becomes: Condition | undefined
  /** The status that the error says itself, where there is no condition for it. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** The fields that are told, in their order. */
  readonly fields?: readonly object[]
  /** What the log's `err` has to hold, of the error itself: `{ type: 'FetchError', code: 'ECONNREFUSED' }`. */
  readonly logged?: object
}

/** Tests what becomes of each failure: the whole answer on every framework, and what the log says. */
export function becomes(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    test.each(rows)('$what', async (row) => {
      const error = await failureOf(row.fail)
      const { options, log, reports } = recorder()
      const thrower = (): never => {
        throw error
      }
      const answers = await answersOn(frameworks, {}, { '/': thrower }, options)
      expect(answers).toEqual(Object.fromEntries(frameworks.map(({ name }) => [name, answerTo(row)])))
      await expect.poll(() => reports.length, { timeout: 10_000, interval: 5 }).toBe(frameworks.length)
      const level = answerTo(row).status >= 500 ? 'error' : 'info'
      const err = expect.objectContaining({ ...row.logged, type: expect.stringMatching(/./) as unknown })
      expect(log.map(([at, record]) => [at, record['err']])).toEqual(frameworks.map(() => [level, err]))
    })
  })
}

function answerTo({ becomes, headers, fields, status }: Row): Answer {
  const answer = answerOf(becomes ?? 'unrecognized', headers)
  const { code, message } = completeEntry(conditionCatalog.forStatus(status ?? 500))
  return {
    ...answer,
    ...(status !== undefined && { status }),
    body: {
      ...(answer.body as object),
      ...(status !== undefined && { code, message }),
      ...(fields && { details: { fields } }),
    },
  }
}
