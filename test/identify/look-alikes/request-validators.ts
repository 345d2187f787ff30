import { anError, secret, type LookAlikes } from './look-alike.ts'

/** What joi says of a field. */
const detail = { type: 'any.required', path: ['a'], message: secret, context: { label: 'a' } }

export const requestValidators: LookAlikes = {
  'express-openapi-validator': {
    'what another server answered, parsed': {
      name: 'Bad Request',
      status: 400,
      path: '/orders',
      body: {},
      errors: [{ path: '/body/name', message: secret, errorCode: 'required.openapi.validation' }],
    },
    'an Error with its errors by another name': anError({
      path: '/orders',
      errors: [{ path: '/body/name', message: secret, errorCode: 'required.openapi.validation' }],
    }),
    'errors by path in a domain': anError({
      name: 'Bad Request',
      path: '/orders',
      errors: [{ path: '/shelf/7', message: secret, errorCode: 'required' }],
    }),
  },
  'express-joi-validation': {
    'a part of a page': { type: 'body', error: secret },
    'a part whose error is one of the app': { type: 'query', error: anError() },
    'an Error of another type': anError({ type: 'request', error: { isJoi: true, details: [detail] } }),
  },
  'express-json-validator-middleware': {
    'an Error with its name alone': anError({ name: 'JsonSchemaValidationError' }),
    'errors of a domain': anError({
      name: 'JsonSchemaValidationError',
      validationErrors: { body: [{ path: 'name', message: secret }] },
    }),
    'errors by another name': anError({
      validationErrors: {
        body: [{ keyword: 'type', schemaPath: '#/type', instancePath: '', params: { type: 'object' } }],
      },
    }),
  },
  '@tsoa/runtime': {
    'an Error with its name alone': anError({ name: 'ValidateError' }),
    'an object with fields': {
      name: 'ValidateError',
      status: 400,
      body: {},
      fields: { a: { message: secret } },
    },
    'an Error with fields and without a status': anError({
      name: 'ValidateError',
      fields: { a: { message: secret } },
    }),
  },
  jsonschema: {
    'a keyword of a shop': {
      name: 'minimum',
      path: ['a'],
      property: 'instance',
      message: secret,
      schema: {},
    },
    'a path through a graph': anError({ name: 'required', path: ['a', 'b'], argument: 'c' }),
    'errors of instances': {
      errors: [{ property: 'instance', path: ['a'], message: secret, stack: secret, schema: {} }],
    },
  },
  objection: {
    'an Error with its type alone': anError({ type: 'ModelValidation', statusCode: 200 }),
    'an object with its type and data': {
      type: 'ModelValidation',
      data: { name: [{ message: secret, keyword: 'required' }] },
    },
    'an Error with its type and data of a domain': anError({
      type: 'ModelValidation',
      statusCode: 500,
      data: { name: secret },
    }),
    'a graph that the app finds wrong': anError({ type: 'InvalidGraph', data: {} }),
  },
  'ajv, arktype, class-validator, express-validator, joi, jsonschema, valibot, zod': {
    'an order whose details are almost those': { details: [{ ...detail, context: undefined }] },
    'an order whose details have types of their own': { details: [{ ...detail, type: 'gift' }] },
    'errors with a path that is a text': anError({ errors: [{ ...detail, path: 'a' }] }),
    'an order with codes and paths of its own': {
      errors: [{ code: 'custom', path: ['a'], message: secret }],
    },
    'codes without a path, as a server tells them': anError({
      errors: [{ code: 'invalid_type', message: secret }],
    }),
    'details of a kind': { details: [{ kind: 'schema', type: 'string', message: secret }] },
    'houses with their constraints': { details: [{ property: 'house', constraints: { height: 7 } }] },
    'houses in errors': anError({ errors: [{ property: 'house', children: [] }] }),
    'lists of houses': [[{ property: 'house', constraints: { height: 7 } }]],
    'a value of no class': [{ target: {}, children: [], constraints: { unknownValue: secret } }],
  },
}
