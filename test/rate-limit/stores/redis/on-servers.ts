import { describe } from 'vitest'
import { say } from '../../../support/printed.ts'
import { isInstalled, startRedis, startServer, WHY_SKIPPED, withoutRedis } from './redis-server.ts'

/**
 * Runs a suite on Redis, and on Valkey where it can be had: Debian has it from its 13th version on, and `.ci/run` takes
 * it from the backports of the 12th.
 */
export function onServers(file: string, title: string, suite: (start: typeof startRedis) => void): void {
  describe.skipIf(withoutRedis(file))(`${title} on Redis${WHY_SKIPPED}`, () => suite(startRedis))
  const isMissing = !isInstalled('valkey-server')
  if (isMissing) say(`${file} DID NOT RUN on Valkey: there is no valkey-server. Install Valkey 8 to run it.`)
  const why = isMissing ? ' (skipped: no valkey-server is installed)' : ''
  describe.skipIf(isMissing)(`${title} on Valkey${why}`, () =>
    suite((settings, at) => startServer('valkey-server', settings, at)),
  )
}
