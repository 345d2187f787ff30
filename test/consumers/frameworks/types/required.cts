import Fastify = require('fastify')
import hono = require('hono')
import adapter = require('bizerror/adapter')
import onFastify = require('bizerror/fastify')
import onHono = require('bizerror/hono')
import onWeb = require('bizerror/web')
import { catalog } from 'bizerror/catalogs/secrets'

export const app = Fastify({ frameworkErrors: onFastify.frameworkErrors({ catalog }) })
app.register(onFastify.bizErrors, { catalog })
app.setErrorHandler(onFastify.errorHandler({ catalog }))
export const edge = onHono.bizErrors(new hono.Hono(), { catalog })
export const fetch = onWeb.withErrors(() => undefined, { catalog })
export const respond = adapter.createResponder({ catalog }, () => ({ method: 'GET', route: undefined }))
