import { format } from 'prettier'
import { describe, expect, test } from 'vitest'
import { catalog as cdn } from '../../../src/catalogs/cdn.ts'
import { catalog as waf } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../../src/catalogs/gateway.ts'
import { catalog as http } from '../../../src/catalogs/http.ts'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import { createAnswers } from '../../../src/contract/answers/create.ts'
import { catalogOf } from '../../../src/contract/dump/catalog.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import { defineCatalog } from '../../../src/error/index.ts'
import { parseDump } from '../../../src/contract/dump/parse.ts'
import { writeDump } from '../../../src/contract/dump/write.ts'

test('a dump holds samples that JSON does not have as they are shown', () => {
  const shop = defineCatalog({
    name: 'shop',
    errors: {
      LATE: {
        status: 409,
        message: '{{id}} came at {{time}}',
        examples: [{ id: 2n ** 64n, time: new Date(0) }],
      },
    },
  })
  const dump = parseDump(writeDump(createDump(shop)), 'errors.json')
  expect(dump.entries[0]?.examples).toEqual([
    { id: '18446744073709551616', time: '1970-01-01T00:00:00.000Z' },
  ])
})

describe.each([cdn, waf, gateway, secrets, http])('the dump of $name', (catalog) => {
  const dump = createDump(catalog, { onFault: (fault) => expect.fail(fault) })

  test('is written as Prettier would', async () => {
    const text = writeDump(dump)
    expect(text).toBe(await format(text, { parser: 'json' }))
  })

  test('is read as it was written', () => {
    expect(parseDump(writeDump(dump), 'errors.json')).toEqual(dump)
  })

  test('makes a catalog that has the same dump', () => {
    expect(createDump(catalogOf(dump))).toEqual(dump)
  })

  test('makes the answers that the catalog makes, to every error in every language, and to every status', () => {
    const made = createAnswers(parseDump(writeDump(dump), 'errors.json'))
    const live = createAnswers(dump, { catalog })
    let compared = 0
    for (const [index, locale] of dump.locales.entries()) {
      for (const { key } of dump.entries) {
        expect(made.ofEntry(key, { locale })).toEqual(live.ofEntry(key, { locale }))
        compared += 1
      }
      // All in one language, and then each in one of seven.
      const [first, step] = index === 0 ? [400, 1] : [400 + (index % 7), 7]
      for (let status = first; status < 600; status += step) {
        expect(made.ofStatus(status, { locale })).toEqual(live.ofStatus(status, { locale }))
      }
    }
    expect(compared).toBeGreaterThan(30)
  })
})
