import { ask, type Asked } from './asked.ts'
import { isLimit, type OwnLimit } from './policy.ts'
import type { Deadline } from './stores/deadline.ts'
import type { Limits } from './stores/store.ts'
import { itWas, type Warn } from './warn.ts'
import { isPromise } from './when.ts'

/** Returns the numbers of all limits for a request: at once, unless a function of the app returned a promise. */
export type NumbersOf<TRequest> = (request: TRequest) => Limits | Promise<Limits>

/** Makes the function that asks for the numbers of a request, or returns those that are the same for all. */
export function createNumbers<TRequest>(
  limits: readonly OwnLimit[],
  deadline: Deadline,
  warn: Warn,
): Limits | NumbersOf<TRequest> {
  if (limits.every(({ limit }) => limit !== undefined)) return limits.map(({ limit }) => limit)

  function numberOf({ name }: OwnLimit, asked: Asked, request: TRequest): number | undefined {
    // -0 is 0.
    if (!asked.failed && isLimit(asked.value)) return asked.value + 0
    if (!asked.failed && asked.value === Infinity) return undefined
    const remedy = request === undefined ? ': give consume and peek { request }' : ''
    warn(
      `The limit of policy ${name} failed, or was no whole number, 0 or more; a request was not counted by it${remedy}`,
      asked.failed ? asked.error : itWas(asked.value),
    )
    return undefined
  }

  function askFor({ limit, limitOf }: OwnLimit, request: TRequest): Asked | Promise<Asked> {
    if (limitOf === undefined) return { failed: false, value: limit }
    return ask(limitOf as (request: TRequest) => unknown, request, deadline)
  }

  function read(all: readonly Asked[], request: TRequest): Limits {
    return all.map((asked, index) => numberOf(limits[index]!, asked, request))
  }

  return (request) => {
    const all: (Asked | Promise<Asked>)[] = []
    let isWaiting = false
    for (const limit of limits) {
      const asked = askFor(limit, request)
      if (isPromise(asked)) isWaiting = true
      all.push(asked)
    }
    return isWaiting
      ? Promise.all(all as Promise<Asked>[]).then((all) => read(all, request))
      : read(all as Asked[], request)
  }
}
