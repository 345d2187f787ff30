import { describe, expect, test } from 'vitest'
import { createReader } from '../../src/client/index.ts'
import { isRetryable } from '../../src/client/retry.ts'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as http } from '../../src/catalogs/http.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import { clientCatalog } from '../../src/contract/client-catalog.ts'
import { createDump } from '../../src/contract/dump/create.ts'
import { defineCatalog } from '../../src/index.ts'
import { project, SHOP } from './cli/run.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { code: 1, status: 410, message: 'Gone' },
    BUSY: { code: 2, status: 409, message: 'Busy', retryable: true },
    BROKEN: { code: 3, status: 503, message: 'Broken' },
    SLOW: { code: 4, status: 504, message: 'Slow', retryable: true },
    // One code, of which a client cannot tell by itself whether it may succeed later.
    SHARED: { code: 5, status: 503, message: 'Busy', retryable: true },
    SHARED_TOO: { code: 5, status: 503, message: 'Broken' },
  },
})

describe('clientCatalog', () => {
  test('names the codes that may succeed later, and those that never do, whatever their status says', () => {
    expect(clientCatalog(shop)).toEqual({ envelope: 'flat', retryable: [2, 4], final: [3] })
  })

  test('says the same of a dump', () => {
    expect(clientCatalog(createDump(shop))).toEqual(clientCatalog(shop))
  })

  test('names the code of a success where an error may come with the status 200', () => {
    const handler = { catalog: shop, httpStatus: 200 } as const
    expect(clientCatalog(shop, { handler })).toMatchObject({ success: 0 })
    const one = defineCatalog({
      name: 'one',
      success: { code: 0, message: 'OK' },
      errors: { LATE: { status: 200, message: 'Late' } },
    })
    expect(clientCatalog(one)).toEqual({ envelope: 'flat', success: 0 })
  })

  test('tells composite bodies among others, and no envelope of the app', () => {
    const envelope = { 'application/problem+json': 'problem', 'application/json': 'composite' } as const
    expect(clientCatalog(shop, { handler: { catalog: shop, envelope } }).envelope).toBe('composite')
    const own = defineCatalog({
      name: 'own',
      envelope: { body: () => ({}) },
      errors: { LATE: { status: 409, message: 'Late' } },
    })
    expect(clientCatalog(own)).toEqual({})
  })

  test('names none that clients are never told', () => {
    const handler = { catalog: shop, conceal: [{ errors: ['BUSY'], as: 'GONE' }] } as const
    expect(clientCatalog(shop, { handler }).retryable).toEqual([4])
  })

  test.each([cdn, cloudWaf, gateway, http, secrets])(
    'lets a client repeat what the catalog $name calls retryable, and nothing else',
    (catalog) => {
      const known = clientCatalog(catalog)
      const read = createReader({ catalog: known })
      const { entries, success } = createDump(catalog)
      for (const { code, status, retryable } of entries) {
        const isShared = entries.some((each) => each.code === code && each.retryable !== retryable)
        if (code === success.code || isShared) continue
        const error = read.parse({ status, body: { code, message: 'x' } })
        expect([code, isRetryable(error, known)]).toEqual([code, retryable])
      }
    },
  )
})

describe('bizerror client-catalog', () => {
  test('writes a file, which is what --check wants however it is formatted', async () => {
    const { bizerror, read, write } = project({ 'errors.mjs': SHOP.replace('409', '503') })
    const line = ['client-catalog', '-c', 'errors.mjs']
    expect(await bizerror(line)).toEqual({ code: 0, out: '', err: 'client-catalog.json\n' })
    expect(JSON.parse(read('client-catalog.json'))).toMatchObject({ envelope: 'flat', final: [10002] })
    write('client-catalog.json', JSON.stringify(JSON.parse(read('client-catalog.json'))))
    expect(await bizerror([...line, '--check'])).toEqual({ code: 0, out: '', err: '' })
    write('errors.mjs', SHOP)
    expect(await bizerror([...line, '--check'])).toEqual({
      code: 1,
      out: 'client-catalog.json is not what the catalog says. Run bizerror client-catalog.\n',
      err: '',
    })
    write('client-catalog.json', 'no JSON')
    expect((await bizerror([...line, '--check'])).code).toBe(1)
  })

  test('writes a file for each catalog, and prints', async () => {
    const { bizerror, files } = project({
      'errors.mjs': SHOP,
      'mall.mjs': SHOP.replace("name: 'shop'", "name: 'mall'"),
    })
    const catalogs = ['-c', 'errors.mjs', '-c', 'mall.mjs']
    expect((await bizerror(['client-catalog', ...catalogs])).err).toBe(
      'shop.client-catalog.json\nmall.client-catalog.json\n',
    )
    expect(files()).toHaveLength(4)
    const { out } = await bizerror(['client-catalog', '-c', 'mall.mjs', '-o', '-'])
    expect(JSON.parse(out)).toEqual({ envelope: 'flat' })
    expect((await bizerror(['client-catalog', ...catalogs, '-o', 'one.json'])).code).toBe(2)
  })
})
