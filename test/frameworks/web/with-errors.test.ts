import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Response as UndiciResponse } from 'undici'
import { describe, expect, test } from 'vitest'
import { readJson, requestIdOf, withErrors, type WithErrorsOptions } from '../../../src/adapters/web/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { SetupError } from '../../../src/guard/setup-error.ts'
import type { ErrorReport } from '../../../src/report/report.ts'
import { frameworks, listen } from '../../support/frameworks.ts'
import { recorder } from '../../support/served.ts'
import { answer, ask, wholeOf } from './whole.ts'

const conflict = { code: 1006, message: 'Username already exists' }
const missing = { code: 404, message: 'Resource not found' }
const internal = { code: 500, message: 'Internal server error' }

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** What is made of a handler that throws. */
function throwing(thrown: unknown, options: WithErrorsOptions = {}): (request: Request) => Promise<Response> {
  return withErrors(
    () => {
      throw thrown
    },
    { catalog, logger: { error() {} }, ...options },
  )
}

describe('what is thrown', () => {
  test('is answered whole', async () => {
    const response = await throwing(new BizError(1006))(ask())
    expect(await wholeOf(response)).toEqual(answer(409, conflict))
  })

  test('is answered in the language of the client', async () => {
    const request = ask('/', { headers: { 'Accept-Language': 'de-AT, en;q=0.5' } })
    expect(await wholeOf(await throwing(new BizError(1006))(request))).toEqual(
      answer(409, { code: 1006, message: 'Benutzername bereits vergeben' }, { locale: 'de' }),
    )
  })

  test('is answered in the language that the app chooses, whatever else of the request is asked', async () => {
    const { options, log } = recorder()
    const fetch = withErrors((request) => readJson(request) as Promise<never>, {
      catalog,
      ...options,
      locale: (request) => new URL(request.url).searchParams.get('lang'),
    })
    const init = { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } }
    const response = await fetch(ask('/?lang=de', init))
    expect(response.headers.get('content-language')).toBe('de')
    expect(response.status).toBe(400)
    expect(log).toHaveLength(1)
  })

  test('by a rejected promise is answered alike', async () => {
    const fetch = withErrors(
      async () => {
        await Promise.resolve()
        throw new BizError(1006)
      },
      { catalog },
    )
    expect(await wholeOf(await fetch(ask()))).toEqual(answer(409, conflict))
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 's3cr3t'],
    ['a number', 7],
    ['an object', { a: 1 }],
    ['a Proxy that shows nothing', revoked()],
  ])('as %s is the internal error', async (_what, thrown) => {
    expect(await wholeOf(await throwing(thrown)(ask()))).toEqual(answer(500, internal))
  })

  test('as an Error says no word of it to the client, and all to the log', async () => {
    const { options, log } = recorder()
    const response = await throwing(new Error('s3cr3t'), options)(ask('/users/7'))
    expect(await wholeOf(response)).toEqual(answer(500, internal))
    expect(log).toEqual([
      [
        'error',
        expect.objectContaining({
          status: 500,
          method: 'GET',
          route: undefined,
          requestId: 'r-1',
          sent: true,
        }),
        's3cr3t',
      ],
    ])
  })

  test('is the same error as on Express: every header, and the body', async () => {
    const thrown = new BizError(1006, { headers: { 'X-Hint': 'no' }, retryAfter: 7, details: { name: 'ä' } })
    const { server, port } = await listen(
      frameworks[0]!.listener({
        options: { catalog },
        routes: {
          '/': () => {
            throw thrown
          },
        },
      }),
    )
    try {
      const headers = { 'X-Request-ID': 'r-1', 'Accept-Language': 'ja' }
      const onExpress = await wholeOf(await fetch(`http://127.0.0.1:${port}/`, { headers }))
      const onWeb = await wholeOf(await throwing(thrown)(ask('/', { headers })))
      const { date: _, connection: __, 'keep-alive': ___, ...others } = onExpress.headers
      expect({ ...onExpress, headers: others }).toEqual(onWeb)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test('for a HEAD is answered with all the headers and no body', async () => {
    const response = await throwing(new BizError(1006))(ask('/', { method: 'HEAD' }))
    expect(response.body).toBeNull()
    expect(await wholeOf(response)).toEqual({ ...answer(409, conflict), body: '' })
  })
})

describe('a Response', () => {
  test('of a library may be returned and thrown as well', async () => {
    const response = new UndiciResponse('ok') as unknown as Response
    expect(await withErrors(() => response)(ask())).toBe(response)
    expect(await throwing(response)(ask())).toBe(response)
  })

  test('that is returned is the one that is sent', async () => {
    const response = new Response('ok')
    expect(await withErrors(() => response)(ask())).toBe(response)
  })

  test('that is thrown is the one that is sent', async () => {
    const { options, reports } = recorder()
    const response = new Response('wait', { status: 202 })
    expect(await throwing(response, options)(ask())).toBe(response)
    expect(reports).toEqual([])
  })

  test('that fetch has brought, and that is thrown, is the answer of another server: an error, and nothing of it is sent', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(401, { 'X-Inner': 's3cr3t' }).end('s3cr3t')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const upstream = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      const { status, body, headers } = await wholeOf(await throwing(upstream)(ask()))
      expect([status, body, headers['x-inner']]).toEqual([
        502,
        '{"code":500,"message":"Bad gateway"}',
        undefined,
      ])
      await upstream.body?.cancel()
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test('that is thrown once its body was read cannot be sent, and is an error', async () => {
    const response = new Response('x')
    await response.text()
    expect((await throwing(response)(ask())).status).toBe(502)
  })
})

describe('a request', () => {
  test.each([
    ['nothing', () => {}],
    ['null', () => null],
    ['a promise of nothing', async () => {}],
  ])('for which the handler returns %s is not found', async (_what, handler) => {
    const { options, reports } = recorder()
    const fetch = withErrors(handler, { catalog, ...options })
    expect(await wholeOf(await fetch(ask()))).toEqual(answer(404, missing))
    expect(reports).toEqual([expect.objectContaining({ status: 404, condition: 'not-found' })])
    expect(reports[0]!.error).toMatchObject({ name: 'NotFoundError', message: 'Not Found' })
  })

  test.each([
    ['a text', 'ok', '"ok"'],
    ['an object', { ok: true }, 'an object'],
  ])(
    'for which the handler returns %s is answered as the internal error, and the log says why',
    async (_what, returned, shown) => {
      const { options, log } = recorder()
      const fetch = withErrors(() => returned as never, { catalog, ...options })
      expect(await wholeOf(await fetch(ask()))).toEqual(answer(500, internal))
      expect(log.map(([level, , message]) => [level, message])).toEqual([
        ['error', `The handler returned ${shown}. Return a Response, or nothing for a 404`],
      ])
    },
  )

  test('is handed over with all that the host gives beside it', async () => {
    const given: unknown[] = []
    const fetch = withErrors((...all: [Request, object, object]) => {
      given.push(...all)
      return new Response()
    })
    const [request, env, context] = [ask(), {}, {}]
    await fetch(request, env, context)
    expect(given).toEqual([request, env, context])
    expect(given[0]).toBe(request)
  })

  test('that has no id gets one, which its handler, its answer and its report know', async () => {
    const { options, reports } = recorder()
    const ids: string[] = []
    const fetch = withErrors(
      (request) => {
        ids.push(requestIdOf(request), requestIdOf(request))
        throw new BizError(1006)
      },
      { catalog, ...options },
    )
    const response = await fetch(new Request('http://localhost/'))
    const id = response.headers.get('x-request-id')
    expect(id).toMatch(/^[\da-f-]{36}$/)
    expect([...ids, reports[0]!.requestId]).toEqual([id, id, id])
  })

  test('that cannot be written on has one id all the same', async () => {
    const request = Object.freeze(new Request('http://localhost/'))
    const response = await throwing(new BizError(1006))(request)
    expect(response.headers.get('x-request-id')).toBe(requestIdOf(request))
  })

  test('whose client has left is reported so, and is nobody’s fault', async () => {
    const { options, reports, log } = recorder()
    const controller = new AbortController()
    const fetch = withErrors(
      ({ signal }) => {
        controller.abort()
        signal.throwIfAborted()
      },
      { catalog, ...options },
    )
    await fetch(new Request('http://localhost/', { signal: controller.signal }))
    expect(reports).toEqual([
      expect.objectContaining({ sent: false, clientGone: true, condition: 'client-gone' }),
    ])
    expect(log.map(([level]) => level)).toEqual(['info'])
  })

  test('whose client has left is so for an app that chooses languages as well', async () => {
    const { options, reports } = recorder()
    const controller = new AbortController()
    const fetch = withErrors(
      ({ signal }) => {
        controller.abort()
        signal.throwIfAborted()
      },
      { catalog, ...options, locale: () => 'de' },
    )
    await fetch(new Request('http://localhost/', { signal: controller.signal }))
    expect(reports).toEqual([expect.objectContaining({ condition: 'client-gone', locale: 'de' })])
  })
})

describe('option requestId', () => {
  const all = { catalog, requestId: {} }

  test('puts the id on a success, too', async () => {
    const response = await withErrors(() => new Response('ok'), all)(ask())
    expect(response.headers.get('x-request-id')).toBe('r-1')
  })

  test('leaves an id that the handler has set', async () => {
    const fetch = withErrors(() => new Response('ok', { headers: { 'X-Request-ID': 'mine' } }), all)
    expect((await fetch(ask())).headers.get('x-request-id')).toBe('mine')
  })

  test('puts its own on a Response that has answered another request', async () => {
    const shared = new Response(null, { status: 204 })
    const fetch = withErrors(() => shared, all)
    for (const id of ['first', 'second']) {
      const response = await fetch(ask('/', { id }))
      expect(response.headers.get('x-request-id')).toBe(id)
    }
  })

  test('puts it on a Response whose headers cannot be changed', async () => {
    const response = await withErrors(() => Response.redirect('http://localhost/there', 302), all)(ask())
    expect([response.status, Object.fromEntries(response.headers)]).toEqual([
      302,
      { location: 'http://localhost/there', 'x-request-id': 'r-1' },
    ])
  })

  test('puts it on a Response that is thrown', async () => {
    const response = await throwing(new Response(null, { status: 202 }), all)(ask())
    expect([response.status, response.headers.get('x-request-id')]).toEqual([202, 'r-1'])
  })

  test('sends a Response as it is, on which nothing can be put', async () => {
    const response = Response.error()
    expect(await withErrors(() => response, all)(ask())).toBe(response)
  })

  test('is the same for a handler inside another, whoever makes ids', async () => {
    let count = 0
    const requestId = { generate: () => `id-${++count}` }
    const ids: string[] = []
    const inner = withErrors(
      (request: Request) => {
        ids.push(requestIdOf(request))
        throw new BizError(1006)
      },
      { catalog, requestId },
    )
    const outer = withErrors(
      (request: Request) => {
        ids.push(requestIdOf(request))
        return inner(request)
      },
      { catalog, requestId },
    )
    const response = await outer(new Request('http://localhost/'))
    expect([...ids, response.headers.get('x-request-id')]).toEqual(['id-1', 'id-1', 'id-1'])
  })

  test('says which header bears it, and who makes ids', async () => {
    const requestId = {
      header: 'X-Correlation-ID',
      generate: ({ url }: Request) => `made:${new URL(url).pathname.slice(1)}`,
    }
    const fetch = withErrors(
      (request) => {
        if (request.method === 'POST') throw new BizError(1006)
        return new Response(requestIdOf(request))
      },
      { catalog, requestId },
    )
    const told = await fetch(new Request('http://localhost/a', { headers: { 'X-Correlation-ID': 'c-1' } }))
    expect([told.headers.get('x-correlation-id'), await told.text()]).toEqual(['c-1', 'c-1'])
    const made = await fetch(new Request('http://localhost/a', { method: 'POST' }))
    expect([made.headers.get('x-correlation-id'), made.headers.get('x-request-id')]).toEqual(['made:a', null])
  })
})

/** What a host is told to wait for. */
async function held(
  rest: (context: object) => readonly unknown[],
  onReport: () => unknown,
): Promise<unknown[]> {
  const promises: Promise<unknown>[] = []
  const context = {
    waitUntil(promise: Promise<unknown>) {
      if (this !== context) throw new TypeError('Illegal invocation')
      promises.push(promise)
    },
  }
  const fetch = throwing(new BizError(1006), { onReport }) as (...all: unknown[]) => Promise<Response>
  expect((await fetch(ask(), ...rest(context))).status).toBe(409)
  return Promise.all(promises)
}
async function later(): Promise<string> {
  await Promise.resolve()
  return 'done'
}

describe('promises of onReport', () => {
  test('are handed to waitUntil of a Worker’s context', async () => {
    expect(await held((context) => [{}, context], later)).toEqual(['done'])
  })

  test('are handed to waitUntil where it comes with the request alone', async () => {
    expect(await held((context) => [context], later)).toEqual(['done'])
  })

  test('may be rejected', async () => {
    expect(
      await held(
        (context) => [{}, context],
        () => Promise.reject(new Error('no')),
      ),
    ).toEqual([undefined])
  })

  test('are not there where it returns none', async () => {
    expect(
      await held(
        (context) => [{}, context],
        () => 7,
      ),
    ).toEqual([])
  })

  test('go nowhere where nobody waits', async () => {
    expect(await held(() => [], later)).toEqual([])
  })

  test('cost no answer where waitUntil fails', async () => {
    const fetch = throwing(new BizError(1006), { onReport: later }) as (
      ...all: unknown[]
    ) => Promise<Response>
    const context = {
      waitUntil() {
        throw new Error('too late')
      },
    }
    expect((await fetch(ask(), {}, context)).status).toBe(409)
  })
})

describe('our own failure', () => {
  test.each([
    ['', {}],
    [', where ids are on every response', { requestId: {} }],
  ])('Q03: is the generic 500 in the envelope, with an id, and reported once%s', async (_where, given) => {
    const { options, reports, log } = recorder()
    const request = ask()
    Object.defineProperty(request, 'headers', {
      get() {
        throw new Error('s3cr3t')
      },
    })
    const reported: ErrorReport[] = []
    const fetch = throwing(new BizError(1006), {
      ...options,
      ...given,
      onReport: (report) => reported.push(report),
    })
    await fetch(ask('/', { id: 'first' }))
    const { status, body, headers } = await wholeOf(await fetch(request))
    expect([status, body]).toEqual([500, JSON.stringify(internal)])
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
    expect(reports).toEqual([])
    expect(reported).toHaveLength(2)
    expect(log.filter(([level]) => level === 'warn')).toHaveLength(1)
  })
})

describe('set-up', () => {
  const wrong: readonly (readonly [readonly unknown[], string])[] = [
    [
      [],
      'withErrors was called with undefined. Give the function that handles a request, and the options after it.',
    ],
    [[{ catalog }], 'withErrors was called with an object. Give the function that handles a request'],
    [[ask()], 'withErrors was mounted uncalled; call it: withErrors(handler, options)'],
    [[() => {}, 5], 'withErrors was called with 5. Give an object of options, or nothing.'],
    [[() => {}, { catlog: catalog }], 'withErrors has no "catlog". Did you mean catalog?'],
    [[() => {}, { catalog: 5 }], 'Option catalog is 5. Give what defineCatalog returned.'],
    [
      [() => {}, { requestId: true }],
      'Option requestId is true. Give { header }, { generate }, { context }, {}, or nothing.',
    ],
    [[() => {}, { requestId: { header: 7 } }], 'Option header is 7.'],
  ]
  test.each(wrong)('%j is refused', (given, message) => {
    const call = (): unknown => Reflect.apply(withErrors, undefined, given)
    expect(call).toThrow(SetupError)
    expect(call).toThrow(message)
  })

  test('a function of ours that a framework calls says what is wrong', async () => {
    const fetch = withErrors(() => new Response()) as unknown as (...all: unknown[]) => Promise<Response>
    await expect(fetch({ method: 'GET', headers: {} }, {}, () => {})).rejects.toThrow(
      'The function that withErrors(handler, options) returned was called with an object. Give it a Request',
    )
  })
})
