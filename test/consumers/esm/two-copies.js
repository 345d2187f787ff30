// A library that requires the package and an app that imports it get two copies of everything.
import { createRequire } from 'node:module'
import express from 'express'
import * as esm from 'bizerror'
import { catalog as cdn } from 'bizerror/catalogs/cdn'
import { ask } from '../ask.cjs'

const require = createRequire(import.meta.url)
const cjs = require('bizerror')
const cdnOfCjs = require('bizerror/catalogs/cdn')

const foreign = new cdnOfCjs.BizError(2130, { details: { project: 7 } })
const concealed = new cdnOfCjs.BizError(2130, { as: 4000 })
const own = new esm.BizError(1006)
console.log(
  JSON.stringify({
    copies: esm.BizError !== cjs.BizError,
    instances: [foreign instanceof esm.BizError, own instanceof cjs.BizError],
    recognized: [esm.isBizError(foreign), cdn.is(foreign, 2130), cjs.isBizError(own)],
    otherKey: [cdn.is(foreign, 4000), cdn.is(own)],
    lookAlike: esm.isBizError({ ...foreign, name: 'BizError' }),
  }),
)

for (const [handler, copy] of Object.entries({ esm, cjs })) {
  const app = express()
  app.use(copy.requestId())
  app.get('/own', () => {
    throw own
  })
  app.get('/foreign', () => {
    throw foreign
  })
  app.get('/concealed', () => {
    throw concealed
  })
  app.use(copy.errorHandler())
  for (const answer of await ask(app, ['/own', '/foreign', '/concealed'], ['fr']))
    console.log(JSON.stringify({ handler, answer }))
}
