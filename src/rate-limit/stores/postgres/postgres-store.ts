import { checkOptions, type Checks } from '../../../guard/options.ts'
import { isSpanUpTo, spanMilliseconds, SPANS, type Span } from '../../../guard/span.ts'
import { createAsking } from '../asking.ts'
import { markPunctual } from '../deadline.ts'
import { createPolicyTexts, readDecision, readNumber, type Answer } from './call.ts'
import { checkPool, holdPool, sqlState, type PostgresPool } from './pool.ts'
import { prepareCaller, type Values } from './caller.ts'
import { definitionsOf, namesOf, sweepOf, type Names } from './sql.ts'
import { createSweeper } from './sweeper.ts'
import { KeyFailure, type Limit, type Limits, type Store, type StoreFactory } from '../store.ts'

/** The options of `postgresStore`. */
export interface PostgresStoreOptions {
  /**
   * The table of the counts, `'limits'` or `'app.limits'` in a schema that is there. Policies in one table with the same
   * name, window and algorithm count together, in whichever limiter and on however many machines. Their limits may
   * differ, so that a changed limit keeps what was counted. @default 'bizerror_limits'
   */
  readonly table?: string | undefined
  /**
   * The longest wait for PostgreSQL and for a connection of the pool, after which a request is decided without it:
   * seconds, or a text such as `'250ms'`, at most `'10s'`. @default '1s'
   */
  readonly timeout?: number | Span | undefined
}

const DEFAULT_TABLE = 'bizerror_limits'
/** PostgreSQL cuts names after 63 bytes. Those of the procedure and the index are longer than the table's. */
const TABLE = /^(?:[\w$-]{1,63}\.)?[\w$-]{1,50}$/
/** Seconds. */
const MAX_TIMEOUT = 10

const CHECKS: Checks<PostgresStoreOptions> = {
  table: [
    (value) => typeof value === 'string' && TABLE.test(value),
    "a name of at most 50 letters, digits, _, - and $, as in 'limits', or in a schema, as in 'app.limits'",
  ],
  timeout: [(value) => isSpanUpTo(MAX_TIMEOUT, value), `${SPANS}, from '1ms' to '10s'`],
}

/**
 * Counts in PostgreSQL 14 and later, for teams without Redis: one statement for each request, whatever the number of
 * policies. Makes its table and its procedure where they are missing. The pool stays the app's, which ends it after the
 * limiter.
 *
 * @throws SetupError - when the pool or an option is wrong
 * @example
 * app.use(rateLimit({ policies, store: postgresStore(new Pool({ connectionString: process.env.DATABASE_URL })) }))
 */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): StoreFactory {
  checkPool(pool)
  const { table = DEFAULT_TABLE, timeout = '1s' } = checkStoreOptions('postgresStore', options)
  const names = namesOf(table)
  return markPunctual((limits) => createPostgresStore(pool, limits, names, spanMilliseconds(timeout)!))
}

/**
 * Returns the SQL of what `postgresStore` needs, for an app whose role may not make it. The role then needs the rights
 * to select, insert, update and delete in the table. It can be run again and again.
 *
 * @throws SetupError - when an option is wrong
 */
export function postgresStoreSql(options: Pick<PostgresStoreOptions, 'table'> = {}): string {
  return definitionsOf(namesOf(checkStoreOptions('postgresStoreSql', options).table ?? DEFAULT_TABLE))
}

function checkStoreOptions(caller: string, options: PostgresStoreOptions): PostgresStoreOptions {
  return checkOptions(caller, options, CHECKS, 'an object of options, or nothing')
}

/** @param firstSweep - milliseconds after the first answer */
export function createPostgresStore(
  pool: PostgresPool,
  limits: readonly Limit[],
  names: Names,
  timeout: number,
  firstSweep?: number,
): Required<Store> {
  const asking = createAsking(timeout)
  const call = prepareCaller(pool, names)
  const policies = createPolicyTexts(limits)
  const own = limits.map(({ limit }) => limit)
  const release = holdPool(pool)
  const sweeper = createSweeper(sweep, firstSweep)
  /** The error of the last sweep, where our role may not sweep: the table would grow without end. */
  let forbidden: Error | undefined
  let closed = false

  async function sweep(): Promise<number> {
    try {
      const { rows } = await pool.query(sweepOf(names))
      forbidden = undefined
      return rows.length
    } catch (error) {
      if (sqlState(error) === '42501')
        forbidden = new Error(`Expired rows of ${names.table} cannot be deleted`, { cause: error })
      throw error
    }
  }

  async function run(
    task: string,
    key: string,
    cost: number,
    numbers: Limits,
    receipt?: number,
  ): Promise<Answer> {
    const values = (): Values => [
      task,
      safeKey(key),
      String(cost),
      policies.write(numbers),
      receipt === undefined ? null : String(receipt),
      String(timeout),
    ]
    let answer = await call(values())
    if (answer.length === 1) {
      policies.setClock(readNumber(answer[0]) / 1000)
      answer = await call(values())
    }
    sweeper.begin()
    if (answer.length === 0) throw new KeyFailure(`The row of a key in ${names.table} is not ours`)
    return answer
  }

  function ask(...asked: Parameters<typeof run>): Promise<Answer> {
    if (forbidden !== undefined) throw forbidden
    return asking.ask(() => run(...asked))
  }

  return {
    async consume(key, cost, numbers = own) {
      const answer = await ask('consume', key, cost, numbers)
      const decision = readDecision(answer, numbers)
      return decision.allowed ? { ...decision, receipt: answer[0] } : decision
    },
    async peek(key, cost, numbers = own) {
      return readDecision(await ask('peek', key, cost, numbers), numbers)
    },
    async giveBack(key, cost, numbers = own, receipt) {
      if (Number.isSafeInteger(receipt)) await ask('give back', key, cost, numbers, receipt as number)
    },
    async reset(key) {
      await ask('reset', key, 0, own)
    },
    async block(key, seconds) {
      await ask('block', key, Math.round(seconds * 1000), own)
    },
    close() {
      if (closed) return
      closed = true
      sweeper.close()
      asking.close()
      release()
    },
  }
}

/** The primary key's index takes 2,704 bytes. */
const MAX_KEY = 2_000

/**
 * Returns a key that a database of any encoding has: a text of PostgreSQL has no NUL, and UTF-8 no lone surrogates.
 *
 * @throws KeyFailure - when it is too long for the table
 */
function safeKey(key: string): string {
  const safe = key.replaceAll(
    /[^\x20-\x24\x26-\x7e]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  if (safe.length > MAX_KEY) throw new KeyFailure(`A key has ${safe.length} characters`)
  return safe
}
