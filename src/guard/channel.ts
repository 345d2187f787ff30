import { builtin } from './host.ts'

/** The part of a diagnostics channel that is used. */
export interface Channel<TMessage> {
  readonly hasSubscribers: boolean
  publish(message: TMessage): void
}

/** Returns a channel: https://nodejs.org/api/diagnostics_channel.html. Undefined where the host has none. */
export function channelNamed<TMessage>(name: string): Channel<TMessage> | undefined {
  const module = builtin('node:diagnostics_channel') as
    { readonly channel?: (name: string) => Channel<TMessage> } | undefined
  return module?.channel?.(name)
}
