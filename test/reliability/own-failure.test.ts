import type { IncomingMessage, ServerResponse } from 'node:http'
import { createInstance, type i18n as I18n } from 'i18next'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, listen } from '../support/frameworks.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const ID = /^[\w.:=-]{1,128}$/
const conflict = { status: 409, body: { code: 1006, message: 'Username already exists' } }
const internal = { status: 500, body: { code: 500, message: 'Internal server error' } }

interface Failure {
  /** Breaks something before the throw. */
  readonly breakIt?: (request: IncomingMessage, response: ServerResponse) => void
  readonly options?: () => HandlerOptions
  readonly language?: string
  readonly expected: Expected
  /** Where Koa writes, and what fails is answered in place of what was thrown. @default expected */
  readonly onKoa?: Expected
  /** The frameworks whose name begins so. @default all */
  readonly on?: string
}

interface Expected {
  readonly status: number
  readonly body: object
  readonly locale?: string
}

/** On all frameworks the answer is whole, has an id, and the server goes on. */
function answered(title: string, { breakIt, options, language = 'en', on = '', ...failure }: Failure): void {
  for (const { name, listener } of frameworks.filter(({ name }) => name.startsWith(on))) {
    const expected = (name.startsWith('Koa') && failure.onKoa) || failure.expected
    test(`Q03: ${title}, on ${name}`, async () => {
      const logged: unknown[] = []
      const { port, server } = await listen(
        listener({
          options: { logger: { error: (record) => logged.push(record) }, ...options?.() },
          routes: {
            '/': (request, response) => {
              breakIt?.(request, response)
              throw new BizError(1006)
            },
          },
        }),
      )
      const ask = (path: string): Promise<Response> =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          headers: { 'Accept-Language': language },
          signal: AbortSignal.timeout(20_000),
        })
      try {
        const response = await ask('/')
        const { status, headers } = response
        expect({ status, body: await response.json() }).toEqual({
          status: expected.status,
          body: expected.body,
        })
        expect(headers.get('X-Request-ID')).toMatch(ID)
        expect(headers.get('Content-Language')).toEqual(expected.locale ?? 'en')
        expect([
          headers.get('Vary'),
          headers.get('Cache-Control'),
          headers.get('X-Content-Type-Options'),
        ]).toEqual(['Accept-Language', 'no-store', 'nosniff'])
        vi.restoreAllMocks()
        vi.unstubAllGlobals()
        expect((await ask('/nowhere')).status).toBe(404)
        if (expected.status === 500) expect(logged).toHaveLength(1)
      } finally {
        server.close()
        server.closeAllConnections()
      }
    })
  }
}

function boom(): never {
  throw new Error('secret-7')
}

describe('Q03: what ids are made of is broken', () => {
  answered('an error is answered where crypto.randomUUID throws', {
    breakIt: () => void vi.spyOn(crypto, 'randomUUID').mockImplementation(boom),
    expected: conflict,
  })
  answered('an error is answered where there is no crypto', {
    breakIt: () => void vi.stubGlobal('crypto', undefined),
    expected: conflict,
  })
})

describe('Q03: what languages are looked up with is broken', () => {
  answered('an error is answered where Intl.Locale throws for the language', {
    breakIt: () => void vi.spyOn(Intl, 'Locale').mockImplementation(boom as never),
    language: 'sq-Latn-AL',
    expected: conflict,
  })

  const stores: Readonly<Record<string, (i18n: I18n) => void>> = {
    'hold undefined for a language': (i18n) => void Object.assign(i18n.store.data, { de: undefined }),
    'hold null for a language': (i18n) => void Object.assign(i18n.store.data, { de: null }),
    'hold a text for a language': (i18n) => void Object.assign(i18n.store.data, { de: 'no texts' }),
    'have a store that throws': (i18n) => void Object.assign(i18n.store, { getResource: boom }),
    'have data that throws': (i18n) => void Object.defineProperty(i18n.store, 'data', { get: boom }),
    'cannot be asked': (i18n) => void Object.assign(i18n, { exists: boom, t: boom }),
  }
  for (const [what, spoil] of Object.entries(stores)) {
    for (const when of ['before', 'after'] as const) {
      let instance: I18n
      answered(`an error is answered where the app's i18next resources ${what}, from ${when} set-up`, {
        options: () => {
          instance = createInstance()
          void instance.init({
            initAsync: false,
            resources: { fr: { 'cloud-waf': { '1006': { message: 'Nom déjà pris' } } } },
          })
          if (when === 'before') spoil(instance)
          return { i18n: instance }
        },
        breakIt: () => when === 'after' && spoil(instance),
        language: 'de, en;q=0.5',
        expected: { status: 409, body: expect.objectContaining({ code: 1006 }), locale: expect.any(String) },
      })
    }
  }
})

describe('Q03: what is known of a request cannot be read', () => {
  answered('an error is answered where request.headers throws', {
    breakIt: (request) => void Object.defineProperty(request, 'headers', { get: boom }),
    expected: internal,
  })

  const HEADERS = [
    'content-length',
    'accept',
    'content-type',
    'content-encoding',
    'authorization',
    'x-request-id',
  ]
  for (const name of HEADERS) {
    answered(`an error is answered where a library made ${name} of the request a symbol`, {
      breakIt: (request) => void Object.assign(request.headers, { [name]: Symbol(name) }),
      expected: conflict,
    })
  }

  const values: Readonly<Record<string, () => unknown>> = {
    'a symbol': () => Symbol('value'),
    'a list of symbols': () => [Symbol('value')],
    'an object that is no text': () => Object.create(null) as unknown,
    'a Proxy that is revoked'() {
      const { proxy, revoke } = Proxy.revocable([], {})
      revoke()
      return proxy
    },
  }
  for (const [what, make] of Object.entries(values)) {
    answered(`an error is answered where response.getHeader returns ${what}`, {
      breakIt(_request, response) {
        for (const name of ['Vary', 'Link', 'Access-Control-Expose-Headers', 'Retry-After', 'X-Request-ID']) {
          response.setHeader(name, 'a')
        }
        Object.assign(response, { getHeader: make })
      },
      options: () => ({ exposeHeaders: true, docsUrl: 'https://docs.example/errors' }),
      expected: conflict,
    })
  }
})

const METHODS = [
  'getHeader',
  'getHeaderNames',
  'setHeader',
  'removeHeader',
  'writeHead',
  'write',
  'end',
] as const

describe('Q03: a library that wraps a response fails', () => {
  answered('an error is answered where response.writeHead throws once it has written', {
    breakIt(_request, response) {
      const wrapped = response.writeHead.bind(response) as (...args: unknown[]) => unknown
      let calls = 0
      Object.assign(response, {
        writeHead(...args: unknown[]) {
          wrapped(...args)
          calls += 1
          if (calls === 1) boom()
          return response
        },
      })
    },
    expected: conflict,
    // Koa had written it, and what it had begun is closed.
    on: 'Express',
  })

  for (const method of METHODS) {
    for (const often of ['once', 'always'] as const) {
      answered(`an error is answered where response.${method} throws ${often}`, {
        breakIt(_request, response) {
          response.setHeader('ETag', '"lost"')
          const wrapped = response[method] as (...args: unknown[]) => unknown
          let calls = 0
          Object.assign(response, {
            [method]: (...args: unknown[]) => {
              calls += 1
              return often === 'always' || calls === 1 ? boom() : wrapped.apply(response, args)
            },
          })
        },
        expected: conflict,
        ...(method === 'writeHead' || method === 'end' ? { onKoa: internal } : {}),
      })
    }
  }
})
