import { read } from '../../guard/read.ts'
import { isSpanUpTo, spanMilliseconds, SPANS, type Span } from '../../guard/span.ts'
import { checkOptions, type Checks } from '../../guard/options.ts'
import { show } from '../../guard/setup-error.ts'
import { createDeadline, markPunctual } from './deadline.ts'
import { prepareScript, type RedisClient, type RedisScript } from './redis-client.ts'
import { readDecision, SCRIPT, scriptArguments } from './redis-script.ts'
import { KeyFailure, type Decision, type Limit, type Store, type StoreFactory } from './store.ts'

/** The options of `redisStore`. */
export interface RedisStoreOptions {
  /**
   * The keys in Redis begin with it: `bizerror:1:{client}`, where 1 is the version of their format. Policies with the
   * same prefix, name, window and algorithm count together, in whichever limiter and on however many machines. Their
   * limits may differ, so that a changed limit keeps what was counted. @default 'bizerror:'
   */
  readonly prefix?: string | undefined
  /**
   * The longest wait for Redis, after which a request is decided without it: seconds, or a text such as `'100ms'`, at
   * most `'10s'`. @default '100ms'
   */
  readonly timeout?: number | Span | undefined
}

/** Seconds. */
const MAX_TIMEOUT = 10
/** So many commands may be without an answer at once. Waiting for more would fill the memory. */
const MAX_UNANSWERED = 10_000

const CHECKS: Checks<RedisStoreOptions> = {
  // A brace would put all keys onto one node of a cluster.
  prefix: [(value) => typeof value === 'string' && !/[{}]/.test(value), 'a text without { and }'],
  timeout: [(value) => isSpanUpTo(MAX_TIMEOUT, value), `${SPANS}, from '1ms' to '10s'`],
}

/**
 * Counts in Redis 5 and later, or in Valkey: one round trip for each request, whatever the number of policies. The
 * client (ioredis, iovalkey, redis, or a cluster of them) stays the app's, which closes it after the limiter.
 *
 * @throws SetupError - when the client or an option is wrong
 * @example
 * app.use(rateLimit({ policies, store: redisStore(new Redis(process.env.REDIS_URL)) }))
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): StoreFactory {
  const { prefix = 'bizerror:', timeout = '100ms' } = checkOptions(
    'redisStore',
    options,
    CHECKS,
    'an object of options, or nothing',
  )
  const openScript = prepareScript(client, SCRIPT)
  return markPunctual((limits) => createRedisStore(openScript(), limits, prefix, spanMilliseconds(timeout)!))
}

function createRedisStore(
  script: RedisScript,
  limits: readonly Limit[],
  prefix: string,
  timeout: number,
): Store {
  const deadline = createDeadline(timeout)
  const definitions = scriptArguments(limits)
  let closed = false
  let unanswered = 0

  async function decide(key: string, cost: number): Promise<Decision> {
    unanswered++
    try {
      const reply = await run(script, redisKey(prefix, key), [String(cost), ...definitions])
      return readDecision(reply, limits.length)
    } catch (error) {
      throw isError(error, 'WRONGTYPE')
        ? new KeyFailure(`A value in Redis below ${show(prefix)} is not ours`, { cause: error })
        : error
    } finally {
      unanswered--
    }
  }

  return {
    consume(key, cost) {
      const notReady = script.notReady()
      if (notReady) throw notReady
      if (unanswered >= MAX_UNANSWERED) throw new Error(`${unanswered} commands are without an answer`)
      return deadline.within(decide(key, cost))
    },
    close() {
      if (closed) return
      closed = true
      deadline.close()
      script.release()
    },
  }
}

/** Runs the script by its hash, or loads it: a server that has restarted, or a node of a cluster, does not know it. */
async function run(script: RedisScript, key: string, args: string[]): Promise<unknown> {
  try {
    return await script.run(key, args)
  } catch (error) {
    if (isError(error, 'NOSCRIPT')) return script.load(key, args)
    throw error
  }
}

/** The version of the values' format. Another one has other keys, so that both can count during a deployment. */
const FORMAT = '1:'

/** Returns the key in Redis. The client's own key is its hash tag, which alone decides on the node of a cluster. */
function redisKey(prefix: string, key: string): string {
  return `${prefix}${FORMAT}{${CLASHES.test(key) ? key.replaceAll(ALL_CLASHES, escape) : key}}`
}

// A brace would end the hash tag, any lone surrogate would become U+FFFD in UTF-8, and % is the escape itself.
const CLASHES = /[}%\p{Surrogate}]/u
const ALL_CLASHES = new RegExp(CLASHES, 'gu')

function escape(char: string): string {
  return `%${char.charCodeAt(0).toString(16)}`
}

function isError(error: unknown, code: string): boolean {
  const message = read(error, 'message')
  return typeof message === 'string' && message.includes(code)
}
