import type { Deadline } from './stores/deadline.ts'
import { isThenable } from './when.ts'

/** A function of the app returned anything, or failed: it threw, rejected, or did not settle in time. */
export type Asked =
  { readonly failed: false; readonly value: unknown } | { readonly failed: true; readonly error: unknown }

/** Calls a function of the app. The result is there at once, unless the function returned a promise. */
export function ask<TRequest>(
  question: (request: TRequest) => unknown,
  request: TRequest,
  deadline: Deadline,
): Asked | Promise<Asked> {
  try {
    const value = question(request)
    return isThenable(value) ? settled(deadline.within(value)) : { failed: false, value }
  } catch (error) {
    return { failed: true, error }
  }
}

async function settled(promise: Promise<unknown>): Promise<Asked> {
  try {
    return { failed: false, value: await promise }
  } catch (error) {
    return { failed: true, error }
  }
}
