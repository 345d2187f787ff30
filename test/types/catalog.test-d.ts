import {
  defineCatalog,
  defineErrors,
  isBizError,
  raise,
  type Catalog,
  type Code,
  type CodesOf,
  type Entry,
  type EntryDefinition,
  type KeysOf,
} from '../../src/index.ts'
import { BizError as WafError, catalog as waf } from '../../src/catalogs/cloud-waf.ts'
import { BizError as GatewayError } from '../../src/catalogs/gateway.ts'
import { BizError as SecretsError } from '../../src/catalogs/secrets.ts'
import { expectTypeOf } from 'vitest'
import json from './errors.json' with { type: 'json' }
import type { BizError as BizErrorType } from '../../src/error/biz-error.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    10001: { status: 404, message: 'Product not found' },
    10002: { status: 409, message: 'Only {{left}} of {{ - product }} left' },
    10003: { status: 409, message: '{{count, number}} left' },
    sold_out: { status: 410, message: 'Sold out' },
  },
})
const { BizError } = shop

// Only known codes compile.
new BizError(10001)
new BizError('sold_out')
// @ts-expect-error -- the catalog has no such code
new BizError(10009)
// @ts-expect-error -- 10001 and '10001' are different codes
new BizError('10001')
// @ts-expect-error -- a number is not a code of its own
new BizError(10001 as number)
// @ts-expect-error -- a success cannot be thrown
new GatewayError(200)
new GatewayError(42901)
new WafError(1006)
// @ts-expect-error -- not a code of cloud-waf
new WafError(42901)
new SecretsError('token_expired', { as: 'authentication_required' })
// @ts-expect-error -- `as` names a code of the same catalog
new SecretsError('token_expired', { as: 401 })

// Params are asked for exactly when the message has placeholders.
new BizError(10002, { params: { left: 3, product: 'tea' } })
new BizError(10003, { params: { count: 3 }, retryAfter: 10 })
new BizError(10001, { details: { id: 1 }, cause: new Error('x'), headers: { 'X-A': 1 }, status: 200 })
// @ts-expect-error -- the message needs params
new BizError(10002)
// @ts-expect-error -- `product` is missing
new BizError(10002, { params: { left: 3 } })
// @ts-expect-error -- the message has no `color`
new BizError(10002, { params: { left: 3, product: 'tea', color: 'red' } })
// @ts-expect-error -- the message has no placeholders
new BizError(10001, { params: { left: 3 } })
// @ts-expect-error -- count chooses the plural form, so it is a number
new BizError(10003, { params: { count: '3' } })
// @ts-expect-error -- an object is no value for a text
new BizError(10002, { params: { left: {}, product: 'tea' } })

// The thrown error knows its code.
expectTypeOf(new BizError(10001).code).toEqualTypeOf<10001>()
expectTypeOf(new BizError('sold_out').status).toBeNumber()

// Each error has a function of its own, for which the same holds.
const { errors } = shop
expectTypeOf(errors.sold_out().key).toEqualTypeOf<'sold_out'>()
expectTypeOf(errors[10002]({ params: { left: 3, product: 'tea' } }).code).toEqualTypeOf<10002>()
expectTypeOf(errors.sold_out()).toEqualTypeOf(new BizError('sold_out'))
errors.sold_out({ as: 10001 })
// @ts-expect-error -- the catalog has no such error
errors.gone()
// @ts-expect-error -- the message needs params
errors[10002]()
// @ts-expect-error -- `product` is missing
errors[10002]({ params: { left: 3 } })
// @ts-expect-error -- the message has no placeholders
errors.sold_out({ params: { left: 3 } })
// @ts-expect-error -- `as` names an error of the same catalog
errors.sold_out({ as: 'gone' })
// @ts-expect-error -- nor one whose text needs params
errors.sold_out({ as: 10002 })

// Where the key is computed, or the errors are loaded, params are known at run time alone.
declare const key: 10001 | 10002
new BizError(key)
new BizError(key, { params: { left: 3 } })
const loaded = defineCatalog({ name: 'loaded', errors: {} as Record<string, EntryDefinition> })
new loaded.BizError(1006, { params: { any: 'value' } })
loaded.errors['GONE']?.()
const quoted: { '1006': { status: number; message: string } } = { 1006: { status: 409, message: 'Taken' } }
new (defineCatalog({ name: 'quoted', errors: quoted }).BizError)(1006)

// raise stands where a statement cannot.
declare const found: string | undefined
expectTypeOf(found ?? raise(errors.sold_out())).toBeString()
// @ts-expect-error -- it takes an error, not what makes one
expectTypeOf(() => raise(errors.sold_out)).toBeFunction()

// Narrowing belongs to the catalog.
declare const thrown: unknown
if (waf.is(thrown, 1006)) expectTypeOf(thrown.code).toEqualTypeOf<1006>()
if (isBizError(thrown)) expectTypeOf(thrown.code).toEqualTypeOf<string | number>()
if (shop.is(thrown)) expectTypeOf(thrown.key).toEqualTypeOf<10001 | 10002 | 10003 | 'sold_out'>()
if (shop.is(thrown, 'sold_out', 10001)) {
  expectTypeOf(thrown.key).toEqualTypeOf<'sold_out' | 10001>()
  if (thrown.key === 10001) expectTypeOf(thrown.code).toEqualTypeOf<10001>()
}
// @ts-expect-error -- another catalog's error
shop.is(thrown, 1006)
// @ts-expect-error -- asks for keys at the catalog's own `is`
isBizError(thrown, 1006)

// A catalog knows its entries.
expectTypeOf(shop.get(10001).message).toBeString()
expectTypeOf(shop.get(10001).code).toEqualTypeOf<10001>()
expectTypeOf(shop.get(1 as number)).toBeNullable()
expectTypeOf(shop.byCode('sold_out')).toEqualTypeOf<readonly Entry<Code, 'sold_out'>[]>()
expectTypeOf(shop.byCode('not_found')).toEqualTypeOf<readonly Entry[]>()
expectTypeOf<(typeof shop.$infer)['sold_out']>().toEqualTypeOf<{
  readonly status: 410
  readonly message: 'Sold out'
}>()
expectTypeOf(waf.ok({})).toBeObject()
expectTypeOf(shop).toExtend<Catalog>()
for (const entry of shop) expectTypeOf(entry.retryable).toBeBoolean()

// Clients are told a code that need not be the key; several errors may have the same.
const bank = defineCatalog({
  name: 'bank',
  status: 400,
  success: { code: 100001, message: 'Done' },
  errors: {
    DONE: { code: 100001, status: 200, message: 'Done' },
    REFUSED: { code: 'REFUSED_BY_BANK', status: 402, message: 'Refused' },
    NO_MONEY: { code: -1003, parent: 'REFUSED', message: 'Only {{left}} left' },
    POOR: { code: -1003, status: 200, message: 'Not enough' },
    BUSY: { message: 'Busy', deprecated: { use: 'POOR' } },
    0: { status: 409, message: 'Zero' },
  },
  foreign: { byStatus: { 404: 'REFUSED' }, byCondition: { 'already-exists': 0 } },
})
expectTypeOf(bank.errors.REFUSED().key).toEqualTypeOf<'REFUSED'>()
expectTypeOf(bank.errors.REFUSED().code).toEqualTypeOf<'REFUSED_BY_BANK'>()
expectTypeOf(bank.errors.NO_MONEY({ params: { left: 1 } }).code).toEqualTypeOf<-1003>()
expectTypeOf(new bank.BizError('BUSY').code).toEqualTypeOf<'BUSY'>()
expectTypeOf(new bank.BizError(0).code).toEqualTypeOf<0>()
// An error that is answered with 200 can be thrown, and only the success cannot, whatever its key.
bank.errors.POOR()
// @ts-expect-error -- the success of the catalog, by its code
bank.errors.DONE()
// @ts-expect-error -- the success of the catalog, by its code
new bank.BizError('DONE')
// @ts-expect-error -- a code is no key
new bank.BizError(-1003)
// @ts-expect-error -- a code is no key
new bank.BizError('REFUSED_BY_BANK')
expectTypeOf<KeysOf<typeof bank>>().toEqualTypeOf<'REFUSED' | 'NO_MONEY' | 'POOR' | 'BUSY' | 0>()
expectTypeOf<CodesOf<typeof bank>>().toEqualTypeOf<'REFUSED_BY_BANK' | -1003 | 'BUSY' | 0>()
expectTypeOf<KeysOf<Catalog>>().toEqualTypeOf<Code>()
expectTypeOf<CodesOf<Catalog>>().toEqualTypeOf<Code>()
if (bank.is(thrown, 'POOR', 'BUSY')) {
  expectTypeOf(thrown.code).toEqualTypeOf<-1003 | 'BUSY'>()
  if (thrown.code === 'BUSY') expectTypeOf(thrown.key).toEqualTypeOf<'BUSY'>()
}
if (bank.is(thrown)) expectTypeOf(thrown.code).toEqualTypeOf<CodesOf<typeof bank>>()
// @ts-expect-error -- a code is no key
bank.is(thrown, -1003)
expectTypeOf(bank.get('POOR')).toEqualTypeOf<Entry<'POOR', -1003>>()
expectTypeOf(bank.get('POOR' as 'POOR' | 'BUSY').code).toEqualTypeOf<-1003 | 'BUSY'>()
expectTypeOf(bank.byCode(-1003)).toEqualTypeOf<readonly Entry<Code, -1003>[]>()
expectTypeOf(bank.errors.BUSY().status).toBeNumber()
expectTypeOf<(typeof bank.$infer)['BUSY']>().toEqualTypeOf<{
  readonly status: number
  readonly message: 'Busy'
}>()
expectTypeOf(isBizError(thrown) ? thrown.code : 0).toEqualTypeOf<Code>()
// An error of which only the key is written may have any code.
declare const busy: BizErrorType<'BUSY'>
expectTypeOf(busy.code).toEqualTypeOf<Code>()
bank.errors.REFUSED() satisfies BizErrorType<'REFUSED'>
bank.errors.REFUSED() satisfies BizErrorType
// Where the success's code is not known, none is left out.
const someSuccess = defineCatalog({
  name: 'some',
  success: { code: 0 as number, message: '' },
  errors: { 0: { status: 409, message: 'Zero' } },
})
new someSuccess.BizError(0)

// A catalog has the errors of the one that it extends, and its own go first.
const chain = defineCatalog({
  name: 'chain',
  extends: bank,
  errors: { POOR: { code: 7, status: 402, message: 'Poor {{who}}' }, OURS: { status: 409, message: 'Ours' } },
  foreign: { byStatus: { 400: 'REFUSED', 409: 'OURS' } },
})
expectTypeOf(chain.errors.REFUSED({ as: 'OURS' }).code).toEqualTypeOf<'REFUSED_BY_BANK'>()
expectTypeOf(chain.errors.POOR({ params: { who: 'you' } }).code).toEqualTypeOf<7>()
expectTypeOf<CodesOf<typeof chain>>().toEqualTypeOf<'REFUSED_BY_BANK' | -1003 | 'BUSY' | 7 | 'OURS'>()
// @ts-expect-error -- neither has it
chain.errors.GONE()
declare const plain: Catalog
defineCatalog({
  name: 'mine',
  extends: plain,
  errors: { OURS: { status: 409, message: 'Ours' } },
}).errors.OURS()
const anyKeys = defineCatalog({
  name: 'any',
  extends: loaded,
  errors: { 7: { status: 409, message: 'Seven' } },
})
anyKeys.errors[7]()
anyKeys.errors['ANY']?.({ params: { of: 'them' } })
// @ts-expect-error -- a catalog, not its errors
defineCatalog({ name: 'mine', extends: bank.errors, errors: { OURS: { status: 409, message: 'Ours' } } })

// Codes that are read from JSON, or in a type, are not known.
const ofJson = defineCatalog({ name: 'json', errors: json, success: { code: 0, message: 'OK' } })
expectTypeOf(ofJson.errors.TAKEN().code).toEqualTypeOf<number>()
expectTypeOf(ofJson.errors.LOST({ params: { what: 'tea' } }).code).toEqualTypeOf<string>()
expectTypeOf(new ofJson.BizError(1006).code).toEqualTypeOf<1006>()
// @ts-expect-error -- no such key
new ofJson.BizError('GONE')
const known = defineCatalog({ name: 'known', errors: {} as Record<'A' | 'B', EntryDefinition> })
expectTypeOf(known.errors.A({ params: { any: 1 } }).code).toEqualTypeOf<Code>()
expectTypeOf(loaded.byCode(7)).toEqualTypeOf<readonly Entry<Code, 7>[]>()

// Codes may be split over several objects.
const split = defineCatalog({
  name: 'split',
  errors: [{ 1: { status: 400, message: 'Bad {{what}}' } }, { 2: { status: 404, message: 'Not found' } }],
})
new split.BizError(1, { params: { what: 'day' } })
new split.BizError(2)
// @ts-expect-error -- neither part has it
new split.BizError(3)
// @ts-expect-error -- the message needs params
new split.BizError(1)

// A part in a file of its own is typed where it is written.
const stock = defineErrors({ SOLD_OUT: { status: 409, message: '{{left}} left', title: 'Sold out' } })
const joined = defineCatalog({
  name: 'joined',
  errors: [stock, { 2: { status: 404, message: 'Not found' } }],
})
joined.errors.SOLD_OUT({ params: { left: 3 }, as: 2 })
joined.errors[2]()
// @ts-expect-error -- the message needs params
joined.errors.SOLD_OUT()
// @ts-expect-error -- neither part has it
joined.errors.GONE()
const own = defineErrors({ GONE: { code: 'G', message: 'Gone' }, LOST: { message: '{{what}} is lost' } })
const ofParts = defineCatalog({ name: 'of-parts', status: 410, errors: [own, stock] })
expectTypeOf(ofParts.errors.GONE().code).toEqualTypeOf<'G'>()
expectTypeOf(ofParts.errors.LOST({ params: { what: 'tea' } }).code).toEqualTypeOf<'LOST'>()
// @ts-expect-error -- the message needs params
ofParts.errors.LOST()
// @ts-expect-error -- an entry needs a message
defineErrors({ GONE: { status: 410 } })
// @ts-expect-error -- a code is a number or a text
defineErrors({ GONE: { code: {}, status: 410, message: 'Gone' } })

// @ts-expect-error -- an entry needs a message
defineCatalog({ name: 'x', errors: { 1: { status: 400 } } })
defineCatalog({
  name: 'x',
  errors: { A: { status: 400, message: 'x' } },
  // @ts-expect-error -- no such error
  foreign: { byStatus: { 404: 'LOST' } },
})
defineCatalog({
  name: 'x',
  errors: { A: { status: 400, message: '{{x}}' } },
  // @ts-expect-error -- its message needs params
  foreign: { byCondition: { 'already-exists': 'A' } },
})
// @ts-expect-error -- no such envelope
defineCatalog({ name: 'x', envelope: 'round', errors: { 1: { status: 400, message: 'x' } } })
