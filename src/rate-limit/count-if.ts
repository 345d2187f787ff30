import type { Code } from '../catalog/code.ts'
import { onAnswered, type AnsweredResponse } from '../report/answered.ts'
import { ask } from './asked.ts'
import type { Counting } from './counting.ts'
import type { Eventually } from './policy.ts'
import type { Limits } from './stores/store.ts'
import { itWas } from './warn.ts'
import { when } from './when.ts'

/** A request that was answered. */
export interface AnsweredRequest<TRequest> {
  /** The HTTP status of the answer. */
  readonly status: number
  /** The code of the error that the client was told, where `errorHandler` answered. */
  readonly code: Code | undefined
  /** Express's request, or Koa's context. */
  readonly request: TRequest
}

/** Tells whether a request counts, once it was answered. */
export type CountIf<TRequest> = (answered: AnsweredRequest<TRequest>) => Eventually<boolean>

/** What was counted for a request. */
interface Counted<TRequest> {
  readonly request: TRequest
  readonly key: string
  readonly cost: number
  readonly numbers: Limits | undefined
  readonly receipt: unknown
}

/** Makes the function that gives back what was counted for a request, if its answer says so. Nobody waits for it. */
export function createCountIf<TRequest>(
  countIf: CountIf<TRequest>,
  { store, deadline, warnRarely }: Counting<TRequest>,
): (response: AnsweredResponse, counted: Counted<TRequest>) => void {
  return (response, { request, key, cost, numbers, receipt }) => {
    onAnswered(response, (status, code) => {
      void when(ask(countIf, { status, code, request }, deadline), (asked) => {
        if (!asked.failed && asked.value === false) {
          void store.giveBack(key, cost, numbers, receipt)
        } else if (asked.failed || asked.value !== true) {
          const error = asked.failed ? asked.error : itWas(asked.value)
          warnRarely('countIf failed, or returned neither true nor false; the request counts', error)
        }
      })
    })
  }
}
