import { createHash } from '../../host.ts'
import { read } from '../../../guard/read.ts'
import { SetupError, show } from '../../../guard/setup-error.ts'
import { isEmitter, listenForErrors, type Emitter } from '../client-errors.ts'

/** This part of ioredis and iovalkey, and of their clusters, is used. */
export interface IoredisClient extends Emitter {
  readonly status: string
  evalsha(sha1: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>
}

interface EvalOptions {
  keys: string[]
  arguments: string[]
}

/** This part of node-redis 4 and later, and of its cluster, is used. */
export interface NodeRedisClient extends Emitter {
  /** The cluster of node-redis 4 has no `isReady`. */
  readonly isReady?: boolean
  readonly isOpen: boolean
  evalSha(sha1: string, options: EvalOptions): Promise<unknown>
  eval(script: string, options: EvalOptions): Promise<unknown>
}

/** A connected client of ioredis or redis. */
export type RedisClient = IoredisClient | NodeRedisClient

/** A Lua script with one key. */
export interface Script {
  readonly text: string
  /** Redis knows it by this hash. */
  readonly sha1: string
}

export function createScript(text: string): Script {
  let sha1: string | undefined
  return {
    text,
    // When it is asked for: not every host that loads this can hash.
    get sha1() {
      return (sha1 ??= createHash('sha1', text).digest('hex'))
    },
  }
}

/** Runs scripts on a client of whichever library. */
export interface ScriptRunner {
  /**
   * Runs a script by its hash, in one round trip, or loads it: a server that has restarted, or a node of a cluster, does
   * not know it.
   */
  readonly run: (script: Script, key: string, args: string[]) => Promise<unknown>
  /** Tells why a command would wait for a connection, if it would. */
  readonly notReady: () => Error | undefined
  /** Takes our listener off the client, which stays open. */
  readonly release: () => void
}

interface Commands {
  readonly isReady: () => boolean
  readonly evalSha: (sha1: string, key: string, args: string[]) => Promise<unknown>
  readonly eval: (script: string, key: string, args: string[]) => Promise<unknown>
}

/**
 * Returns the function that opens a client for one store. The client's library is told by its methods.
 *
 * @throws SetupError - when we do not know the library
 */
export function prepareClient(client: RedisClient): () => ScriptRunner {
  const commands = commandsOf(client)
  return () => {
    const { lastError, release } = listenForErrors(client)
    return {
      async run({ sha1, text }, key, args) {
        try {
          return await commands.evalSha(sha1, key, args)
        } catch (error) {
          if (isRedisError(error, 'NOSCRIPT')) return commands.eval(text, key, args)
          throw error
        }
      },
      notReady() {
        if (commands.isReady()) return undefined
        return new Error('The Redis client is not connected', { cause: lastError() })
      },
      release,
    }
  }
}

/** Tells whether Redis answered with an error of a code, such as `WRONGTYPE`. */
export function isRedisError(error: unknown, code: string): boolean {
  const message = read(error, 'message')
  return typeof message === 'string' && message.includes(code)
}

const READY = new Set(['wait', 'connecting', 'connect', 'ready'])

function commandsOf(client: RedisClient): Commands {
  if (isEmitter(client)) {
    if ('evalsha' in client && typeof client.evalsha === 'function' && typeof client.eval === 'function') {
      return {
        // `wait`: it connects with the first command. While it connects, it keeps commands until it is ready.
        isReady: () => READY.has(client.status),
        evalSha: (sha1, key, args) => client.evalsha(sha1, 1, key, ...args),
        eval: (script, key, args) => client.eval(script, 1, key, ...args),
      }
    }
    if ('evalSha' in client && typeof client.evalSha === 'function' && typeof client.eval === 'function') {
      return {
        isReady: () => client.isReady ?? client.isOpen,
        evalSha: (sha1, key, args) => client.evalSha(sha1, { keys: [key], arguments: args }),
        eval: (script, key, args) => client.eval(script, { keys: [key], arguments: args }),
      }
    }
  }
  throw new SetupError(
    `redisStore was called with ${show(client)}. Give a client of ioredis, iovalkey or redis (node-redis), or a cluster of them.`,
  )
}
