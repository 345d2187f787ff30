import express from 'express'
import Koa from 'koa'
import { BizError, errorHandler, notFound } from 'bizerror'
import { BizError as CdnError } from 'bizerror/catalogs/cdn'
import { catalog } from 'bizerror/catalogs/cloud-waf'
import { errorHandler as koaErrorHandler } from 'bizerror/koa'
import { ask } from '../ask.cjs'

/** Answers on both frameworks, with these options, a client that wants German. */
export async function answerInGerman(options) {
  const expressApp = express()
  expressApp.get('/cloud-waf', () => {
    throw new BizError(1006)
  })
  expressApp.get('/cdn', () => {
    throw new CdnError(2130)
  })
  expressApp.use(notFound())
  expressApp.use(errorHandler({ catalog, ...options }))

  const koaApp = new Koa()
  koaApp.use(koaErrorHandler({ catalog, ...options }))
  koaApp.use((context) => {
    if (context.path === '/cloud-waf') throw new BizError(1006)
    if (context.path === '/cdn') throw new CdnError(2130)
  })

  for (const [app, listener] of Object.entries({ express: expressApp, koa: koaApp.callback() })) {
    const answers = await ask(listener, ['/cdn', '/cloud-waf', '/nowhere'], ['de'])
    for (const answer of answers) console.log(JSON.stringify({ app, answer }))
  }
}
