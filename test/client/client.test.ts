import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { addressOf } from '../../src/client/address.ts'
import { createClient } from '../../src/client/index.ts'
import { sleep } from '../../src/client/sleep.ts'
import { answering, rejection, type Answered } from './answering.ts'

const busy: Answered = { status: 503, headers: { 'Retry-After': '30' }, body: { code: 503, message: 'Busy' } }

describe('P-O07: an abort', () => {
  test.each([
    ['of a signal', () => new DOMException('left', 'AbortError')],
    ['for a reason of the app', () => new RangeError('left')],
  ])('%s rejects with its reason in every phase', async (_name, makeReason) => {
    const phases: readonly ((abort: () => void) => Promise<string>)[] = [
      async (abort) => {
        abort()
        return (await answering(busy)).url
      },
      async (abort) => (await answering(() => abort())).url,
      async (abort) =>
        (
          await answering((response) => {
            response.writeHead(503, { 'Content-Type': 'application/json' })
            response.write('{"code":')
            setTimeout(abort, 20)
          })
        ).url,
      async (abort) =>
        (
          await answering((response) => {
            response.writeHead(503, { 'Retry-After': '30' }).end()
            setTimeout(abort, 50)
          })
        ).url,
    ]
    for (const phase of phases) {
      const controller = new AbortController()
      const reason = makeReason()
      const url = await phase(() => controller.abort(reason))
      const begin = performance.now()
      expect(await rejection(createClient().fetch(url, { signal: controller.signal }))).toBe(reason)
      expect(performance.now() - begin).toBeLessThan(5000)
    }
  })

  test('by a deadline is a TimeoutError, also while the client waits', async () => {
    const { url, requests } = await answering(busy)
    const request = createClient().fetch(url, { signal: AbortSignal.timeout(1000) })
    expect(await rejection(request)).toMatchObject({ name: 'TimeoutError' })
    expect(requests).toHaveLength(1)
  })

  test('of a Request is heard as well', async () => {
    const { url } = await answering(busy)
    const controller = new AbortController()
    const request = createClient().fetch(new Request(url, { signal: controller.signal }))
    setTimeout(() => controller.abort(), 50)
    expect(await rejection(request)).toMatchObject({ name: 'AbortError' })
  })

  test('leaves no timer, and the process ends', () => {
    const script = `
      import { createClient } from './src/client/index.ts'
      const send = async () => new Response('', { status: 503, headers: { 'Retry-After': '30' } })
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 20)
      createClient({ fetch: send }).fetch('http://shop', { signal: controller.signal }).catch(({ name }) => console.log(name))`
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { encoding: 'utf8', timeout: 20_000 },
    )
    expect({ stdout, stderr, status }).toEqual({ stdout: 'AbortError\n', stderr: '', status: 0 })
  })
})

test('a wait is as long as it says, and lets go of the signal', async () => {
  const { signal } = new AbortController()
  const begin = performance.now()
  await sleep(0.03, signal)
  expect(performance.now() - begin).toBeGreaterThan(25)
  await sleep(0, undefined)
})

describe('a request', () => {
  test.each([
    ['', '/orders', '/v1/orders'],
    ['', 'orders?n=1', '/v1/orders?n=1'],
    ['', '?n=1', '/v1?n=1'],
    ['/', '/orders', '/v1/orders'],
    ['', '//evil.example/orders', '/v1/evil.example/orders'],
    ['', 'orders:cancel', '/v1/orders:cancel'],
  ])('goes to the base with %j and %j: %s', async (end, input, path) => {
    const { url, requests } = await answering({})
    await createClient({ baseUrl: `${url}/v1${end}` }).fetch(input)
    await createClient({ baseUrl: new URL(`${url}/v1${end}`) }).fetch(input)
    expect(requests.map((request) => request.path)).toEqual([path, path])
  })

  test.each([
    '//evil.example/a',
    '/\\evil.example/a',
    '\\/evil.example/a',
    '\t//evil.example/a',
    '/\n/evil.example/a',
  ])('goes to no other host with %j, not even where the base is the root of the host of a page', (input) => {
    for (const base of ['', '/', '/v1', 'https://shop.example', 'https://shop.example/']) {
      const address = addressOf(input, base) as string
      expect(new URL(address, 'https://shop.example/cart').host, address).toBe('shop.example')
    }
  })

  test('whose address is whole goes there', async () => {
    const { url, requests } = await answering({})
    const api = createClient({ baseUrl: 'http://127.0.0.1:9' })
    await api.fetch(`${url}/a`)
    await api.fetch(new URL(`${url}/b`))
    await api.fetch(new Request(`${url}/c`))
    expect(requests.map((request) => request.path)).toEqual(['/a', '/b', '/c'])
  })

  test("asks for the reader's language, unless it asks for one itself", async () => {
    const { url, requests } = await answering({})
    let locale: string | undefined = 'de'
    const api = createClient({ locale: () => locale })
    await api.fetch(url)
    locale = 'fr'
    await api.fetch(url)
    await api.fetch(url, { headers: { 'accept-language': 'it' } })
    await api.fetch(new Request(url, { headers: { 'Accept-Language': 'ja' } }))
    await createClient({ locale: 'ar' }).fetch(url)
    const asked = requests.map(({ headers }) => headers['accept-language'])
    expect(asked).toEqual(['de', 'fr', 'it', 'ja', 'ar'])
  })

  test('P-O12: takes no Authorization to another host', async () => {
    const other = await answering({})
    const there = other.url.replace('127.0.0.1', 'localhost')
    const { url, requests } = await answering({ status: 302, headers: { Location: there } })
    await createClient().fetch(url, { headers: { Authorization: 'Bearer secret' } })
    expect(requests[0]!.headers.authorization).toBe('Bearer secret')
    expect(other.requests[0]!.headers.authorization).toBeUndefined()
  })

  test('is sent by the fetch that was given, else by that of the host at the time', async () => {
    const sent: unknown[] = []
    const own = async (input: unknown) => {
      sent.push(input)
      return new Response('done')
    }
    expect(await (await createClient({ fetch: own }).fetch('/a')).text()).toBe('done')
    const api = createClient()
    const { fetch: before } = globalThis
    globalThis.fetch = own as typeof fetch
    try {
      await api.fetch('/b')
    } finally {
      globalThis.fetch = before
    }
    expect(sent).toEqual(['/a', '/b'])
  })

  test('leaves nothing of itself in its error', async () => {
    const { url } = await answering({ status: 409, body: { code: 1, message: 'x' } })
    const error = await rejection(
      createClient().fetch(url, {
        headers: { Authorization: 'Bearer secret' },
        body: 'secret',
        method: 'POST',
      }),
    )
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(Object.values(error as object).some((value) => value instanceof Response)).toBe(false)
  })
})

describe('the options of a client', () => {
  test.each<readonly [options: object, message: string]>([
    [{ retries: 3 }, 'Option retries is 3. Give one of catalog, read, baseUrl, fetch, locale, retry.'],
    [{ baseUrl: 5 }, 'Option baseUrl is 5. Give an address.'],
    [{ fetch: 'x' }, 'Option fetch is "x". Give a function such as fetch.'],
    [{ locale: 5 }, 'Option locale is 5. Give a BCP 47 tag, or a function that returns one.'],
    [{ read: {} }, 'Option read is {}. Give a function of the body.'],
    [{ retry: true }, 'Option retry is true. Give false, or { attempts, maxWait }.'],
    [{ retry: null }, 'Option retry is null. Give false, or { attempts, maxWait }.'],
    [{ retry: { times: 3 } }, 'Option retry.times is 3. Give one of attempts, maxWait.'],
    [{ retry: { attempts: 0 } }, 'Option retry.attempts is 0. Give a whole number from 1.'],
    [{ retry: { attempts: Infinity } }, 'Option retry.attempts is Infinity. Give a whole number from 1.'],
    [
      { retry: { maxWait: '2 days' } },
      `Option retry.maxWait is "2 days". Give seconds, or a text such as '60s'; up to a day.`,
    ],
    [
      { retry: { maxWait: -1 } },
      `Option retry.maxWait is -1. Give seconds, or a text such as '60s'; up to a day.`,
    ],
    [
      { retry: { maxWait: 90_000 } },
      `Option retry.maxWait is 90000. Give seconds, or a text such as '60s'; up to a day.`,
    ],
    [{ retry: [] }, 'Option retry is []. Give false, or { attempts, maxWait }.'],
    ...[{ success: {} }, { default: { envelope: 'flat' } }, [], 5, null].map(
      (catalog) =>
        [
          { catalog },
          `Option catalog is ${JSON.stringify(catalog)}. Give what clientCatalog or bizerror client-catalog made, not its module.`,
        ] as const,
    ),
    [
      { catalog: { success: {}, name: 'x'.repeat(100) } },
      `Option catalog is {"success":{},"name":"${'x'.repeat(58)}. Give what clientCatalog or bizerror client-catalog made, not its module.`,
    ],
  ])('that are wrong are refused: %j', (options, message) => {
    expect(() => createClient(options as object)).toThrow(new TypeError(message))
  })
})
