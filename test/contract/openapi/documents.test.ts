import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { catalog as cdn } from '../../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../../src/catalogs/gateway.ts'
import { catalog as http } from '../../../src/catalogs/http.ts'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import type { OpenapiComponents } from '../../../src/contract/openapi/components.ts'
import { openapi } from '../../../src/contract/openapi/openapi.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { documentOf, faultsOf, schemasOf, VERSIONS } from './validators.ts'

const catalogs: readonly Catalog[] = [cloudWaf, cdn, gateway, secrets, http]
const envelopes: readonly HandlerOptions['envelope'][] = [
  'flat',
  'nested',
  'composite',
  'two-level',
  'problem',
  { 'application/json': 'flat', 'application/problem+json': 'problem', 'text/html': 'page' },
  { 'text/html': 'page', 'application/json': 'composite', 'application/vnd.shop+json': 'composite' },
]

const cases = catalogs.flatMap((catalog, ofCatalog) =>
  envelopes.flatMap((envelope, ofEnvelope) =>
    VERSIONS.map((version, ofVersion) => ({
      catalog,
      envelope,
      version,
      // An envelope does the same with every catalog: each catalog's examples are tried flat, in all languages, and each
      // envelope's in each version with one catalog. The others of an envelope and a catalog are valid in one version.
      isTried: (envelope === 'flat' && version === '3.1') || (ofCatalog + ofEnvelope + ofVersion) % 5 === 0,
      isValid: (ofCatalog + ofEnvelope + ofVersion) % 2 === 0,
    })),
  ),
)
type Case = (typeof cases)[number]

const titled = cases.map(
  (each) => [`${each.catalog.name} in ${JSON.stringify(each.envelope)} for ${each.version}`, each] as const,
)

/** Writes the components of a case, which have to be valid. */
async function componentsOf({ catalog, envelope, version }: Case): Promise<OpenapiComponents> {
  const examples = envelope === 'flat' && version === '3.1' ? 'all' : ['en', 'zh-CN']
  const described = openapi(catalog, { version, examples, handler: { envelope } })
  expect(await faultsOf(documentOf(described, version))).toEqual([])
  return described.components
}

describe('the components of our catalogs', () => {
  test.each(titled.filter(([, { isTried }]) => isTried))(
    'are valid, and their examples fit: %s',
    async (_title, each) => {
      const components = await componentsOf(each)
      const { schemas, examples } = components
      const validators = schemasOf(components, each.version)
      const prefixes = Object.keys(schemas).map((schema) => `${schema}-`)
      const faults: unknown[] = []
      for (const [name, example] of Object.entries(examples)) {
        const prefix = prefixes.find((other) => name.startsWith(other))!
        const validate = validators(prefix.slice(0, -1))
        if (!validate(example['value'])) faults.push([name, validate.errors])
      }
      expect(faults).toEqual([])
      expect(Object.keys(examples).length).toBeGreaterThanOrEqual(each.catalog.size - 1)
    },
  )

  test.each(titled.filter(([, { isTried, isValid }]) => isValid && !isTried))(
    'are valid: %s',
    async (_title, each) => {
      await componentsOf(each)
    },
  )

  test.each(VERSIONS)('are valid for each status in %s, too', async (version) => {
    for (const catalog of catalogs) {
      const described = openapi(catalog, { version, detail: 'status' })
      expect(await faultsOf(documentOf(described, version)), catalog.name).toEqual([])
    }
  })
})
