import { Hono, type Context } from 'hono'
import { hc } from 'hono/client'
import { requestId as theirs } from 'hono/request-id'
import { Hono as Tiny } from 'hono/tiny'
import { expectTypeOf } from 'vitest'
import * as face from '../../../src/adapters/hono/index.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'

interface OfShop {
  Bindings: { readonly KEY: string }
  Variables: { readonly user: { readonly language: string } }
}

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { code: 10001, status: 404, message: 'It is gone' },
    TOO_MANY: { code: 10029, status: 429, message: 'Too many orders' },
  },
})
const policies = [{ name: 'hour', window: '1h', limit: 9 }] as const

// The app stays what it was, with its routes for the client.
const app = face.bizErrors(new Hono<OfShop>(), { catalog: shop })
expectTypeOf(app).toEqualTypeOf<Hono<OfShop>>()
const routed = app.get('/orders/:id', (context) => context.json({ id: context.req.param('id') }))
void hc<typeof routed>('http://shop').orders[':id'].$get({ param: { id: '7' } })
face.bizErrors(new Tiny(), { catalog: shop })
face.bizErrors(new Hono().basePath('/api'))

// Functions among the options are given the context of the app.
face.bizErrors(new Hono<OfShop>(), {
  catalog: shop,
  locale: (context) => {
    expectTypeOf(context.get('user').language).toBeString()
    expectTypeOf(context.env.KEY).toBeString()
    return context.get('user').language
  },
  requestId: { generate: (context) => context.env.KEY },
  rateLimit: { policies: [{ ...policies[0], error: 'TOO_MANY' }], key: (context) => context.env.KEY },
  onReport: (_report, context) => expectTypeOf(context).toEqualTypeOf<Context<OfShop>>(),
})
face.bizErrors(new Hono(), { locale: (context) => context.req.query('lng') })

const parts = new Hono<OfShop>()
parts.onError(face.errorHandler({ catalog: shop, locale: (context) => context.get('user').language }))
parts.notFound(face.notFound({ catalog: shop }))
parts.use(face.requestId({ generate: (context) => context.env.KEY }))
parts.use(face.rateLimit({ policies, key: (context) => context.env.KEY }))
parts.use('/errors/*', face.reference({ catalog: shop, path: '/errors' }))
parts.get('/', face.rateLimit({ policies }), (context) => context.text(face.requestIdOf(context)))
expectTypeOf(face.rateLimit({ policies }).reset).toBeFunction()

// One object of options serves all.
const options: face.HandlerOptions<typeof shop, Context<OfShop>> = {
  catalog: shop,
  conceal: [{ errors: ['GONE'], as: 'TOO_MANY' }],
}
parts.onError(face.errorHandler(options))
face.bizErrors(new Hono<OfShop>(), options)

// The id is a variable of every context, as hono/request-id has it.
new Hono().use(theirs()).get('/', (context) => {
  expectTypeOf(context.get('requestId')).toBeString()
  return context.text(context.var.requestId)
})

// @ts-expect-error -- the app has no such variable
face.bizErrors(new Hono<OfShop>(), { locale: (context) => context.get('users').language })
// @ts-expect-error -- an option that does not exist
face.bizErrors(new Hono(), { catalogue: shop })
// @ts-expect-error -- a key of no error
face.bizErrors(new Hono(), { catalog: shop, conceal: [{ errors: ['NONE'], as: 'GONE' }] })
