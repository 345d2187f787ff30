import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { ErrorDescription } from '../../src/catalog/envelope.ts'
import { read } from '../../src/guard/read.ts'
import type { System } from './system.ts'

/**
 * Always a list of errors, each with its own status and the place of what is wrong. Of several, the answer has the most
 * general status: that of an error which has no other purpose.
 */
const jsonApi = defineCatalog({
  name: 'json-api',
  errors: {
    BAD_REQUEST: { status: 400, message: 'The request is invalid.' },
    INVALID: { status: 422, message: 'The attributes are invalid.' },
    TOO_SHORT: {
      code: '123',
      status: 422,
      title: 'Value is too short',
      message: '{{field}} must contain at least {{count}} characters.',
    },
    WEAK_PASSWORD: {
      code: '225',
      status: 422,
      title: 'Passwords must contain a letter, number, and punctuation character.',
      message: 'The password provided is missing a punctuation character.',
    },
    PASSWORDS_DIFFER: {
      code: '226',
      status: 422,
      message: 'Password and password confirmation do not match.',
    },
    NOT_ON_SUNDAYS: { status: 403, message: 'Editing secret powers is not authorized on Sundays.' },
    NOT_ELEVEN: { status: 422, message: 'Volume does not, in fact, go to 11.' },
    NO_SUCH_PATH: {
      status: 400,
      title: 'Invalid Query Parameter',
      message: 'The resource does not have an `{{name}}` relationship path.',
    },
    NOT_FOUND: { status: 404, message: 'There is no such resource.' },
    INTERNAL: { status: 500, message: 'Something went wrong.' },
  },
  foreign: {
    byStatus: { 400: 'BAD_REQUEST', 404: 'NOT_FOUND', 500: 'INTERNAL' },
    byCondition: { 'validation-failed': 'BAD_REQUEST' },
  },
  envelope: {
    // Parameters of the media type are not allowed.
    contentType: 'application/vnd.api+json',
    body: (error) => ({ errors: (error.errors ?? [error]).flatMap(errorObjects) }),
    success: (data) => ({ data }),
    read(body) {
      const [first] = (read(body, 'errors') ?? []) as unknown[]
      return { code: read(first, 'code') }
    },
  },
})
const { errors } = jsonApi

type Told = Pick<ErrorDescription, 'status' | 'key' | 'code' | 'title' | 'message' | 'details'>

function errorObjects({ status, key, code, title, message, details }: Told): readonly object[] {
  const objectOf = (source: unknown, detail: string): object => ({
    status: String(status),
    // Not every error has a code.
    code: code === key ? undefined : code,
    source,
    title,
    detail,
  })
  const fields = read(details, 'fields') as readonly Field[] | undefined
  return fields === undefined
    ? [objectOf(read(details, 'source'), message)]
    : fields.map(({ path, message: detail }) =>
        objectOf({ pointer: `/data/attributes/${path.replaceAll('.', '/')}` }, detail),
      )
}

interface Field {
  readonly path: string
  readonly message: string
}

const at = (name: string): object => ({ source: { pointer: `/data/attributes/${name}` } })
const JSON_API = { 'Content-Type': 'application/vnd.api+json' }

export const system: System = {
  name: 'JSON:API',
  source: 'https://jsonapi.org/examples/#error-objects',
  options: { catalog: jsonApi },
  cases: [
    {
      title: 'several errors of one status are a list of that status',
      thrown: () =>
        errors.INVALID({
          also: [
            errors.TOO_SHORT({ params: { field: 'First name', count: 3 }, details: at('first-name') }),
            errors.WEAK_PASSWORD({ details: at('password') }),
            errors.PASSWORDS_DIFFER({ details: at('password') }),
          ],
        }),
      status: 422,
      headers: JSON_API,
      body: {
        errors: [
          {
            status: '422',
            code: '123',
            source: { pointer: '/data/attributes/first-name' },
            title: 'Value is too short',
            detail: 'First name must contain at least 3 characters.',
          },
          {
            status: '422',
            code: '225',
            source: { pointer: '/data/attributes/password' },
            title: 'Passwords must contain a letter, number, and punctuation character.',
            detail: 'The password provided is missing a punctuation character.',
          },
          {
            status: '422',
            code: '226',
            source: { pointer: '/data/attributes/password' },
            detail: 'Password and password confirmation do not match.',
          },
        ],
      },
      readAs: null,
    },
    {
      title: 'several errors of different statuses are a 400, and each has its own',
      thrown: () =>
        errors.BAD_REQUEST({
          also: [
            errors.NOT_ON_SUNDAYS({ details: at('secret-powers') }),
            errors.NOT_ELEVEN({ details: at('volume') }),
          ],
        }),
      status: 400,
      headers: JSON_API,
      body: {
        errors: [
          {
            status: '403',
            source: { pointer: '/data/attributes/secret-powers' },
            detail: 'Editing secret powers is not authorized on Sundays.',
          },
          {
            status: '422',
            source: { pointer: '/data/attributes/volume' },
            detail: 'Volume does not, in fact, go to 11.',
          },
        ],
      },
      // It has no code.
      readAs: null,
    },
    {
      title: 'each field that is wrong is an error of its own',
      thrown: () =>
        errors.BAD_REQUEST({
          fields: [
            { path: 'title', code: 'required' },
            { path: ['author', 'name'], code: 'too_short', params: { min: 2 } },
          ],
        }),
      status: 400,
      headers: JSON_API,
      body: {
        errors: [
          {
            status: '400',
            source: { pointer: '/data/attributes/title' },
            detail: 'This field is required',
          },
          {
            status: '400',
            source: { pointer: '/data/attributes/author/name' },
            detail: 'Too short; minimum length: 2',
          },
        ],
      },
      readAs: null,
    },
    {
      title: 'a parameter of the query is told by its name',
      thrown: () =>
        errors.NO_SUCH_PATH({ params: { name: 'auther' }, details: { source: { parameter: 'include' } } }),
      request: { path: '/posts?include=auther' },
      status: 400,
      headers: JSON_API,
      body: {
        errors: [
          {
            status: '400',
            source: { parameter: 'include' },
            title: 'Invalid Query Parameter',
            detail: 'The resource does not have an `auther` relationship path.',
          },
        ],
      },
      readAs: null,
    },
  ],
  successes: [
    {
      title: 'a success has data',
      data: { type: 'articles', id: '1' },
      body: { data: { type: 'articles', id: '1' } },
    },
  ],
}
