import Fastify from 'fastify'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as fastifyFace from '../../src/adapters/fastify/index.ts'
import * as honoFace from '../../src/adapters/hono/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { catalog } from '../../src/catalogs/cloud-waf.ts'

const given = (options: object): never => options as never
const policies = [{ name: 'minute', limit: 9, window: '1m' } as const]
const POLICY = "It is of a policy: { policies: [{ name: 'minute', limit: 100, window: '1m' }] }"

describe('an option that belongs elsewhere is refused, with where', () => {
  test('the path of pages, by the name that each framework has for it', () => {
    const onFastify = 'The path of the pages is prefix on Fastify, and the one of app.use on Express.'
    expect(() => fastifyFace.reference(Fastify(), given({ catalog, path: '/errors' }))).toThrow(
      `reference has no "path". ${onFastify}`,
    )
    expect(() => expressFace.reference(given({ catalog, path: '/errors' }))).toThrow(onFastify)
    for (const { reference } of [koaFace, honoFace]) {
      const make = reference as (options: never) => unknown
      expect(() => make(given({ catalog, prefix: '/errors' }))).toThrow(
        'reference has no "prefix". The path of the pages is path on Koa, Hono and Nest, and the one of app.use on Express.',
      )
    }
  })

  test.each(['limit', 'window', 'max', 'windowMs', 'timeWindow', 'ttl'])('%s of a limit', (name) => {
    const message = `rateLimit has no "${name}". ${POLICY}`
    expect(() => expressFace.rateLimit(given({ [name]: 9 }))).toThrow(message)
    expect(() => honoFace.bizErrors(new Hono(), given({ rateLimit: { [name]: 9 } }))).toThrow(message)
  })

  test('keyGenerator of other limiters', () => {
    expect(() => koaFace.rateLimit(given({ policies, keyGenerator: () => 'a' }))).toThrow(
      'rateLimit has no "keyGenerator". Did you mean key?',
    )
  })

  test('what a catalog has', () => {
    const message = 'errorHandler has no "foreign". It is of the catalog: defineCatalog({ foreign })'
    expect(() => expressFace.errorHandler(given({ catalog, foreign: {} }))).toThrow(message)
    expect(() => koaFace.errorHandler(given({ catalog, foreign: {} }))).toThrow(message)
  })
})
