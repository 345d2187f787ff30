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
import { createClient, type ApiError, type ClientCatalog } from '../../src/client/index.ts'
import { readExchanges, shownOn, type Exchange } from '../docs/transcript.ts'
import { failureOf } from '../support/failure-of.ts'
import { express5, listen } from '../support/frameworks.ts'
import { librariesOf, type Library } from './libraries.ts'

const catalogs = { 'cloud-waf': cloudWaf, cdn, gateway, secrets }

/** What a front end has to know of each. */
const known: Readonly<Record<keyof typeof catalogs, ClientCatalog>> = {
  'cloud-waf': { envelope: 'flat', success: 0 },
  cdn: { envelope: 'composite', success: 0 },
  gateway: { envelope: 'two-level', success: 200 },
  secrets: { envelope: 'nested' },
}

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
  const api = createClient({ catalog: known[name as keyof typeof catalogs], retry: false })
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
  const { body } = answer
  // Where the README is about headers, it leaves the body out.
  if (body === undefined && status >= 400 && request.method !== 'HEAD')
    return { status, code: expect.anything() }
  const isJson = body?.startsWith('{')
  const code = isJson ? codeIn[system]!(JSON.parse(body!) as Body) : undefined
  const isSuccess = status < 400 && (!isJson || code === known[system as keyof typeof known].success)
  return isSuccess ? undefined : { status, code }
}

for (const [system, frameworks] of SYSTEMS) {
  const readme = readFileSync(`examples/${system}/README.md`, 'utf8')

  describe.each(frameworks)(`examples/${system} on %s`, (framework) => {
    const api = createClient({ catalog: known[system as keyof typeof known], retry: false })
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
      const { port } = server.address() as AddressInfo
      const exchanges = readExchanges(shownOn(framework, readme))
      const errors: unknown[] = []
      for (const { request } of exchanges) {
        const { method, path, headers, body } = request
        const error = await api
          .fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body && { body }) })
          .then(
            () => undefined,
            ({ status, code }: ApiError) => ({ status, code }),
          )
        errors.push(error)
      }
      log.mockRestore()
      expect(errors).toEqual(exchanges.map((exchange) => expectedOf(system, exchange)))
      expect(errors.filter(Boolean).length).toBeGreaterThan(4)
    })
  })
}
