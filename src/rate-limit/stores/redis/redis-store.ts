import { isArray } from '../../../guard/read.ts'
import { isSpanUpTo, spanMilliseconds, SPANS, type Span } from '../../../guard/span.ts'
import { checkOptions, type Checks } from '../../../guard/options.ts'
import { show } from '../../../guard/setup-error.ts'
import { createAsking } from '../asking.ts'
import { markPunctual } from '../deadline.ts'
import { readDecision, readNumber } from './answer.ts'
import { BLOCK, blockArguments } from './block.ts'
import { isRedisError, prepareClient, type RedisClient, type Script, type ScriptRunner } from './client.ts'
import { DECIDE, decideArguments, type DecideCommand } from './decide.ts'
import { GIVE_BACK, giveBackArguments } from './give-back.ts'
import { createRedisPolicy } from './policy.ts'
import { RESET, resetArguments } from './reset.ts'
import {
  KeyFailure,
  type StoreDecision,
  type Limit,
  type Limits,
  type Store,
  type StoreFactory,
} from '../store.ts'

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
  const open = prepareClient(client)
  return markPunctual((limits) => createRedisStore(open(), limits, prefix, spanMilliseconds(timeout)!))
}

function createRedisStore(
  scripts: ScriptRunner,
  limits: readonly Limit[],
  prefix: string,
  timeout: number,
): Required<Store> {
  const asking = createAsking(timeout)
  const policies = limits.map(createRedisPolicy)
  const own = limits.map(({ limit }) => limit)
  /** How far the clock of Redis is ahead of ours, in milliseconds, as far as calendars had to know. */
  let ahead = 0
  let closed = false

  /** Runs what asks Redis, unless it would have to wait for others. */
  function inTime<T>(ask: () => Promise<T>): Promise<T> {
    const notReady = scripts.notReady()
    if (notReady) throw notReady
    return asking.ask(ask)
  }

  async function run(script: Script, key: string, args: string[]): Promise<unknown> {
    try {
      return await scripts.run(script, redisKey(prefix, key), args)
    } catch (error) {
      throw isRedisError(error, 'WRONGTYPE')
        ? new KeyFailure(`A value in Redis below ${show(prefix)} is not ours`, { cause: error })
        : error
    }
  }

  async function tell(...told: Parameters<typeof run>): Promise<void> {
    await run(...told)
  }

  async function decide(
    command: DecideCommand,
    key: string,
    cost: number,
    numbers: Limits,
  ): Promise<StoreDecision> {
    const ask = (): Promise<unknown> =>
      run(DECIDE, key, decideArguments(command, cost, policies, numbers, Date.now() + ahead))
    const answer = await ask()
    if (isArray(answer)) return readDecision(answer, numbers)
    ahead = readNumber(answer) - Date.now()
    return readDecision(await ask(), numbers)
  }

  return {
    consume: (key, cost, numbers = own) => inTime(() => decide('consume', key, cost, numbers)),
    peek: (key, cost, numbers = own) => inTime(() => decide('peek', key, cost, numbers)),
    giveBack(key, cost, numbers = own, receipt) {
      // Nothing was counted.
      if (typeof receipt !== 'number') return undefined
      return inTime(() => tell(GIVE_BACK, key, giveBackArguments(cost, policies, numbers, receipt)))
    },
    reset: (key) => inTime(() => tell(RESET, key, resetArguments(policies))),
    block: (key, seconds) => inTime(() => tell(BLOCK, key, blockArguments(seconds, policies))),
    close() {
      if (closed) return
      closed = true
      asking.close()
      scripts.release()
    },
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
