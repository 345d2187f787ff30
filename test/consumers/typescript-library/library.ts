// A library that exports what it makes with ours: its declarations have to name each type (TS2742, TS4023).
import {
  asyncHandler,
  BizError,
  defineCatalog,
  defineErrors,
  describeError,
  errorHandler,
  isBizError,
  notFound,
  raise,
  recognize,
  relayed,
  requestId,
  type CodesOf,
  type HandlerOptions,
} from 'bizerror'
import * as http from 'bizerror/catalogs/http'
import * as secrets from 'bizerror/catalogs/secrets'
import {
  axiosErrors,
  axiosRetryOptions,
  createClient,
  createReader,
  gotErrors,
  kyErrors,
  ofetchErrors,
  openapiFetchErrors,
} from 'bizerror/client'
import * as onKoa from 'bizerror/koa'

export const part = defineErrors({ PART: { status: 400, message: 'Part {{n}}', title: 'A part' } })
export const shop = defineCatalog({
  name: 'shop',
  errors: [
    part,
    {
      GONE: { status: 410, message: 'Gone' },
      SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
      1006: { status: 409, message: 'Taken' },
    },
  ],
})
export const { errors, BizError: ShopError, is } = shop
export const { SOLD_OUT, 1006: taken } = errors

export const made = () => errors.SOLD_OUT({ params: { left: 1, product: 'tea' } })
export const oneOf = (gone: boolean) => (gone ? errors.GONE() : errors[1006]({ as: 'GONE' }))
export const byKey = (key: 1006 | 'GONE') => new shop.BizError(key)
export const others = [new BizError(1006), new secrets.BizError('token_expired'), new http.BizError(404)]
export const ofStatus = () => new http.BizError(404)
export class OrderError extends ShopError<'SOLD_OUT'> {
  readonly order = 7
}
export class WafError extends BizError<1006> {}

export const base = defineCatalog({
  name: 'base',
  status: 400,
  success: { code: 'OK', message: 'Done' },
  errors: {
    DONE: { code: 'OK', message: 'Done' },
    REFUSED: { code: 'B0001', message: 'Refused by {{bank}}' },
  },
})
export const bank = defineCatalog({
  name: 'bank',
  extends: base,
  errors: { BUSY: { code: -1, message: 'Busy' } },
})
export const { errors: bankErrors } = bank
export const { REFUSED, BUSY } = bankErrors
export const refused = () => bankErrors.REFUSED({ params: { bank: 'ours' }, as: 'BUSY' })
export type BankCode = CodesOf<typeof bank>
export const ofBank = (error: unknown) => (bank.is(error, 'REFUSED') ? error : undefined)
export const bankEntries = [bank.get('BUSY'), ...bank.byCode(-1)]
export const bankOptions = { catalog: bank, conceal: { 404: 'BUSY' } } satisfies HandlerOptions<typeof bank>
export const bankHandler = errorHandler(bankOptions)

export const soldOut = (error: unknown) => (shop.is(error, 'SOLD_OUT', 1006) ? error : undefined)
export const ofShop = (error: unknown) => (shop.is(error) ? error : undefined)
export const ofAny = (error: unknown) => (isBizError(error) ? error : undefined)
export const entries = [...shop, shop.get('SOLD_OUT'), ...shop.byCode(1006)]
export const parts = { shop, errors, raise, describeError, recognize }
export const rule = relayed(shop)
export const middleware = [asyncHandler(() => undefined), notFound(), requestId()]
export const handlers = { express: errorHandler({ catalog: shop }), koa: onKoa.errorHandler() }
export const limits = [onKoa.rateLimit({ policies: [{ name: 'all', window: '1h', limit: 3 }] })]

export const api = createClient<typeof shop>({ baseUrl: 'https://shop.example' })
export const reader = createReader<typeof shop>()
export const fetching = [kyErrors(api), ofetchErrors(api), openapiFetchErrors(api)]
export const interceptor = axiosErrors(reader)
export const retrying = axiosRetryOptions(reader)
export const got = gotErrors(reader)
