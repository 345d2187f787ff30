import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApp as createCdn } from '../../../examples/cdn/on-koa.ts'
import { createApp as createCloudWaf } from '../../../examples/cloud-waf/on-express.ts'
import { createApp as createGateway } from '../../../examples/gateway/on-express.ts'
import { createApp as createSecrets } from '../../../examples/secrets/on-koa.ts'
import { koaCallback, listen } from '../../support/frameworks.ts'
import * as fc from 'fast-check'
import type { Dump } from '../../../src/contract/dump/dump.ts'
import { generateClient, type LanguageName } from '../../../src/contract/codegen/generate.ts'
import { cases } from './answers.ts'
import { anyDump } from './any-dump.ts'
import { dumps, type ClientName } from './clients.ts'
import { guideProgram, programs } from './programs.ts'
import { describeWithCompiler, toolchains, write, writeClients } from './toolchains.ts'

const TIMEOUT = 300_000

/** A request, and what a client reads of the answer. */
interface Ask {
  readonly client: ClientName
  readonly method?: string
  readonly url: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

function lineOf({ client, method = 'GET', url, body = '', headers = {} }: Ask): string {
  return [client, method, url, body, ...Object.entries(headers).flat()].join('\t')
}

const servers: { close: () => void }[] = []
let base: Readonly<Record<'cases' | 'cloudWaf' | 'cdn' | 'gateway' | 'secrets', string>>

beforeAll(async () => {
  const listeners = {
    cases: answerCase,
    cloudWaf: createCloudWaf(),
    cdn: koaCallback(createCdn()),
    gateway: createGateway(),
    secrets: koaCallback(createSecrets()),
  }
  const addresses = Object.entries(listeners).map(async ([name, listener]) => {
    const { port, server } = await listen(listener)
    servers.push(server)
    return [name, `http://127.0.0.1:${port}`] as const
  })
  base = Object.fromEntries(await Promise.all(addresses)) as typeof base
})
afterAll(() => servers.forEach((server) => server.close()))

const answerCase: RequestListener = (request, response) => {
  const { status, headers, body } = cases[Number(request.url!.slice(1))]!
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** The examples, as they run: what is asked of them, and what is read. */
const live: readonly (Omit<Ask, 'url'> & {
  readonly client: 'cloudWaf' | 'cdn' | 'gateway' | 'secrets'
  readonly path: string
  readonly reads: string
})[] = [
  {
    client: 'cloudWaf',
    path: '/users/99',
    headers: { 'X-Request-ID': 'live-1' },
    reads: '1001|-|404|false|-|live-1|User not found|',
  },
  { client: 'cloudWaf', path: '/users/1', reads: 'success of 60' },
  {
    client: 'cloudWaf',
    method: 'POST',
    path: '/users',
    body: '{"username":"admin"}',
    headers: { 'Content-Type': 'application/json', 'X-Request-ID': 'live-2', 'Accept-Language': 'ja' },
    reads: '1006|-|409|false|-|live-2|このユーザー名はすでに使用されています。|',
  },
  {
    client: 'cloudWaf',
    method: 'DELETE',
    path: '/api-keys/99',
    headers: { 'X-Request-ID': 'live-3' },
    reads: '1051|-|200|false|-|live-3|API Key not found or out of visible scope|',
  },
  {
    client: 'cdn',
    path: '/v2/index.php?Action=DeleteCdnHost&Signature=s&host=no.example',
    headers: { 'X-Request-ID': 'live-4' },
    reads:
      '2000|5000|404|false|-|live-4|(2000) The accelerated domain name does not exist. Check it and try again.|',
  },
  {
    client: 'gateway',
    path: '/v1/forecast',
    headers: { 'X-API-Key': 'key-rich', 'X-Request-ID': 'live-5' },
    reads: '50201|502|502|true|5|live-5|The service request failed to be processed.|',
  },
  {
    client: 'gateway',
    path: '/v1/quote',
    headers: { Accept: 'application/problem+json', 'X-Request-ID': 'live-6' },
    reads: '40102|-|401|false|-|live-6|API key is not provided.|',
  },
  {
    client: 'secrets',
    path: '/v1/secrets/none',
    headers: { Authorization: 'Bearer good', 'X-Request-ID': 'live-7' },
    reads: 'secret_not_found|-|404|false|-|live-7|Secret not found|',
  },
]

/** Some dumps that nobody has thought of, without those in which two keys would have one name. */
function forged(language: LanguageName): Readonly<Record<string, Dump>> {
  const made = fc.sample(anyDump, 12).filter((dump) => {
    try {
      return generateClient(dump, language) !== ''
    } catch {
      return false
    }
  })
  expect(made.length).toBeGreaterThan(3)
  return Object.fromEntries(made.map((dump, index) => [`forged${index}`, dump]))
}

for (const toolchain of toolchains) {
  const { language, check, command, guide } = toolchain

  describeWithCompiler(toolchain, () => {
    let folder: string
    let printed: string

    async function read(asked: readonly Ask[]): Promise<readonly string[]> {
      const [program, args] = command(folder)
      const { stdout } = await promisify(execFile)(program, [...args, asked.map(lineOf).join('\n')], {
        cwd: folder,
        env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
      })
      return stdout.trimEnd().split('\n')
    }

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), `bizerror-${language}-`))
      // Kotlin's old compiler takes its time.
      const more = language === 'kotlin' ? {} : forged(language)
      writeClients(folder, language, { ...dumps, ...more })
      const { file, text } = programs[language]
      write(join(folder, file), text)
      const guide = guideProgram(language)
      write(join(folder, guide.file), guide.text)
      printed = check(folder)
    }, TIMEOUT)
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    test('its compiler and its linter have nothing to say of the clients of any catalog', () => {
      expect(printed).toBe('')
    })

    test('its clients read the answers of the examples, as they run', { timeout: TIMEOUT }, async () => {
      const asked = live.map(({ path, ...request }) => ({ ...request, url: base[request.client] + path }))
      // The provider of the gateway is down, which its log says.
      const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      expect(await read(asked)).toEqual(live.map(({ reads }) => reads))
      expect(stderr).toHaveBeenCalledOnce()
      stderr.mockRestore()
    })

    test('the program of the guide does with an example what it shows', { timeout: TIMEOUT }, async () => {
      const [program, args] = guide(folder)
      const { stdout } = await promisify(execFile)(program, [...args, base.secrets], { cwd: folder })
      expect(stdout).toBe('Log in: Missing Authorization header\n')
    })

    test('its clients read any answer, and fall over none', { timeout: TIMEOUT }, async () => {
      const asked = cases.map(({ client }, index) => ({ client, url: `${base.cases}/${index}` }))
      const lines = await read(asked)
      expect(lines.slice(0, -1)).toEqual(cases.slice(0, -1).map(({ reads }) => reads))
      // Deeper than it reads, or not.
      expect(lines.at(-1)).toMatch(/^(?:1006|-)\|-\|400\|false/)
    })
  })
}
