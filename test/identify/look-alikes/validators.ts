import { anError, secret, type LookAlikes } from './look-alike.ts'

/** A list of what an order lacks, by paths as a domain has them. */
const lacks = [{ path: 'lines', missing: secret }]

export const validators: LookAlikes = {
  zod: {
    'an Error with its name alone': anError({ name: 'ZodError' }),
    'issues of a tracker': { name: 'ZodError', issues: [{ id: 7, title: secret }] },
    'issues without a path': anError({ name: 'ZodError', issues: [{ code: 'too_small' }] }),
  },
  valibot: {
    'an Error with its name alone': anError({ name: 'ValiError' }),
    'issues of a tracker': { name: 'ValiError', issues: [{ id: 7, type: 'bug' }] },
    'issues that are a text': anError({ name: 'ValiError', issues: secret }),
  },
  arktype: {
    'an Error with its name alone': anError({ name: 'TraversalError' }),
    'an error of a walk through a graph': anError({ name: 'TraversalError', errors: [{ code: 'cycle' }] }),
    'a list of errors of a domain': [{ code: 'required', path: secret }],
  },
  joi: {
    'an Error with its name alone': anError({ name: 'ValidationError' }),
    'an Error with details of a domain': anError({
      name: 'ValidationError',
      details: [{ type: 'any.required', path: ['a'] }],
    }),
    'its mark without details': anError({ isJoi: true }),
  },
  celebrate: {
    'details of a domain': anError({ details: new Map([['body', { message: secret }]]) }),
    'details that are an object': { details: { body: { isJoi: true, details: [] } } },
    'details by other names than those of a request': anError({
      details: new Map([['order', { isJoi: true }]]),
    }),
  },
  yup: {
    'an Error with its name and errors alone': anError({ name: 'ValidationError', errors: [secret] }),
    'an Error with its name and an inner error': anError({ name: 'ValidationError', inner: anError() }),
    'an object with errors and what is in it': { name: 'Validation', errors: [secret], inner: [] },
  },
  'ajv, typebox': {
    'an Error with errors of a domain': anError({ errors: lacks }),
    'errors with keywords alone': anError({ errors: [{ keyword: 'type', message: secret }] }),
    'a list of keywords': [{ keyword: 'shoes', params: {} }],
  },
  'express-validator': {
    'an Error with messages': anError({ errors: [{ msg: secret }] }),
    'fields at other places than those of a request': {
      errors: [{ type: 'field', msg: secret, location: 'page', path: 'a' }],
    },
    'a list of messages': [{ msg: secret, type: 'text' }],
  },
  'class-validator': {
    'a list of properties for sale': [{ property: 'house', price: 7 }],
    'a list of properties with texts for constraints': [{ property: 'house', constraints: secret }],
    'a list of children': [{ children: [] }],
  },
  effect: {
    'an Error with its name alone': anError({ name: 'ParseError' }),
    'an error of a parser of the app': anError({ name: 'ParseError', _tag: 'ParseError', issue: secret }),
    'the issue of a tracker': { name: 'SchemaError', _tag: 'SchemaError', issue: { id: 7, _tag: 'Bug' } },
  },
  '@sinclair/typebox': {
    'an Error with an error of a domain': anError({ error: { type: 7, path: '/a', schema: {} } }),
    'an Error with Errors alone': anError({ error: { type: 7 }, Errors: () => [secret] }),
    'a list of shapes': [{ type: 7, path: 'M0 0', schema: {} }],
  },
  superstruct: {
    'an Error with its name alone': anError({ name: 'StructError' }),
    'a failure of a domain': anError({ name: 'StructError', type: 'bridge', path: ['a'] }),
    'failures that are a list': { name: 'StructError', type: 'string', path: [], failures: [secret] },
  },
  '@standard-schema/utils': {
    'an Error with its name alone': anError({ name: 'SchemaError' }),
    'issues of a tracker': { name: 'SchemaError', issues: [{ id: 7, title: secret }] },
    'issues of a table, by a path that is a text': anError({
      name: 'SchemaError',
      issues: [{ message: secret, path: 'users.id' }],
    }),
  },
  '@vinejs/vine': {
    'an Error with its code alone': anError({ code: 'E_VALIDATION_ERROR' }),
    'messages of a mailbox': { code: 'E_VALIDATION_ERROR', messages: [{ id: 7, text: secret }] },
    'messages that are a text': anError({ code: 'E_VALIDATION_ERROR', messages: secret }),
  },
}
