import { builtin } from './host.ts'

/** The part of an AsyncLocalStorage that is used. */
export interface AsyncStorage<TStore> {
  getStore(): TStore | undefined
  run<TArguments extends unknown[], TResult>(
    store: TStore,
    call: (...given: TArguments) => TResult,
    ...given: TArguments
  ): TResult
}

/** Makes a storage: https://nodejs.org/api/async_context.html. Undefined where the host has no such thing. */
export function createAsyncStorage<TStore>(): AsyncStorage<TStore> | undefined {
  const module = builtin('node:async_hooks') as
    { readonly AsyncLocalStorage?: new () => AsyncStorage<TStore> } | undefined
  return module?.AsyncLocalStorage && new module.AsyncLocalStorage()
}
