import type { ArgumentsHost } from '@nestjs/common'
import { isObject } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import { createTell as createDescribe } from '../../handler/tell.ts'
import { throwError } from './packages.ts'

/** Tells the client of an error where there is no response, and returns what Nest is to send itself. */
export type Tell = (thrown: unknown, host: ArgumentsHost) => unknown

/**
 * Makes what tells errors by the kind of their context, which is their method. Hooks are given the client, the context of
 * the message, or that of the query.
 */
export function createTell(options: HandlerOptions): Readonly<Record<string, Tell>> {
  const told = createDescribe<unknown>(options)

  return {
    rpc(exception, host) {
      // Nest hands it to Kafka's client, which tries again.
      if (read(read(exception, 'constructor'), 'name') === 'KafkaRetriableException') {
        return throwError(() => exception)
      }
      const context = contextOf(host, 1)
      const description = told(inside(exception), {
        context,
        method: 'rpc',
        route: text(called(context, 'getPattern')),
        acceptLanguage: undefined,
      })
      return throwError(() => description)
    },

    ws(exception, host) {
      const client = contextOf(host, 0)
      const data = told(inside(exception), {
        context: client,
        method: 'ws',
        route: text(called(host.switchToWs(), 'getPattern')),
        acceptLanguage: languageOf(read(client, 'handshake')),
      })
      emit(client, 'exception', data)
    },

    graphql(exception, host) {
      const context = contextOf(host, 2)
      const info = host.getArgByIndex<unknown>(3)
      const { message, ...extensions } = told(exception, {
        context,
        method: 'graphql',
        route: text(read(info, 'fieldName')),
        acceptLanguage: languageOf(read(context, 'req')),
      })
      // graphql-js takes an error that is returned for one that was thrown, and `extensions` from it.
      return Object.assign(new Error(message, { cause: exception }), { extensions })
    },
  }
}

/** RpcException and WsException have the error that they stand for in them. */
function inside(exception: unknown): unknown {
  const error = typeof read(exception, 'getError') === 'function' ? read(exception, 'error') : undefined
  return isObject(error) ? error : exception
}

function contextOf(host: ArgumentsHost, index: number): object {
  const context = host.getArgByIndex<unknown>(index)
  return isObject(context) ? context : {}
}

function called(object: object, method: string): unknown {
  try {
    return (read(object, method) as () => unknown).call(object)
  } catch {
    return undefined
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function languageOf(request: unknown): string | undefined {
  return text(read(read(request, 'headers'), 'accept-language'))
}

// https://www.npmjs.com/package/ws: `readyState`
const OPEN = 1

/** Sends an event as Nest's adapters do. On a WebSocket of `ws`, `emit` would tell nobody outside. */
function emit(client: object, event: string, data: object): void {
  try {
    const { emit, send, readyState } = client as Partial<WebSocket & { emit(...args: unknown[]): void }>
    if (typeof readyState !== 'number') emit?.call(client, event, data)
    else if (readyState === OPEN) send?.call(client as WebSocket, JSON.stringify({ event, data }))
  } catch {
    // The client has left.
  }
}
