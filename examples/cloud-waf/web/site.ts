// What `npm start` shows in a browser: the page, the routes that it tries, the pages of the errors, and the WAF behind them.
import { reference } from 'bizerror'
import express, { type Express } from 'express'
import { createApp } from '../on-express.ts'
import { createPage } from './page.ts'
import { createTrials, options } from './trials.ts'

export async function createSite(): Promise<Express> {
  const site = express()
  site.disable('x-powered-by')
  site.use(await createPage())
  site.use('/try', createTrials())
  site.use('/errors', reference({ ...options, title: 'Cloud WAF' }))
  site.use(createApp())
  return site
}
