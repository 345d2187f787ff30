import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { ApolloServer } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import express from 'express'
import type * as GraphQL from 'graphql'
import { createHandler } from 'graphql-http/lib/use/express'
import { createYoga } from 'graphql-yoga'
import { requestId } from '../../src/adapters/express/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { formatError, maskError, type GraphQLOptions } from '../../src/observe/graphql.ts'

// As Node.js resolves it for the servers: Vite takes the field `module` of its package.json, and there may be one copy.
const {
  GraphQLEnumType,
  GraphQLError,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} = createRequire(import.meta.url)('graphql') as typeof GraphQL

export const shop = defineCatalog({
  name: 'shop',
  errors: {
    PRODUCT_NOT_FOUND: { status: 404, message: 'Product {{id}} not found' },
    SOLD_OUT: { status: 409, message: 'Only {{left}} left' },
    TOO_MANY: { status: 400, message: 'No more than {{max}}' },
    SLOW_DOWN: { status: 429, message: 'Too many requests', retryAfter: 30 },
    WAREHOUSE_DOWN: { status: 503, message: 'The warehouse does not answer', retryAfter: 30 },
    INTERNAL: { status: 500, message: 'Something went wrong on our side' },
  },
  foreign: {
    byStatus: { 500: 'INTERNAL' },
    byCondition: { 'upstream-failed': 'WAREHOUSE_DOWN' },
  },
  locales: {
    de: {
      shop: {
        PRODUCT_NOT_FOUND: { message: 'Produkt {{id}} nicht gefunden' },
        SOLD_OUT: { message: 'Nur noch {{left}} da' },
        TOO_MANY: { message: 'Höchstens {{max}}' },
        SLOW_DOWN: { message: 'Zu viele Anfragen' },
        WAREHOUSE_DOWN: { message: 'Das Lager antwortet nicht' },
        INTERNAL: { message: 'Bei uns ist etwas schiefgegangen' },
      },
    },
  },
})

/** What nobody outside may read. */
export const SECRET = 'connect ECONNREFUSED 10.0.0.5:5432'

/** A number of which there is no more than a hundred. */
const Quantity = new GraphQLScalarType({
  name: 'Quantity',
  parseValue(value) {
    if (typeof value !== 'number') throw new TypeError('not a number')
    if (value > 100) throw shop.errors.TOO_MANY({ params: { max: 100 } })
    return value
  },
})

const Color = new GraphQLEnumType({ name: 'Color', values: { GREEN: {}, BLACK: {} } })

function failing(resolve: () => unknown, type: GraphQL.GraphQLOutputType = GraphQLString) {
  return { type, resolve }
}

function raise(error: Error): never {
  throw error
}

/** Nothing of it can be read: not even `graphql` can wrap it. */
const untouchable = new Proxy(new Error(SECRET), {
  get() {
    throw new Error(SECRET)
  },
})

export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      tea: { type: GraphQLString, resolve: () => 'green' },
      product: {
        type: GraphQLString,
        args: { id: { type: GraphQLInt } },
        async resolve(_source, { id }: { id: number }) {
          await Promise.resolve()
          throw shop.errors.PRODUCT_NOT_FOUND({ params: { id }, details: { id } })
        },
      },
      order: { type: GraphQLString, args: { quantity: { type: Quantity } }, resolve: () => 'ordered' },
      stock: failing(() => fetch('http://127.0.0.1:4/stock')),
      fault: failing(() => raise(new TypeError(SECRET))),
      thrownText: failing(() => {
        // oxlint-disable-next-line typescript/only-throw-error
        throw SECRET
      }),
      forbidden: failing(() => raise(new GraphQLError('Not yours', { extensions: { code: 'FORBIDDEN' } }))),
      bare: failing(() => raise(new GraphQLError(SECRET))),
      // What another server has answered, thrown again.
      upstream: failing(() =>
        raise(
          Object.assign(new Error(SECRET), {
            extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: [SECRET] },
          }),
        ),
      ),
      color: failing(() => SECRET, Color),
      nothing: failing(() => null, new GraphQLNonNull(GraphQLString)),
      untouchable: failing(() => raise(untouchable)),
      operation: {
        type: GraphQLString,
        resolve(_source, _args, _context, { operation }) {
          throw new GraphQLError(SECRET, { nodes: operation, originalError: new Error(SECRET) })
        },
      },
      both: failing(() =>
        raise(
          shop.errors.SOLD_OUT({
            params: { left: 3 },
            also: [shop.errors.PRODUCT_NOT_FOUND({ params: { id: 7 } })],
          }),
        ),
      ),
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      ticks: {
        type: GraphQLInt,
        async *subscribe() {
          await Promise.resolve()
          yield { ticks: 1 }
          throw shop.errors.PRODUCT_NOT_FOUND({ params: { id: 2 } })
        },
      },
      broken: {
        type: GraphQLInt,
        async *subscribe() {
          await Promise.resolve()
          yield 1
        },
        resolve: () => raise(new TypeError(SECRET)),
      },
    },
  }),
})

export interface Setup {
  readonly options: GraphQLOptions
  /** Makes the context of the resolvers. */
  readonly context?: () => object
}

/** A GraphQL server on Express, behind `requestId`. */
export interface GraphQLServer {
  readonly name: string
  readonly listener: (setup: Setup) => Promise<RequestListener>
}

function behindIds(mount: (app: express.Express) => unknown): RequestListener {
  const app = express()
  app.use(requestId({ context: true }))
  mount(app)
  return app
}

const noContext = (): object => ({})

export const apollo: GraphQLServer = {
  name: 'Apollo Server',
  async listener({ options, context = noContext }) {
    const server = new ApolloServer<object>({
      schema,
      formatError: formatError(options),
      allowBatchedHttpRequests: true,
      includeStacktraceInErrorResponses: false,
    })
    await server.start()
    const middleware = expressMiddleware(server, { context: () => Promise.resolve().then(context) })
    return behindIds((app) => app.use('/graphql', express.json(), middleware))
  },
}

export const graphqlHttp: GraphQLServer = {
  name: 'graphql-http',
  listener({ options }) {
    const handler = createHandler({ schema, formatError: formatError(options) })
    return Promise.resolve(behindIds((app) => app.all('/graphql', handler)))
  },
}

export const yoga: GraphQLServer = {
  name: 'GraphQL Yoga',
  listener({ options, context = noContext }) {
    const server = createYoga({
      schema,
      maskedErrors: { maskError: maskError(options) },
      batching: true,
      logging: false,
      context,
    })
    return Promise.resolve(
      behindIds((app) => app.use('/graphql', (request, response) => void server(request, response))),
    )
  },
}

export const servers = [apollo, graphqlHttp, yoga] as const
