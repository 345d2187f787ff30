import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { catalog as cdn } from '../../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../../src/catalogs/gateway.ts'
import { catalog as http } from '../../../src/catalogs/http.ts'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
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

const cases = catalogs.flatMap((catalog) =>
  envelopes.flatMap((envelope) => VERSIONS.map((version) => ({ catalog, envelope, version }))),
)

describe('the components of our catalogs', () => {
  test.each(
    cases.map(
      ({ catalog, envelope, version }) =>
        [
          `${catalog.name} in ${JSON.stringify(envelope)} for ${version}`,
          { catalog, envelope, version },
        ] as const,
    ),
  )('are valid, and their examples fit: %s', async (_title, { catalog, envelope, version }) => {
    const examplesIn = envelope === 'flat' ? 'all' : ['en', 'zh-CN']
    const described = openapi(catalog, { version, examples: examplesIn, handler: { envelope } })
    const { schemas, examples } = described.components
    expect(await faultsOf(documentOf(described, version))).toEqual([])
    const validators = schemasOf(described.components, version)
    let fitting = 0
    for (const [name, example] of Object.entries(examples)) {
      const schema = Object.keys(schemas).find((each) => name.startsWith(`${each}-`))!
      const validate = validators(schema)
      expect(validate(example['value']) ? [] : validate.errors, name).toEqual([])
      fitting++
    }
    expect(fitting).toBeGreaterThanOrEqual(catalog.size - 1)
  })

  test.each(VERSIONS)('are valid for each status in %s, too', async (version) => {
    for (const catalog of catalogs) {
      const described = openapi(catalog, { version, detail: 'status' })
      expect(await faultsOf(documentOf(described, version)), catalog.name).toEqual([])
    }
  })
})
