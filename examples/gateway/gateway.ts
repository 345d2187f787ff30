// The gateway itself: what it does, and the errors that it throws. No framework is named here.
import { BizError, catalog } from 'bizerror/catalogs/gateway'
import { addressKey, memoryStore, redisStore, type StoreFactory } from 'bizerror/rate-limit'
import { Redis } from 'ioredis'
import { bodyOf } from '../body.ts'

/** What the error handler of each framework is given, and the pages of the errors. */
export const options = {
  catalog,
  envelope: { 'application/json': 'two-level', 'application/problem+json': 'problem' },
  docsUrl: '/errors/',
} as const

const accounts = new Map([
  ['key-rich', { balance: 10, frozen: false }],
  ['key-poor', { balance: 0, frozen: false }],
  ['key-cold', { balance: 10, frozen: true }],
])

const orders = new Map([
  ['A1', { state: 'pending', expired: false }],
  ['A2', { state: 'paid', expired: false }],
  ['A3', { state: 'pending', expired: true }],
])

const PAYMENT_METHODS = new Set<unknown>(['credit_card', 'alipay'])

/** Lets callers pass who can pay, by what X-API-Key says. */
export function authenticate(key: string | undefined): void {
  if (!key) throw new BizError(40102)
  const account = accounts.get(key)
  if (!account) throw new BizError(40103)
  if (account.frozen) throw new BizError(40301)
  if (account.balance === 0) throw new BizError(40201)
}

/** Who has no key that exists is known by address: invented keys would each be a client of their own. */
export function callerOf(key: string | undefined, ip: string | undefined): string | undefined {
  return key !== undefined && accounts.has(key) ? key : addressKey(ip)
}

/** What holds for every call, and what holds for exports alone, which are dear. */
export function limits() {
  const shared = { catalog, headers: { draft: 'draft-11' }, store: chooseStore() } as const
  return {
    calls: {
      ...shared,
      policies: [
        { name: 'second', limit: 10, window: '1s', error: 42901 },
        { name: 'hour', limit: 1000, window: '1h', error: 42902 },
        { name: 'month', limit: 100_000, window: 'month', error: 42903 },
      ],
    },
    exports: { ...shared, policies: [{ name: 'exports', limit: 1, window: '1h', error: 42902 }] },
  } as const
}

/** Machines with one REDIS_URL share the limits; a machine without counts alone. */
function chooseStore(): StoreFactory {
  const url = process.env['REDIS_URL']
  return url ? redisStore(new Redis(url)) : memoryStore()
}

export const health = () => catalog.ok()

export const quote = () => catalog.ok({ price: '12.30' })

export const startExport = () => catalog.ok({ id: 'export-1' })

export async function forecast() {
  const told = await askProvider().catch((cause: unknown) => {
    throw new BizError(50201, { cause, retryAfter: 5 })
  })
  return catalog.ok(told)
}

/** Asks a provider that is down. */
async function askProvider(): Promise<never> {
  await Promise.resolve()
  throw new Error('connect ECONNREFUSED 10.0.0.7:443')
}

export function checkout(id: string, sent: unknown) {
  const order = orders.get(id)
  if (!order) throw new BizError(40411)
  if (order.state !== 'pending') throw new BizError(40022, { details: { state: order.state } })
  if (order.expired) throw new BizError(40021)
  if (!PAYMENT_METHODS.has(bodyOf(sent)['method'])) throw new BizError(40024)
  return catalog.ok({ url: `https://pay.example/${id}` })
}
