// One app, for every runtime that serves by Request and Response.
import { defineCatalog } from 'bizerror/catalog'
import { begun, readJson, reference, requestIdOf, withErrors } from 'bizerror/web'

const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  errors: {
    SOLD_OUT: { status: 409, message: 'Only {{left}} left' },
    WHO: { status: 401, message: 'Who are you?' },
    LATER: { status: 503, message: 'Later' },
  },
})
const { errors } = shop
const locales = { de: { shop: { SOLD_OUT: { message: 'Nur noch {{left}} übrig' } } } }
const pages = reference({ catalog: shop, locales })

const reports = []
let waiting = 0
const bytes = (text) => new TextEncoder().encode(text)

const routes = {
  '/ok': () => new Response('ok'),
  '/id': (request) => new Response(requestIdOf(request)),
  '/nothing': () => {},
  '/own-id': (request) => {
    throw errors.LATER({ details: { id: requestIdOf(request) } })
  },
  '/waiting': () => Response.json(waiting),
  '/wait': async ({ signal }) => {
    waiting++
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
      // workerd answers for who waits for nothing.
      setTimeout(resolve, 20_000)
    })
    throw signal.reason
  },
  '/sold': () => {
    throw errors.SOLD_OUT({ params: { left: 3 }, headers: { 'X-Hint': 'wait' }, details: { name: 'ü' } })
  },
  '/who': () => {
    throw errors.WHO()
  },
  '/later': () => {
    throw errors.LATER({ retryAfter: 7 })
  },
  '/boom': async () => {
    throw new Error('s3cr3t')
  },
  '/null': () => {
    throw null
  },
  '/thrown': () => {
    throw new Response('wait', { status: 202 })
  },
  '/upgrade': () => {
    throw Object.assign(new Error('s3cr3t'), { status: 426, expose: true, headers: { Upgrade: 'h2c' } })
  },
  '/json': async (request) => Response.json(await readJson(request, { limit: 100_000 })),
  '/begun': () =>
    begun(
      new Response(
        new ReadableStream({
          pull() {
            throw errors.SOLD_OUT({ params: { left: 0 } })
          },
        }),
      ),
    ),
  '/stream': () => {
    const parts = ['a', 'b', 'c']
    const source = {
      pull(controller) {
        const part = parts.shift()
        if (part === undefined) controller.close()
        else controller.enqueue(bytes(part))
      },
    }
    return begun(new Response(new ReadableStream(source)))
  },
  '/cut': () => {
    let count = 0
    const source = {
      async pull(controller) {
        if (count++ > 0) {
          await new Promise((resolve) => setTimeout(resolve, 50))
          throw new Error('s3cr3t')
        }
        controller.enqueue(bytes('begun'))
      },
    }
    return begun(new Response(new ReadableStream(source)))
  },
  '/reports': () => Response.json(reports),
}

export default withErrors(
  (request) => {
    const { pathname } = new URL(request.url)
    return Object.hasOwn(routes, pathname) ? routes[pathname](request) : pages(request)
  },
  {
    catalog: shop,
    locales,
    // A Worker ends with its response, unless it is told to wait.
    async onReport({ key, status, method, requestId, sent, clientGone }) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      reports.push({ key, status, method, requestId, sent, clientGone })
    },
  },
)
