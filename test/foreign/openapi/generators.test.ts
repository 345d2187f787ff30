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
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { openapi } from '../../../src/contract/index.ts'
import { documentOf, faultsOf } from '../../contract/openapi/validators.ts'
import { run } from '../../support/command.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    ORDERED: { code: 10003, status: 409, message: 'Ordered before' },
    GONE: { code: 10004, status: 410, message: 'No longer sold' },
  },
})

const info = { title: 'Shop', version: '1.0.0' }

/** What an operation is to have, whoever writes the document. */
const wanted = {
  409: {
    content: {
      'application/json': {
        schema: {
          anyOf: [
            { $ref: '#/components/schemas/ShopError10002' },
            { $ref: '#/components/schemas/ShopError10003' },
          ],
        },
      },
    },
  },
  410: { $ref: '#/components/responses/ShopError10004' },
  default: { $ref: '#/components/responses/ShopError' },
}

async function expectErrors(document: object, status = '201'): Promise<void> {
  expect(document).toMatchObject({
    paths: { '/orders': { post: { responses: { [status]: expect.any(Object) as object, ...wanted } } } },
  })
  expect(await faultsOf(document)).toEqual([])
}

describe('errors of a catalog stand in the document of', () => {
  test('zod-to-openapi', async () => {
    const { components, responses } = openapi(shop, { version: '3.1' })
    const registry = new OpenAPIRegistry()
    registry.registerPath({
      method: 'post',
      path: '/orders',
      responses: {
        201: {
          description: 'Created',
          content: { 'application/json': { schema: z.object({ id: z.string() }) } },
        },
        ...responses('SOLD_OUT', 'ORDERED', 'GONE'),
      },
    })
    const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
      openapi: '3.1.1',
      info,
    })
    await expectErrors({ ...document, components: { ...document.components, ...components } })
  })

  test('swagger-jsdoc', async () => {
    const { components, responses } = openapi(shop, { version: '3.0' })
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
 *       410:
 *         $ref: '#/components/responses/ShopError10004'
 *       default:
 *         $ref: '#/components/responses/ShopError'
 */
`,
    )
    const document = swaggerJsdoc({
      failOnErrors: true,
      definition: { openapi: '3.0.4', info, components },
      apis: [join(folder, 'orders.js')],
    }) as { readonly paths: { readonly '/orders': { readonly post: { responses: object } } } }
    const { post } = document.paths['/orders']
    expect(post.responses).toMatchObject({ 410: wanted[410], default: wanted.default })
    post.responses = { ...post.responses, ...responses('SOLD_OUT', 'ORDERED', 'GONE') }
    await expectErrors(document)
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
    class App {}
    Module({ controllers: [Orders] })(App)
    const app = await NestFactory.create(App, { logger: false })
    onTestFinished(() => app.close())
    const { components, responses } = openapi(shop, { version: '3.0' })
    const config = new DocumentBuilder().setTitle(info.title).setVersion(info.version).build()
    const document = SwaggerModule.createDocument(app, config)
    const { post } = document.paths['/orders']!
    Object.assign(post!.responses, responses('SOLD_OUT', 'ORDERED', 'GONE'))
    await expectErrors({ ...document, components: { ...document.components, ...components } })
  })

  test('tsoa', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { components, responses } = openapi(shop, { version: '3.0' })
    const paths = { '/orders': { post: { responses: responses('SOLD_OUT', 'ORDERED', 'GONE') } } }
    await generateSpec({
      entryFile: fileURLToPath(new URL('orders.controller.ts', import.meta.url)),
      noImplicitAdditionalProperties: 'ignore',
      outputDirectory: folder,
      specVersion: 3,
      specMerging: 'recursive',
      spec: { info, paths, components } as object,
    })
    await expectErrors(JSON.parse(readFileSync(join(folder, 'swagger.json'), 'utf8')) as object)
  })
})

describe('redocly lint recommended-strict finds nothing in', () => {
  const REDOCLY = fileURLToPath(new URL('../node_modules/@redocly/cli/bin/cli.js', import.meta.url))

  test.each(
    (['3.0', '3.1'] as const).flatMap((version) =>
      (['flat', 'nested', 'composite', 'two-level', 'problem'] as const).map(
        (envelope) => [version, envelope] as const,
      ),
    ),
  )('components for %s in %s', (version, envelope) => {
    const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const described = openapi(shop, { version, handler: { envelope } })
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(documentOf(described, version)))
    const { status, stdout, stderr } = run(
      process.execPath,
      [REDOCLY, 'lint', '--extends', 'recommended-strict', '--format', 'json', 'openapi.json'],
      { cwd: folder, env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
    )
    expect(stdout, stderr).toContain('"errors": 0')
    expect({ status, problems: (JSON.parse(stdout) as { readonly problems: unknown }).problems }).toEqual({
      status: 0,
      problems: [],
    })
  })
})
