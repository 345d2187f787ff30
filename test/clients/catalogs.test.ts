import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listen as serveExample, SYSTEMS } from '../../examples/listen.ts'
import type { Code } from '../../src/catalog/code.ts'
import type { Entry } from '../../src/catalog/entry.ts'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import { createClient, type ApiError, type Client } from '../../src/client/index.ts'
import { clientCatalog } from '../../src/contract/index.ts'
import { readExchanges, shownOn, type Exchange } from '../docs/transcript.ts'
import { failureOf } from '../support/failure-of.ts'
import { express5, listen } from '../support/frameworks.ts'
import { librariesOf, type Library } from './libraries.ts'

const catalogs = { 'cloud-waf': cloudWaf, cdn, gateway, secrets }

/** What an error tells that tells errors apart. */
interface Seen {
  readonly status: number
  readonly code: Code | undefined
  readonly parent: Code | undefined
  readonly message: string
}

function seen(error: unknown): Seen {
  const { status, code, parent, message } = error as ApiError
  return { status, code, parent, message }
}

describe.each(Object.entries(catalogs))('every code of %s', (name, catalog) => {
  const BizError = catalog.BizError as unknown as new (code: Code) => Error
  // A success, too, may be thrown by mistake.
  const entries = Array.from<Entry>(catalog).filter(({ status }) => status !== 200)
  const api = createClient({ catalog: clientCatalog(catalog), retry: false })
  let origin: string
  let close: () => void

  beforeAll(async () => {
    const routes = Object.fromEntries(
      entries.map(({ code }) => [
        `/${code}`,
        () => {
          throw new BizError(code)
        },
      ]),
    )
    const options = { catalog, logger: { error: () => {} } }
    const { port, server } = await listen(express5.listener({ options, routes }))
    origin = `http://127.0.0.1:${port}`
    close = () => {
      server.close()
      server.closeAllConnections()
    }
  })
  afterAll(() => close())

  const hasParents = ['cdn', 'gateway'].includes(name)
  const expectedOf = ({ status, code, parent, message }: Entry): Seen => ({
    status,
    code,
    parent: hasParents ? parent : undefined,
    message,
  })

  async function errorsBy(get: Library['get'], of: readonly Entry[]): Promise<readonly Seen[]> {
    const errors: Seen[] = []
    for (const { code } of of) errors.push(seen(await failureOf(() => get(`${origin}/${code}`))))
    return errors
  }

  const [client, ...others] = librariesOf(api)

  test('is read by the client', async () => {
    expect(await errorsBy(client!.get, entries)).toEqual(entries.map(expectedOf))
  })

  // How they read, the other tests say.
  const some = entries.filter((_, index) => index % 20 === 0)

  test.each(others)('is read by $name, one in twenty', async ({ get }) => {
    expect(await errorsBy(get, some)).toEqual(some.map(expectedOf))
  })
})

interface Body {
  readonly code?: Code
  readonly sub_code?: Code | null
  readonly message?: string
  readonly error?: { readonly code: Code }
}

/** The code in a body as the document of each system has it, read without the code that reads them. */
const codeIn: Readonly<Record<string, (body: Body) => Code | undefined>> = {
  'cloud-waf': ({ code }) => code,
  cdn: ({ code, message = '' }) => Number(/^\((\d+)\)/.exec(message)?.[1] ?? code),
  gateway: ({ code, sub_code }) => sub_code ?? code,
  secrets: ({ error }) => error?.code,
}

/** What the client is to make of an answer that a README shows: the status and code of an error, or nothing. */
function expectedOf(system: string, { request, answer }: Exchange): object | undefined {
  const status = Number.parseInt(answer.status)
  if (status < 400) return undefined
  // A HEAD has no body. Where the README is about headers, it leaves it out.
  if (answer.body === undefined) {
    return { status, code: request.method === 'HEAD' ? undefined : (expect.anything() as unknown) }
  }
  return { status, code: codeIn[system]!(JSON.parse(answer.body) as Body) }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** The status and code of the error that a request ends with, if any. */
async function failureBy(
  api: Client,
  port: number,
  path: string,
  init?: RequestInit,
): Promise<object | undefined> {
  try {
    await api.fetch(`http://127.0.0.1:${port}${path}`, init)
    return undefined
  } catch (error) {
    const { status, code } = error as ApiError
    return { status, code }
  }
}

for (const [system, frameworks] of SYSTEMS) {
  const readme = readFileSync(`examples/${system}/README.md`, 'utf8')

  describe.each(frameworks)(`examples/${system} on %s`, (framework) => {
    const catalog = clientCatalog(catalogs[system as keyof typeof catalogs])
    const api = createClient({ catalog, retry: false })
    let server: Server

    beforeAll(async () => {
      server = await serveExample(system, framework)
    }, 60_000)
    afterAll(() => {
      server.close()
      server.closeAllConnections()
    })

    test('answers what the client reads as its README shows it', async () => {
      const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      const exchanges = readExchanges(shownOn(framework, readme))
      const errors: unknown[] = []
      for (const { request } of exchanges) {
        const { path, body, ...sent } = request
        errors.push(await failureBy(api, portOf(server), path, { ...sent, ...(body && { body }) }))
      }
      log.mockRestore()
      expect(errors).toEqual(exchanges.map((exchange) => expectedOf(system, exchange)))
      expect(errors.filter(Boolean).length).toBeGreaterThan(4)
    })
  })
}

test('the cdn example, where it answers with HTTP 200, is read by a client that is told so', async () => {
  const httpStatus = 200
  const server = await serveExample('cdn', 'koa', { httpStatus })
  try {
    const api = createClient({ catalog: clientCatalog(cdn, { handler: { httpStatus } }) })
    const error = await failureBy(api, portOf(server), '/v2/index.php')
    expect(error).toEqual({ status: 200, code: 4100 })
  } finally {
    server.close()
    server.closeAllConnections()
  }
})
