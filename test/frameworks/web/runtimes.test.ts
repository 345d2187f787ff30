import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { say } from '../../support/printed.ts'
import { bundled, makeProject } from './project.ts'
import { started, type Started } from './started.ts'
import { answer, wholeOf, type Whole } from './whole.ts'

const bin = (name: string): string => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url))

interface Runtime {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

const runtimes: readonly Runtime[] = [
  { name: 'Node.js', command: process.execPath, args: ['node.mjs'] },
  {
    name: 'Deno',
    command: bin('deno'),
    args: ['run', '--quiet', '--no-prompt', '--node-modules-dir=manual', '--allow-net=127.0.0.1', 'deno.mjs'],
  },
  { name: 'Bun', command: bin('bun'), args: ['bun.mjs'] },
  { name: 'workerd', command: bin('workerd'), args: ['serve', 'workerd.capnp', '--control-fd=1'] },
  {
    name: 'workerd with nodejs_compat',
    command: bin('workerd'),
    args: ['serve', 'workerd-nodejs.capnp', '--control-fd=1'],
  },
]

const project = makeProject()

beforeAll(async () => {
  // As those who deploy Workers do: https://developers.cloudflare.com/workers/wrangler/bundling/
  const worker = await bundled(project, {
    entryPoints: ['worker.mjs'],
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
  })
  writeFileSync(join(project, 'worker.mjs'), worker)
}, 60_000)

/** Headers that the server of a runtime adds, and frames messages with. */
const FRAME = ['date', 'connection', 'keep-alive', 'transfer-encoding']

function withoutFrame({ headers, ...rest }: Whole): Whole {
  return {
    ...rest,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !FRAME.includes(name))),
  }
}

for (const runtime of runtimes) {
  const { status, error } = spawnSync(runtime.command, ['--version'])
  if (status === 0) {
    describe(`on ${runtime.name}`, () => served(runtime))
  } else {
    say(
      `DID NOT RUN: bizerror/web on ${runtime.name}, which is not installed, or does not run here (${error ?? status}).`,
    )
    // Where it is said to nobody.
    if (process.env['CI']) test(`${runtime.name} is installed`, () => expect(status).toBe(0))
  }
}

function served({ name, command, args }: Runtime): void {
  let server: Started
  beforeAll(async () => {
    server = await started(command, args, project)
  }, 60_000)
  afterAll(() => server.stop())

  if (name === 'Deno') {
    test('a folder of texts that may not be read is told of with the right that it needs', () => {
      writeFileSync(
        join(project, 'texts.mjs'),
        `import { withErrors } from 'bizerror/web'
try {
  withErrors(() => undefined, { locales: new URL('./', import.meta.url) })
} catch ({ message }) {
  console.log(message)
}
`,
      )
      const { stdout } = spawnSync(command, [...args.slice(0, -1), 'texts.mjs'], {
        cwd: project,
        encoding: 'utf8',
      })
      expect(stdout).toMatch(
        /^Option locales is ".+", which cannot be read: .+ --allow-read flag\. Let the program read it\.\n$/,
      )
    })
  }

  async function get(path: string, init: RequestInit = {}): Promise<Whole> {
    // A server may close one that is not in use.
    const headers = { 'X-Request-ID': 'r-1', Connection: 'close', ...(init.headers as object) }
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { ...init, headers })
    return withoutFrame(await wholeOf(response))
  }

  async function post(body: string, type = 'application/json'): Promise<readonly [number, string]> {
    const { status, body: text } = await get('/json', {
      method: 'POST',
      body,
      headers: { 'Content-Type': type },
    })
    return [status, text]
  }

  const notFound = answer(404, { code: 'not_found', message: 'Not found' })
  const internal = answer(500, { code: 'internal_server_error', message: 'Internal server error' })
  const german = { headers: { 'Accept-Language': 'de' } }
  const answers: readonly (readonly [title: string, path: string, RequestInit, Whole])[] = [
    [
      'a thrown code, in the language of the client',
      '/sold',
      german,
      answer(
        409,
        { code: 'SOLD_OUT', message: 'Nur noch 3 übrig', details: { name: 'ü' } },
        { locale: 'de', 'x-hint': 'wait' },
      ),
    ],
    [
      'a 401, with its challenge',
      '/who',
      {},
      answer(401, { code: 'WHO', message: 'Who are you?' }, { 'www-authenticate': 'Bearer' }),
    ],
    [
      'a time to come back',
      '/later',
      {},
      answer(503, { code: 'LATER', message: 'Later' }, { 'retry-after': '7' }),
    ],
    ['an error of nobody’s', '/boom', {}, internal],
    ['null', '/null', {}, internal],
    ['nothing returned', '/nothing', {}, notFound],
    ['a path that nothing serves', '/nowhere', {}, notFound],
    [
      'an Upgrade, without what its connection may not carry',
      '/upgrade',
      {},
      answer(426, { code: 'upgrade_required', message: 'Upgrade required' }),
    ],
    [
      'a body that fails at once',
      '/begun',
      german,
      answer(409, { code: 'SOLD_OUT', message: 'Nur noch 0 übrig' }, { locale: 'de' }),
    ],
    [
      'HEAD: all the headers and no body',
      '/later',
      { method: 'HEAD' },
      { ...answer(503, { code: 'LATER', message: 'Later' }, { 'retry-after': '7' }), body: '' },
    ],
  ]
  test.each(answers)('%s is answered whole', async (_title, path, init, expected) => {
    expect(await get(path, init)).toEqual(expected)
  })

  test('what is returned or thrown to be sent is sent', async () => {
    const results = await Promise.all(['/ok', '/thrown', '/id', '/stream'].map((path) => get(path)))
    expect(results.map(({ status, body }) => [status, body])).toEqual([
      [200, 'ok'],
      [202, 'wait'],
      [200, 'r-1'],
      [200, 'abc'],
    ])
  })

  test('readJson reads JSON, and what is wrong with a body is the client’s error', async () => {
    expect(await post('{"a":"ü"}')).toEqual([200, '{"a":"ü"}'])
    expect(await post('{"a"')).toEqual([400, '{"code":"bad_request","message":"Bad request"}'])
    expect(await post('{}', 'text/plain')).toEqual([
      415,
      '{"code":"unsupported_media_type","message":"Unsupported media type"}',
    ])
    expect(await post(`"${'x'.repeat(200_000)}"`)).toEqual([
      413,
      '{"code":"content_too_large","message":"Content too large"}',
    ])
  })

  test('a body of no told length is read up to the limit, and answered', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const upload = request(`http://127.0.0.1:${server.port}/json`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
      })
      upload.on('response', (response) => {
        resolve(response.statusCode!)
        response.destroy()
      })
      upload.on('error', reject)
      upload.write(`"${'x'.repeat(300_000)}`)
    })
    expect(status).toBe(413)
  })

  test('a body that fails once it has begun is cut off, and no word of it is sent', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/cut`)
    expect(response.status).toBe(200)
    const reader = response.body!.getReader()
    const first = await reader.read()
    expect(new TextDecoder().decode(first.value)).toBe('begun')
    await expect(reader.read()).rejects.toThrow()
  })

  test('a request without an id gets one, which its handler knows', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/own-id`, {
      headers: { Connection: 'close' },
    })
    const { details } = (await response.json()) as { details: { id: string } }
    expect(details.id).toMatch(/^[\da-f-]{36}$/)
    expect(response.headers.get('x-request-id')).toBe(details.id)
  })

  test('pages document the errors', async () => {
    const { status, headers, body } = await get('/errors/SOLD_OUT?format=json', german)
    expect([status, headers['content-language']]).toEqual([200, 'de'])
    expect(JSON.parse(body)).toMatchObject({ code: 'SOLD_OUT' })
    const again = await get('/errors/SOLD_OUT?format=json', {
      headers: { ...german.headers, 'If-None-Match': headers['etag']! },
    })
    expect([again.status, again.body]).toEqual([304, ''])
    expect((await get('/errors/')).body).toContain('<!doctype html>')
  })

  test('what onReport does goes on once the response was sent', async () => {
    await get('/sold', { headers: { 'X-Request-ID': 'waits' } })
    const expected = {
      key: 'SOLD_OUT',
      status: 409,
      method: 'GET',
      requestId: 'waits',
      sent: true,
      clientGone: false,
    }
    await expect
      .poll(async () => JSON.parse((await get('/reports')).body) as unknown, { timeout: 10_000 })
      .toContainEqual(expected)
  })

  test('the log has a line for the server’s fault alone, with its stack', async () => {
    await get('/boom', { headers: { 'X-Request-ID': 'logged' } })
    await expect.poll(() => server.printed(), { timeout: 10_000 }).toContain('"requestId":"logged"')
    const lines = server
      .printed()
      .split('\n')
      .filter((line) => line.includes('"level":"error"'))
    const line = lines.find((line) => line.includes('"requestId":"logged"'))!
    expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({
      msg: 's3cr3t',
      status: 500,
      method: 'GET',
      err: { type: 'Error', stack: expect.stringContaining('\n    at ') as string },
    })
    expect(lines.some((line) => line.includes('"status":409'))).toBe(false)
    // Deno warns of who asks whether the client is there.
    expect(server.printed()).not.toContain('request.signal')
  })

  test('a client that has left is told of as such', async () => {
    const controller = new AbortController()
    const init = { signal: controller.signal, headers: { 'X-Request-ID': 'left' } }
    const left = expect(get('/wait', init)).rejects.toThrow()
    const json = async (path: string): Promise<unknown> => JSON.parse((await get(path)).body)
    await expect.poll(() => json('/waiting'), { timeout: 10_000 }).toBe(1)
    controller.abort()
    await left
    // workerd ends what a request has begun with its client.
    if (name.startsWith('workerd')) return
    const expected = expect.objectContaining({ requestId: 'left', sent: false, clientGone: true }) as unknown
    await expect.poll(() => json('/reports'), { timeout: 10_000 }).toContainEqual(expected)
  })
}
