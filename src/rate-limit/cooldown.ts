import { checkOptions, type Checks } from '../guard/options.ts'
import type { LimiterHandle } from './handle.ts'
import { createDeadline } from './stores/deadline.ts'
import { storeKey } from './key.ts'
import { checkShare } from './stores/fallback/local.ts'
import { openStore } from './stores/open-store.ts'
import { isAllowed } from './stores/store.ts'
import { STORE_CHECKS, timeoutOf, type StoreOptions } from './store-options.ts'
import { isName, NAMES } from './policy.ts'
import { secondsToWait } from './refusal.ts'
import { createWarn, rarely } from './warn.ts'
import { TIME_ZONES } from './time-zone.ts'
import { createWindow, isWindow, warnOfMilliseconds, WINDOWS, type WindowDefinition } from './window.ts'

/** The options of `cooldown`. They are checked once, when it is called. */
export interface CooldownOptions extends StoreOptions {
  /** The time for which something rests once it was started: `'10m'`, seconds, or the rest of a `'day'`, `'week'` or `'month'`. */
  readonly window: WindowDefinition
  /** The IANA name of the time zone that a calendar window is of, such as `'Europe/Berlin'`. @default 'UTC' */
  readonly timeZone?: string | undefined
  /** Keeps cooldowns apart that share a store. @default 'cooldown' */
  readonly name?: string | undefined
}

/** Lets things happen once, and then makes them rest. */
export interface Cooldown extends LimiterHandle {
  /**
   * Starts the rest of a key, unless it is resting. Of many callers at once, one starts it. Never rejects: without a
   * store, and without a key, nothing rests.
   *
   * @returns 0 when it was started, else the whole seconds that are left
   */
  readonly start: (key: string | number) => Promise<number>
}

const CHECKS: Checks<CooldownOptions> = {
  ...STORE_CHECKS,
  window: [isWindow, WINDOWS],
  timeZone: [(value) => typeof value === 'string', TIME_ZONES],
  name: [isName, `${NAMES}, as in 'alerts'`],
}

/**
 * Makes a cooldown. It keeps an alert that was sent from being sent again for ten minutes.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * const alerts = cooldown({ window: '10m' })
 * const retryAfter = await alerts.start(alertId)
 * if (retryAfter > 0) throw new BizError(5008, { retryAfter })
 */
export function cooldown(given: CooldownOptions): Cooldown {
  const options = checkOptions('cooldown', given, CHECKS, "{ window }, such as { window: '10m' }")
  const { name = 'cooldown', onStateChange } = options
  const where = `Cooldown ${name}`
  const window = createWindow(where, options.window, options.timeZone)
  const fallback = checkShare(options.fallback)
  const limits = [{ name, limit: 1, window, algorithm: 'fixed' }] as const
  const warn = createWarn(options.logger)
  const warnRarely = rarely(warn)
  warnOfMilliseconds(where, options.window, warn)
  const deadline = createDeadline(timeoutOf(options.timeout))
  const store = openStore(limits, options.store, deadline, { fallback, onStateChange, warn })

  return {
    async start(key) {
      const known = storeKey(key)
      if (known === undefined) {
        warnRarely('A cooldown was started without a key: give a text or a number')
        return 0
      }
      try {
        const decision = await store.consume(known, 1)
        return isAllowed(decision, [1]) ? 0 : secondsToWait(decision, limits)
      } catch (error) {
        warnRarely('The store of a cooldown failed; nothing rests', error)
        return 0
      }
    },
    get degraded() {
      return store.degraded
    },
    close: () => store.close(),
  }
}
