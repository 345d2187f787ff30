import { Ajv } from 'ajv'
import { type } from 'arktype'
import type { Request } from 'express'
import { body, validationResult } from 'express-validator'
import createError from 'http-errors'
import Joi from 'joi'
import * as v from 'valibot'
import * as z from 'zod'
import { z as z3 } from 'zod3'
import { field } from './answered.ts'
import { becomes, type Row } from './becomes.ts'

const secret = 'hunter2'

const validateByAjv = new Ajv().compile({
  type: 'object',
  properties: { name: { type: 'string', minLength: 8 } },
})

/** What a validator says of `{ name: 'hunter2' }`. */
const lists: Readonly<
  Record<string, { readonly make: () => Promise<readonly object[]>; readonly told: object }>
> = {
  ajv: {
    make: async () => {
      validateByAjv({ name: secret })
      return validateByAjv.errors!
    },
    told: field('name', 'too_short', { min: 8 }),
  },
  joi: {
    make: async () => Joi.object({ name: Joi.string().min(8) }).validate({ name: secret }).error!.details,
    told: field('name', 'too_short', { min: 8 }),
  },
  zod: {
    make: async () => z.object({ name: z.string().min(8) }).safeParse({ name: secret }).error!.issues,
    told: field('name', 'too_short', { min: 8 }),
  },
  'zod 3': {
    make: async () => z3.object({ name: z3.string().min(8) }).safeParse({ name: secret }).error!.issues,
    told: field('name', 'too_short', { min: 8 }),
  },
  valibot: {
    make: async () => {
      const schema = v.object({ name: v.pipe(v.string(), v.minLength(8)) })
      return v.safeParse(schema, { name: secret }).issues!
    },
    told: field('name', 'too_short', { min: 8 }),
  },
  arktype: {
    make: async () => type({ name: 'string >= 8' })({ name: secret }) as unknown as readonly object[],
    told: field('name', 'too_short', { min: 8 }),
  },
  'express-validator': {
    make: async () => {
      const request = { body: { name: secret } } as Request
      await body('name').isLength({ min: 8 }).run(request)
      return validationResult(request).array()
    },
    told: field('body.name', 'invalid'),
  },
}

const holders: Readonly<Record<string, (list: readonly object[]) => unknown>> = {
  'as they are': (list) => list,
  'as the errors of an object': (errors) => ({ errors }),
  'as the errors of an error': (errors) => Object.assign(new Error(secret), { errors }),
  'as details of an object with a status': (details) => ({ status: 400, details }),
  'as details of http-errors': (details) => createError(400, secret, { details }),
  'as validationErrors': (validationErrors) =>
    Object.assign(new Error(secret), { name: 'ValidationError', validationErrors }),
  'as a cause': (cause) => new Error(secret, { cause }),
}

/** The field where the list stands for the body alone. */
function inBody(told: object): object {
  const { path } = told as { readonly path: string }
  return { ...told, path: path.startsWith('body.') ? path : `body.${path}` }
}

for (const [library, { make, told }] of Object.entries(lists)) {
  becomes(`R10: the errors of ${library} are told wherever they are kept`, [
    ...Object.entries(holders).map(([what, hold]): Row => ({
      what,
      fail: async () => {
        throw hold(await make())
      },
      becomes: 'validation-failed',
      fields: [told],
    })),
    {
      what: 'by part of the request',
      fail: async () => {
        // As express-validation does it.
        const details = { query: [], body: await make() }
        throw Object.assign(new Error(secret), { name: 'ValidationError', statusCode: 400, details })
      },
      becomes: 'validation-failed',
      fields: [inBody(told)],
    },
    {
      what: 'but where the app says that it was not the input of the client',
      fail: async () => {
        throw createError(502, secret, { errors: await make() })
      },
      becomes: 'upstream-failed',
    },
    {
      what: 'but where another server refused ours',
      fail: async () => {
        const response = { status: 422, headers: { 'content-type': 'application/json' } }
        throw Object.assign(new Error(secret), { status: 422, errors: await make(), request: {}, response })
      },
      becomes: 'upstream-failed',
    },
  ])
}
