import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi'
import { Controller, Module, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ApiCreatedResponse, DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import swaggerJsdoc from 'swagger-jsdoc'
import { generateSpec } from 'tsoa'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { openapi } from '../../../src/contract/index.ts'
import { documentOf, faultsOf } from '../../contract/openapi/validators.ts'
import { run } from '../../support/command.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    GONE: { code: 10004, status: 410, message: 'No longer sold' },
  },
})

const info = { title: 'Shop', version: '1.0.0' }

/** What an operation is to have, whoever writes the document. */
const wanted = {
  201: expect.any(Object) as object,
  409: { $ref: '#/components/responses/ShopError10002' },
  410: { $ref: '#/components/responses/ShopError10004' },
  default: { $ref: '#/components/responses/ShopError' },
}

async function expectErrors(document: object): Promise<void> {
  expect(document).toMatchObject({ paths: { '/orders': { post: { responses: wanted } } } })
  expect(await faultsOf(document)).toEqual([])
}

const page = readFileSync(new URL('../../../examples/guide/openapi.md', import.meta.url), 'utf8')

/** Runs what the guide shows, with what it takes as given, and returns its document. */
async function recipe(
  name: string,
  given: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, string>> = {},
): Promise<object> {
  let code = page.split(`### ${name}\n\n\`\`\`\n`)[1]!.split('```')[0]!
  code = code.replaceAll(/^import .*$/gm, '')
  for (const [shown, run] of Object.entries(changes)) code = code.replace(shown, run)
  const end = code.includes('const document =') ? 'return document' : ''
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
    ...code: readonly string[]
  ) => (...values: readonly unknown[]) => Promise<object>
  return await new AsyncFunction(...Object.keys(given), code + end)(...Object.values(given))
}

describe('errors of a catalog stand in the document of', () => {
  test('zod-to-openapi', async () => {
    const { components, responses } = openapi(shop, { version: '3.1' })
    const given = { OpenApiGeneratorV31, OpenAPIRegistry, components, responses, info }
    await expectErrors(await recipe('zod-to-openapi', given))
  })

  test('swagger-jsdoc', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(
      join(folder, 'orders.js'),
      `/**
 * @openapi
 * /orders:
 *   post:
 *     responses:
 *       201:
 *         description: Created
 *       409:
 *         $ref: '#/components/responses/ShopError10002'
 *       410:
 *         $ref: '#/components/responses/ShopError10004'
 *       default:
 *         $ref: '#/components/responses/ShopError'
 */
`,
    )
    const code = { 'routes/*.js': join(folder, 'orders.js') }
    await expectErrors(await recipe('swagger-jsdoc', { swaggerJsdoc, openapi, shop, info }, code))
  })

  test('@nestjs/swagger', async () => {
    class Orders {
      order(): string {
        return 'ordered'
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Orders.prototype, 'order')!
    Controller('orders')(Orders)
    Post()(Orders.prototype, 'order', descriptor)
    ApiCreatedResponse({ description: 'Created' })(Orders.prototype, 'order', descriptor)
    class App {
      readonly name = 'shop'
    }
    Module({ controllers: [Orders] })(App)
    const app = await NestFactory.create(App, { logger: false })
    onTestFinished(() => app.close())
    const config = new DocumentBuilder().setTitle(info.title).setVersion(info.version).build()
    await expectErrors(await recipe('@nestjs/swagger', { SwaggerModule, openapi, shop, app, config }))
  })

  test('tsoa', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const entryFile = fileURLToPath(new URL('orders.controller.ts', import.meta.url))
    await recipe('tsoa', { generateSpec, openapi, shop, info, entryFile, outputDirectory: folder })
    await expectErrors(JSON.parse(readFileSync(join(folder, 'swagger.json'), 'utf8')) as object)
  })
})

describe('redocly lint recommended-strict finds nothing in', () => {
  const REDOCLY = fileURLToPath(new URL('../node_modules/@redocly/cli/bin/cli.js', import.meta.url))

  const described = (['3.0', '3.1'] as const).flatMap((version) =>
    (['flat', 'nested', 'composite', 'two-level', 'problem'] as const).map((envelope) => ({
      file: `components for ${version} in ${envelope}`,
      document: documentOf(openapi(shop, { version, handler: { envelope } }), version),
    })),
  )
  /** What it says of each, in their order. */
  let told: readonly { readonly totals: object; readonly problems: unknown }[]
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
    const files = described.map((_, index) => `${index}.json`)
    described.forEach(({ document }, index) =>
      writeFileSync(join(folder, files[index]!), JSON.stringify(document)),
    )
    const { status, stdout, stderr } = run(
      process.execPath,
      [REDOCLY, 'lint', '--extends', 'recommended-strict', '--format', 'json', ...files],
      { cwd: folder, env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
    )
    rmSync(folder, { recursive: true, force: true })
    expect(status, stderr).toBe(0)
    told = JSON.parse(`[${stdout.trim().replaceAll(/^\}\s*\{/gm, '},{')}]`) as typeof told
    expect(told).toHaveLength(described.length)
  }, 60_000)

  test.each(described.map(({ file }, index) => [file, index] as const))('%s', (_file, index) => {
    expect(told[index]).toMatchObject({ totals: { errors: 0, warnings: 0 }, problems: [] })
  })
})
