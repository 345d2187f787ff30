import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { expect, test } from 'vitest'
import * as onExpress from '../../src/adapters/express/index.ts'
import * as onFastify from '../../src/adapters/fastify/index.ts'
import * as onHono from '../../src/adapters/hono/index.ts'
import * as onKoa from '../../src/adapters/koa/index.ts'
import * as onNest from '../../src/adapters/nest/index.ts'
import * as onWeb from '../../src/adapters/web/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { limitHandler } from '../../src/rate-limit/index.ts'

// JavaScript gives what the types would not let through.
const shop = defineCatalog({ name: 'shop', errors: { GONE: { status: 410, message: 'Gone' } } }) as never

type Call = (options: never) => unknown

test.each<[caller: string, call: () => unknown]>([
  ['bizErrors', () => onExpress.bizErrors(express(), shop)],
  ['bizErrors', () => onKoa.bizErrors(new Koa(), shop)],
  ['bizErrors', () => onFastify.bizErrors(Fastify(), shop)],
  ['bizErrors', () => Fastify().register(onFastify.bizErrors, shop).ready()],
  ['bizErrors', () => onHono.bizErrors(new Hono(), shop)],
  ['BizErrorsModule', () => onNest.BizErrorsModule.forRoot(shop)],
  ['BizErrorsFilter', () => new onNest.BizErrorsFilter(shop)],
  ['withErrors', () => onWeb.withErrors(() => undefined, shop)],
  ...[onExpress, onKoa, onFastify, onHono].map((face): [string, () => unknown] => [
    'errorHandler',
    () => (face.errorHandler as Call)(shop),
  ]),
  ...[onExpress, onKoa, onHono, onNest, onWeb].map((face): [string, () => unknown] => [
    'reference',
    () => (face.reference as Call)(shop),
  ]),
  ['reference', () => Fastify().register(onFastify.reference, shop).ready()],
  ['rateLimit', () => onExpress.rateLimit(shop)],
  ['limitHandler', () => limitHandler(shop)],
])('%s says that a catalog is an option, and no options: %s', async (caller, call) => {
  await expect(async () => call()).rejects.toThrow(
    new SetupError(`${caller} was given a catalog in the place of options. Give it as one: { catalog }.`),
  )
})
