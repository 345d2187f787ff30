import { expect } from 'vitest'
import { CONDITIONS, type Condition } from '../../../../src/catalog/condition.ts'
import type { FieldProblem } from '../../../../src/catalog/field.ts'
import { identify } from '../../../../src/identify/identify.ts'
import type { BizErrorState } from '../../../../src/error/state.ts'
import { recognize } from '../../../../src/identify/recognize.ts'
import { sampleFacts } from '../../../support/sample-facts.ts'
import { answersTo, errorHeaders, everywhere, type Answer } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'

/** Returns what an error is recognized as, itself or its cause. */
export function conditionOf(error: unknown): Condition | undefined {
  return identified(error).condition
}

/** Returns what is wrong with the fields of the request. */
export function fieldsOf(error: unknown): readonly FieldProblem[] | undefined {
  return identified(error).fields
}

function identified(error: unknown): BizErrorState {
  return identify(error, conditionCatalog, { rules: [], recognize, warn: noWarning }, sampleFacts)
}

function noWarning(message: string): never {
  throw new Error(message)
}

/** The whole answer to what was recognized as a condition, or as nothing. */
export function answerTo(condition: Condition | undefined, details?: object): Answer {
  const code = condition ?? 'unrecognized'
  return {
    status: condition === undefined ? 500 : CONDITIONS[condition],
    headers: errorHeaders(),
    body: { code, message: `It is ${code}`, ...(details && { details }) },
  }
}

/** Has every framework throw an error, and compares the whole answers. */
export async function expectEverywhere(
  error: unknown,
  condition: Condition | undefined,
  details?: object,
): Promise<void> {
  const fail = (): never => {
    throw error
  }
  expect(await answersTo(fail, { catalog: conditionCatalog })).toEqual(
    everywhere(answerTo(condition, details)),
  )
}
