/** A process with a limiter and a cooldown and nothing else. Before it ends, it says how many timers keep it alive. */
import { rateLimit } from '../../src/adapters/express/index.ts'
import { cooldown } from '../../src/rate-limit/index.ts'

const limiter = rateLimit({ policies: [{ name: 'long', limit: 1, window: '30d' }], key: () => 'all' })
const request = { method: 'GET', headers: {} } as never

function response(): never {
  return { headersSent: false, getHeader() {}, setHeader() {} } as never
}

limiter(request, response(), () => console.log('counted'))
limiter(request, response(), (error) => console.log((error as { code: number }).code))
void cooldown({ window: '30d' }).start('a')
process.once('beforeExit', () => {
  console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length)
})
