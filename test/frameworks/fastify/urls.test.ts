import { expect, test } from 'vitest'
import { clientErrorHandler, frameworkErrors } from '../../../src/adapters/fastify/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import { exchange } from '../../support/raw.ts'
import { fastifies, onFastify, serveFastify } from './apps.ts'
import { ask, bad, whole } from './whole.ts'

onFastify(
  'frameworkErrors answers what fails before a route is found: a URL that is none, a param that is too long',
  {
    server: ({ options }) => ({ frameworkErrors: frameworkErrors({ catalog, ...options }) }),
    routes: (app) => app.get('/orders/:id', () => 'OK'),
  },
  async ({ name, port, reports, reported }) => {
    expect((await ask(port, '/orders/%zz')).split('\r\n').sort()).toEqual(
      whole(400, bad).split('\r\n').sort(),
    )
    await reported(1)
    expect(reports[0]).toMatchObject({ sent: true, requestId: 't-1', method: 'GET', route: undefined })
    const long = await ask(port, `/orders/${'a'.repeat(101)}`)
    await reported(2)
    // To Fastify 4, no route takes such a one.
    expect(long.split(' ')[1]).toBe(name === 'Fastify 5' ? '414' : '404')
  },
)

for (const fastify of fastifies) {
  test(`${fastify[0]} by itself shows a bad URL to its client, and no error handler hears of it`, () =>
    serveFastify(fastify, { routes: (app) => app.get('/:id', () => 'OK') }, async ({ port, reports }) => {
      const response = await ask(port, '/%zz')
      expect(response.split('\r\n\r\n')[1]).toBe(
        `{"error":"Bad Request","code":"FST_ERR_BAD_URL","message":"'/%zz' is not a valid url component","statusCode":400}`,
      )
      expect(reports).toEqual([])
    }))
}

const NO_REQUESTS = {
  'a head that is none': ['GET / HTTP/9.9\r\nAuthorization: secret\r\n\r\n', 400],
  'a method that is none': ['@GET / HTTP/1.1\r\n\r\n', 400],
  'a header that is too large': [`GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`, 431],
} as const

onFastify(
  'clientErrorHandler answers what is no request, closes the connection, and tells nothing of it',
  {
    server: ({ options }) => ({ clientErrorHandler: clientErrorHandler({ catalog, ...options }) }),
    routes: (app) => app.get('/', () => 'OK'),
  },
  async ({ port, reports, log, reported }) => {
    const answers: string[] = []
    for (const [what, [bytes, status]] of Object.entries(NO_REQUESTS)) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await exchange(port, bytes)
      const [head = '', body = ''] = response.split('\r\n\r\n')
      expect(head, what).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(head, what).toMatch(/^Connection: close$/m)
      expect(head, what).toMatch(/^X-Request-ID: [\w-]+\r$/m)
      expect(head, what).toContain(`Content-Length: ${body.length}\r`)
      expect(JSON.parse(body), what).toHaveProperty('code')
      answers.push(response.replace(/^X-Request-ID: .*\r\n/m, ''))
    }
    await reported(answers.length)
    expect(reports.map(({ status }) => status)).toEqual([400, 400, 431])
    expect(JSON.stringify(log)).not.toContain('secret')
    expect(log.map(([level]) => level)).toEqual(['info', 'info', 'info'])
    return answers
  },
)
