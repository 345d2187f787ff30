import onHono = require('bizerror/hono')
import limits = require('bizerror/rate-limit')
import onWeb = require('bizerror/web')
import { catalog } from 'bizerror/catalogs/secrets'

export const fetch = onWeb.withErrors(() => undefined, { catalog })
export const handler = onHono.errorHandler({ catalog })
export const store = limits.memoryStore()
