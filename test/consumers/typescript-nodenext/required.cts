import express = require('express')
import Koa = require('koa')
import bizerror = require('bizerror')
import secrets = require('bizerror/catalogs/secrets')
import { errorHandler } from 'bizerror/koa'
import { notFound } from 'bizerror/express'

express()
  .use(bizerror.requestId())
  .use(notFound())
  .use(bizerror.errorHandler({ catalog: secrets.catalog }))
new Koa().use(errorHandler())
export const error = new secrets.BizError('token_expired')
export const code: 'token_expired' | undefined = secrets.catalog.is(error, 'token_expired')
  ? error.code
  : undefined
// @ts-expect-error -- no such code
export const wrong = new secrets.BizError('token_lost')
