import { expectTypeOf } from 'vitest'
import {
  createClient,
  createReader,
  type ApiError,
  type ApiErrorOf,
  type UnknownCode,
} from '../../src/client/index.ts'
import { defineCatalog } from '../../src/index.ts'
import type { catalog as waf } from '../../src/catalogs/cloud-waf.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    PRODUCT_NOT_FOUND: { code: 10001, status: 404, message: 'Product not found' },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} of {{product}} left' },
    FEW: { code: 10003, status: 409, message: '{{count}} left' },
    GONE: { status: 410, message: 'Gone' },
  },
})

const api = createClient<typeof shop>()
declare const thrown: unknown

// Only the codes of the catalog compile.
api.is(thrown, 10002, 'GONE')
// @ts-expect-error -- no such code
api.is(thrown, 10009)
// @ts-expect-error -- a key is no code
api.is(thrown, 'SOLD_OUT')
// @ts-expect-error -- 10002 and '10002' are different codes
api.is(thrown, '10002')
createReader<typeof waf>().is(thrown, 1006)
// @ts-expect-error -- not a code of cloud-waf
createReader<typeof waf>().is(thrown, 42901)

// A code tells the params of its message.
if (api.is(thrown, 10002)) {
  expectTypeOf(thrown.code).toEqualTypeOf<10002>()
  expectTypeOf(thrown.params?.left).toEqualTypeOf<string | number | boolean | undefined>()
  // @ts-expect-error -- the message has no such value
  void thrown.params?.color
}
if (api.is(thrown, 10003, 10001)) {
  expectTypeOf(thrown.code).toEqualTypeOf<10003 | 10001>()
  if (thrown.code === 10003) expectTypeOf(thrown.params?.count).toEqualTypeOf<number | undefined>()
}

// A switch can be checked to have a case for each code, though a newer server may have more.
if (api.is(thrown)) {
  expectTypeOf(thrown).toExtend<ApiError>()
  switch (thrown.code) {
    case 10002:
      expectTypeOf(thrown.params?.product).toEqualTypeOf<string | number | boolean | undefined>()
      break
    // @ts-expect-error -- no such code
    case 10009:
      break
    case 10001:
    case 10003:
    case 'GONE':
      break
    default:
      thrown.code satisfies UnknownCode | undefined
  }
  switch (thrown.code) {
    case 10002:
    case 10003:
    case 'GONE':
      break
    default:
      // @ts-expect-error -- 10001 has no case
      thrown.code satisfies UnknownCode | undefined
  }
}

// Without a catalog any code will do.
const anyApi = createReader()
if (anyApi.is(thrown, 1, 'x')) expectTypeOf(thrown.code).toEqualTypeOf<1 | 'x'>()
if (anyApi.is(thrown)) expectTypeOf(thrown).toEqualTypeOf<ApiError>()
expectTypeOf(anyApi.parse({ status: 500 })).toEqualTypeOf<ApiError | undefined>()
expectTypeOf(api.parse({ status: 500 })).toEqualTypeOf<ApiErrorOf<typeof shop> | undefined>()

// What a program has can be given as it is.
api.parse({ status: 500, headers: new Headers() })
api.parse({ status: 500, headers: new Map([['retry-after', '1']]) })
api.parse({ status: 500, headers: { 'set-cookie': ['a', 'b'], 'retry-after': undefined } })
createClient({ read: (body) => shop.byCode(body as number)[0] })
createClient({ fetch, baseUrl: new URL('https://shop.example'), retry: { maxWait: '10s' } })
// @ts-expect-error -- a server's catalog is none of a client's
createClient({ catalog: shop })
// @ts-expect-error -- no span
createClient({ retry: { maxWait: 'soon' } })
