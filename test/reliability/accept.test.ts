import { describe } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { EnvelopeMap } from '../../src/catalog/envelope.ts'
import type { Route } from '../support/frameworks.ts'
import { holds, type Expected } from '../support/guarantees.ts'

const catalog = defineCatalog({
  name: 'shapes',
  envelope: 'nested',
  errors: {
    100: { status: 409, title: 'Taken', message: 'The name is taken' },
    404: { status: 404, message: 'Nothing is here' },
    500: { status: 500, message: 'Something broke' },
  },
})

/** Both by media type; the shape of the catalog is the default. */
const envelope = { 'application/json': 'nested', 'application/problem+json': 'problem' } as const

const conflict: Route = () => {
  throw new catalog.BizError(100)
}

const JSON_TYPE = 'application/json; charset=utf-8'
const configured: Expected = {
  status: 409,
  body: { error: { code: 100, message: 'The name is taken', request_id: 'probe-1' } },
  headers: {
    'Content-Type': JSON_TYPE,
    Vary: 'Accept-Language',
    // Said of pages. We send none.
    'Content-Security-Policy': null,
  },
}
const negotiable: Expected = {
  ...configured,
  headers: { ...configured.headers, Vary: 'Accept-Language, Accept' },
}
const problem: Expected = {
  status: 409,
  body: {
    type: 'about:blank',
    title: 'Taken',
    status: 409,
    detail: 'The name is taken',
    code: 100,
    request_id: 'probe-1',
  },
  headers: { 'Content-Type': 'application/problem+json', Vary: 'Accept-Language, Accept' },
}

/** Tries an Accept header with and without negotiation of problem documents. */
function accepts(id: string, accept: string | undefined, whenNegotiable: Expected): void {
  const request = { headers: accept === undefined ? {} : { Accept: accept } }
  const shown = accept === undefined ? 'no Accept' : `Accept "${accept.slice(0, 80)}"`
  const shape = whenNegotiable === problem ? 'the problem document' : 'the shape of the catalog'
  holds(
    `${id}: ${shown} is answered in the shape of the catalog`,
    { options: { catalog }, route: conflict, request },
    configured,
  )
  holds(
    `${id}: ${shown} is answered in ${shape} when problem documents are negotiable`,
    { options: { catalog, envelope }, route: conflict, request },
    whenNegotiable,
  )
}

describe('I. Accept', () => {
  for (const accept of [
    undefined,
    '',
    '*/*',
    ';;;,,//',
    'text/x-none',
    'application/json;q=0',
    '*/*;q=0',
    'application/*',
    'application/problem+xml',
    '__proto__',
    'application/json;'.repeat(800),
    ','.repeat(14_000),
    'a/b,'.repeat(3_500),
  ]) {
    accepts('P-I01', accept, negotiable)
  }

  // There is no page to switch on: an API's errors are documents.
  for (const accept of [
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/xhtml+xml',
  ]) {
    accepts('P-I02', accept, negotiable)
  }

  for (const accept of [
    'application/problem+json',
    'Application/Problem+JSON',
    'application/problem+json; charset=utf-8',
    'application/problem+json;q=0.001',
    'application/problem+json ; Q=0.5, text/html',
    'application/json, application/problem+json',
    'application/json;q=0.5, application/problem+json',
    'application/json;q=0, application/problem+json;q=0.1',
    'application/json;q=0, */*',
    'application/json;q=0.5, application/*',
    'application/problem+json, */*',
  ]) {
    accepts('P-I03', accept, problem)
  }
  for (const accept of [
    '*/*, application/problem+json;q=0.1',
    'application/*;q=0.5, application/problem+json;q=0.4',
    'application/problem+json;q=0.9, */*',
    'application/problem+json;q=0',
    'application/problem+json;q=0.000',
    'application/problem+json;q=0.5, application/json',
    'application/problem+json;q=abc',
    'application/problem+json;q=-1',
    'application/problem+json;q=2, application/json',
    'application/problem+json;q=Infinity, application/json',
    'application/problem+jsonx',
    'xapplication/problem+json',
    `${' '.repeat(8)}x/y,${' '.repeat(1024)}application/problem+json`,
  ]) {
    accepts('P-I03', accept, negotiable)
  }
  for (const accept of ['application/json', 'application/problem+json', '*/*']) {
    holds(
      `P-I03: a configured problem document keeps its own content type for Accept "${accept}"`,
      {
        options: { catalog, envelope: 'problem' },
        route: conflict,
        request: { headers: { Accept: accept } },
      },
      { ...problem, headers: { ...problem.headers, Vary: 'Accept-Language' } },
    )
  }

  const versions = {
    'application/vnd.shop.v1+json': ({ code, message }) => ({ v: 1, code, message }),
    'application/json': 'nested',
    'application/vnd.shop.v2+json': 'flat',
  } satisfies EnvelopeMap
  for (const [accept, type, body] of [
    [undefined, 'application/vnd.shop.v1+json', { v: 1, code: 100, message: 'The name is taken' }],
    ['text/html', 'application/vnd.shop.v1+json', { v: 1, code: 100, message: 'The name is taken' }],
    ['application/json', JSON_TYPE, configured.body],
    [
      'application/vnd.shop.v2+json',
      'application/vnd.shop.v2+json',
      { code: 100, message: 'The name is taken' },
    ],
    [
      'application/json;q=0.5, application/vnd.shop.v2+json;q=0.6',
      'application/vnd.shop.v2+json',
      { code: 100, message: 'The name is taken' },
    ],
  ] as const) {
    holds(
      `P-I05: a map of envelopes with a function answers Accept ${String(accept)} as ${type}`,
      {
        options: { catalog, envelope: versions },
        route: conflict,
        request: { headers: accept === undefined ? {} : { Accept: accept } },
      },
      { status: 409, body: body!, headers: { 'Content-Type': type, Vary: 'Accept-Language, Accept' } },
    )
  }
  holds(
    'P-I05: a map of one envelope is that one for everybody, and Accept is nothing that a cache has to know',
    {
      options: { catalog, envelope: { 'application/vnd.shop+json': 'flat' } },
      route: conflict,
      request: { headers: { Accept: 'application/json' } },
    },
    {
      status: 409,
      body: { code: 100, message: 'The name is taken' },
      headers: { 'Content-Type': 'application/vnd.shop+json', Vary: 'Accept-Language' },
    },
  )
  holds(
    "P-I05: a function of a map that fails is replaced by the catalog's envelope under its own media type",
    {
      options: {
        catalog,
        envelope: {
          'application/json': 'flat',
          'application/vnd.shop+json': () => {
            throw new Error('broken')
          },
        },
      },
      route: conflict,
      request: { headers: { Accept: 'application/vnd.shop+json' } },
    },
    { status: 409, body: configured.body!, headers: { 'Content-Type': JSON_TYPE } },
  )

  for (const query of [
    '_format=<script>',
    '_format=%0d%0aX-Evil:1',
    '_format=html',
    'format=xml',
    'format=application/problem%2Bjson',
    'accept=application/problem%2Bjson',
    '_format[]=a&_format[__proto__]=b',
    `_format=${'x'.repeat(8_000)}`,
    '_format=%zz',
    'lng=de&lang=de&locale=de',
  ]) {
    const secrets = ['script', 'X-Evil', 'xxx', 'html', 'xml', '%zz', '%0d']
    const shown = query.slice(0, 60)
    holds(
      `P-I04: ?${shown} has no effect on an error`,
      { options: { catalog }, route: conflict, request: { path: `/?${query}` }, secrets },
      configured,
    )
    holds(
      `P-I04: ?${shown} has no effect on an unknown path`,
      { options: { catalog, envelope }, request: { path: `/nowhere?${query}` }, secrets },
      {
        status: 404,
        body: { error: { code: 404, message: 'Nothing is here', request_id: 'probe-1' } },
        headers: negotiable.headers ?? {},
      },
    )
  }
})
