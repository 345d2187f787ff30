import express, { type Request, type Response } from 'express'
import express4 from 'express4'
import Koa from 'koa'
import Koa2 from 'koa2'
import {
  asyncHandler,
  bizErrors,
  BizError,
  defineCatalog,
  defineErrors,
  describeError,
  errorHandler,
  isBizError,
  notFound,
  rateLimit,
  requestId,
  SetupError,
  type BizErrorConstructor,
  type BizErrorOptions,
  type Catalog,
  type CatalogDefinition,
  type Code,
  type CodesOf,
  type ConcealDefinition,
  type ConcealRule,
  type DescribeErrorOptions,
  type Entry,
  type EntryDefinition,
  type EnvelopeFunction,
  type EnvelopeName,
  type ErrorDescription,
  type HandlerOptions,
  type ErrorAnswer,
  type ErrorReport,
  type IdentifyRule,
  type KeysOf,
  type Locales,
  type Logger,
  type Module,
  type ModuleDefinition,
  type ParamsIn,
  type ParamValue,
  type RequestIdOptions,
  type SuccessDefinition,
  type TypedCatalog,
} from 'bizerror'
import * as cdn from 'bizerror/catalogs/cdn'
import * as cloudWaf from 'bizerror/catalogs/cloud-waf'
import * as gateway from 'bizerror/catalogs/gateway'
import * as secrets from 'bizerror/catalogs/secrets'
import * as onExpress from 'bizerror/express'
import * as onKoa from 'bizerror/koa'
import type { BizError as BizErrorOf } from 'bizerror/catalog'
import { limitHandler, memoryStore, type StoreFactory } from 'bizerror/rate-limit'
import { storeContract, type StoreCase, type StoreContractOptions } from 'bizerror/testing'
import german from 'bizerror/locales/de/cloud-waf.json' with { type: 'json' }

// A catalog of one's own: codes, params and statuses are typed from the object.
const errors = defineErrors({
  10001: { status: 404, message: 'Product not found', action: 'Check the product id' },
  10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
  sold_out: { status: 410, message: 'Sold out', retryable: false },
})
export const shop = defineCatalog({
  name: 'shop',
  modules: { stock: '10000-10999', words: { title: 'Words' } },
  errors: {
    10001: { status: 404, message: 'Product not found', action: 'Check the product id' },
    10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
    TOO_MANY: { code: '10029', status: 429, message: 'Too many orders' },
    sold_out: { status: 410, module: 'words', message: 'Sold out', retryable: false },
  },
})
export const { BizError: ShopError } = shop
export const typed: TypedCatalog<typeof errors> = defineCatalog({ name: 'typed', errors })
export const anyCatalog: Catalog = shop
export const constructor: BizErrorConstructor<typeof errors> = typed.BizError

export function sell(): never {
  throw new ShopError(10002, {
    params: { left: 3, product: 'tea' },
    retryAfter: 2,
    headers: { 'X-A': 1 },
    as: 10001,
  })
}
// @ts-expect-error -- no such code
export const noCode = new ShopError(10003)
// @ts-expect-error -- the text has params
export const noParams = new ShopError(10002)
// @ts-expect-error -- one param is missing
export const fewParams = new ShopError(10002, { params: { left: 3 } })
// @ts-expect-error -- a number is not the word
export const wrongKind = new ShopError('10001')
// @ts-expect-error -- no such code
export const noWafCode = new BizError(999999)
export const params: ParamsIn<'Only {{left}} of {{product}} left'> = { left: 1, product: 'tea' }

export class OrderError extends ShopError<10001> {
  readonly order = 7
}

export function narrow(error: unknown): Code | undefined {
  if (shop.is(error, 10001, 'sold_out')) {
    const key: 10001 | 'sold_out' = error.key
    return key
  }
  return isBizError(error) ? error.code : undefined
}
export const thrown: BizError = new BizError(1006)
export const others = [new cdn.BizError(2130), new cloudWaf.BizError(1006), new gateway.BizError(40302)]
export const word: secrets.BizError = new secrets.BizError('token_expired')
export const entry: Entry<1006> = cloudWaf.catalog.get(1006)
export const maybeEntry: Entry | undefined = anyCatalog.get(1006)
export const entries: Entry[] = [...cdn.catalog]
export const description: ErrorDescription = describeError(thrown, {
  locale: 'fr',
  catalog: shop,
} satisfies DescribeErrorOptions)
export const success: object = shop.ok({ id: 1 })

// Everything that an option can be.
const logger: Logger = { error: (record: object, message: string) => console.error(record, message) }
const envelope: EnvelopeFunction = ({ code, message, details }) => ({ code, message, details })
const envelopeName: EnvelopeName = 'problem'
const identify: IdentifyRule<typeof shop> = (error) =>
  error instanceof SetupError ? new ShopError(10001) : undefined
const rule: ConcealRule<typeof shop> = { errors: [10001, 10002], as: 'sold_out' }
const conceal: ConcealDefinition<typeof shop> = [rule]
const locales: Locales = { de: { 'cloud-waf': german } }
const ids: RequestIdOptions = { generate: () => crypto.randomUUID() }
export const parts = {
  definition: { name: 'a', errors } satisfies CatalogDefinition,
  entry: { status: 404, message: 'Gone' } satisfies EntryDefinition,
  module: { range: '1-2' } satisfies ModuleDefinition,
  modules: shop.modules satisfies ReadonlyMap<string, Module>,
  success: { code: 0, message: 'OK' } satisfies SuccessDefinition,
  options: { details: { a: 1 }, status: 409 } satisfies BizErrorOptions,
  value: 3 satisfies ParamValue,
  conceal: { 401: 401 } satisfies ConcealDefinition,
}
const options = {
  catalog: shop,
  envelope,
  locales,
  fallbackLocale: 'en',
  identify: [identify],
  conceal,
  httpStatus: 200,
  docsUrl: 'https://example.com/errors/',
  logger,
  onAnswer: (answer: ErrorAnswer) => answer.status,
  onReport: (report: ErrorReport) => report.sent,
} satisfies HandlerOptions<typeof shop>
// @ts-expect-error -- no such option
errorHandler({ catalogue: shop })
export const told: CodesOf<typeof shop> = shop.errors.TOO_MANY().code satisfies '10029'
export const thrower = (key: KeysOf<typeof shop>): BizErrorOf => new shop.BizError(key)

// Express 5.
const app = express()
app.use(requestId(ids))
app.get(
  '/async',
  asyncHandler(async (request: Request, response: Response) => response.json(request.params)),
)
app.get('/routed', requestId(), notFound())
app.use(notFound())
app.use(errorHandler())
app.use(errorHandler(options))
app.use(errorHandler({ onAnswer: ({ error }, { res }: Request) => (res!.locals['error'] = error) }))
app.use(errorHandler({ locale: (request: Request) => request.get('X-Locale') }))
app.use(
  '/api',
  onExpress.requestId(),
  onExpress.notFound(),
  onExpress.errorHandler({ envelope: envelopeName }),
)
express.Router().use(
  onExpress.asyncHandler(() => undefined),
  errorHandler(),
)

// Express 4.
const app4 = express4()
app4.use(requestId(ids))
app4.get(
  '/async',
  asyncHandler(async (request: express4.Request, response: express4.Response) =>
    response.json(request.params),
  ),
)
app4.use(notFound())
app4.use(errorHandler())
app4.use(errorHandler(options))
app4.use(errorHandler({ locale: (request: express4.Request) => request.get('X-Locale') }))
app4.use(
  '/api',
  onExpress.requestId(),
  onExpress.notFound(),
  onExpress.errorHandler({ envelope: envelopeName }),
)
express4.Router().use(
  onExpress.asyncHandler(() => undefined),
  errorHandler(),
)

// Options name keys of the catalog beside them, and their functions know the request.
const tooMany = { when: RangeError, error: 'TOO_MANY' } as const
app.use(errorHandler({ catalog: shop, identify: tooMany, locale: (req) => req.get('X-Locale') }))
app4.use(errorHandler({ locale: (req) => req.get('X-Locale'), conceal: { 404: 'sold_out' }, catalog: shop }))
const policies = [{ name: 'hour', window: '1h', limit: 9, error: 'TOO_MANY' }] as const
app.use(rateLimit({ catalog: shop, policies, key: (req) => req.ip }))
app.use(
  bizErrors(app, { catalog: shop, rateLimit: { policies }, locale: (req: Request) => req.get('X-Locale') }),
)
describeError(thrown, { catalog: shop, identify: tooMany })
limitHandler({ catalog: shop, error: 'TOO_MANY' })
// @ts-expect-error -- a code is no key
app.use(errorHandler({ catalog: shop, identify: { when: RangeError, error: '10029' } }))
// @ts-expect-error -- its message needs params
app4.use(errorHandler({ catalog: shop, conceal: { 404: 10002 }, locale: (req) => req.get('X-Locale') }))
// @ts-expect-error -- no such key
app.use(rateLimit({ catalog: shop, policies: [{ name: 'hour', window: '1h', limit: 9, error: 10029 }] }))

// Koa 3 and 2.
const koa = new Koa()
koa.use(onKoa.errorHandler()).use(onKoa.requestId(ids)).use(onKoa.errorHandler(options))
koa.use(
  onKoa.errorHandler({ onAnswer: ({ error }, context: Koa.Context) => (context.state['error'] = error) }),
)
koa.use(onKoa.errorHandler({ locale: (context: Koa.Context) => context.get('X-Locale') }))
koa.use(onKoa.errorHandler({ catalog: shop, identify: [tooMany], locale: (ctx) => ctx.get('X-Locale') }))
koa.use(onKoa.rateLimit({ catalog: shop, policies, key: (ctx) => ctx.ip }))
onKoa.bizErrors(koa, { catalog: shop, conceal: { 404: 'sold_out' }, locale: (ctx) => ctx.get('X-Locale') })
// @ts-expect-error -- no such key
koa.use(onKoa.errorHandler({ catalog: shop, conceal: { 404: 'LOST' }, locale: (ctx) => ctx.get('X-Locale') }))
new Koa<{ user: string }>().use(onKoa.errorHandler())

const koa2 = new Koa2()
koa2.use(onKoa.errorHandler()).use(onKoa.requestId(ids)).use(onKoa.errorHandler(options))
koa2.use(onKoa.errorHandler({ locale: (context: Koa2.Context) => context.get('X-Locale') }))
koa2.use(onKoa.errorHandler({ catalog: shop, identify: [tooMany], locale: (ctx) => ctx.get('X-Locale') }))
new Koa2<{ user: string }>().use(onKoa.errorHandler())

// The tests of a store of one's own.
const apart: StoreContractOptions = { shared: false, without: ['giveBack'] }
export const cases: readonly StoreCase[] = storeContract(
  async (): Promise<StoreFactory> => memoryStore(),
  apart,
)
// @ts-expect-error -- a store, and not what makes it
storeContract(memoryStore()([]))
