import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { project, SHOP } from './run.ts'

const AUTHORED = `openapi: 3.0.3 # ours
info: { title: Shop, version: '1' }
paths:
  /orders:
    post:
      responses:
        '409':
          $ref: '#/components/responses/ShopError10002'
`

describe('bizerror openapi', () => {
  test('--merge writes the components in the version of the document, once, and --check wants them', async () => {
    const { bizerror, read, files } = project({ 'errors.mjs': SHOP, 'openapi.yaml': AUTHORED })
    const line = ['openapi', '-c', 'errors.mjs', '--merge', 'openapi.yaml']
    expect(await bizerror([...line, '--check'])).toEqual({
      code: 1,
      out: 'openapi.yaml is not up to date: components 14 added. Run bizerror openapi --merge openapi.yaml.\n',
      err: '',
    })
    expect(read('openapi.yaml')).toBe(AUTHORED)
    expect(await bizerror(line)).toEqual({ code: 0, out: '', err: 'openapi.yaml: components 14 added\n' })
    const text = read('openapi.yaml')
    expect(text.startsWith(AUTHORED)).toBe(true)
    expect(parse(text)).toMatchObject({
      components: { schemas: { ShopError10002: { properties: { code: { enum: [10002] } } } } },
    })
    expect(await bizerror([...line, '--check'])).toEqual({ code: 0, out: '', err: '' })
    expect(await bizerror(line)).toEqual({ code: 0, out: '', err: 'openapi.yaml: up to date\n' })
    expect(read('openapi.yaml')).toBe(text)
    expect(files()).toEqual(['errors.mjs', 'openapi.yaml'])
  })

  test('tells of references to a code that is gone, and of names of the user, and exits with 1', async () => {
    const { bizerror, read, write } = project({ 'errors.mjs': SHOP, 'openapi.yaml': AUTHORED })
    const line = ['openapi', '-c', 'errors.mjs', '--merge', 'openapi.yaml']
    await bizerror(line)
    write('errors.mjs', SHOP.replace('10002', '10009'))
    expect(await bizerror(line)).toEqual({
      code: 1,
      out: `openapi.yaml
  8:1  error  openapi-dangling-ref  #/components/responses/ShopError10002 is not there: no error of the catalog has it, or has it any more. Remove the reference.

1 reference to components that are not there.
`,
      err: '',
    })
    expect(read('openapi.yaml')).not.toContain('ShopError10002:')
    const taken = 'openapi: 3.1.0\ncomponents:\n  schemas:\n    ShopError:\n      type: object\n'
    write('openapi.yaml', taken)
    expect(await bizerror(line)).toEqual({
      code: 1,
      out: `openapi.yaml
  4:1  error  openapi-name-taken  components.schemas.ShopError is not ours: it has no x-bizerror. Rename it.

Nothing was written: 1 name of yours is needed.
`,
      err: '',
    })
    expect(read('openapi.yaml')).toBe(taken)
  })

  test('prints a document, or writes one as JSON or YAML', async () => {
    const { bizerror, read, files } = project({ 'errors.mjs': SHOP })
    const { out, err, code } = await bizerror(['openapi', '-c', 'errors.mjs', '--version', '3.0'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const printed = JSON.parse(out) as object
    expect(printed).toMatchObject({
      openapi: '3.0.4',
      info: { title: 'Errors of shop', version: '1.0.0' },
      paths: {},
    })
    await bizerror(['openapi', '-c', 'errors.mjs', '--version', '3.0', '-o', 'a/errors.yaml'])
    await bizerror(['openapi', '-c', 'errors.mjs', '--version', '3.0', '-o', 'errors.json'])
    expect(parse(read('a/errors.yaml'))).toEqual(printed)
    expect(read('errors.json')).toBe(out)
    expect(files()).toEqual(['a/errors.yaml', 'errors.json', 'errors.mjs'])
  })

  test('says that an envelope of the app has no schema', async () => {
    const { bizerror } = project({
      'errors.mjs': SHOP.replace("name: 'shop',", "name: 'shop', envelope: { body: () => ({}) },"),
    })
    expect(await bizerror(['openapi', '-c', 'errors.mjs', '-o', 'errors.json'])).toEqual({
      code: 0,
      out: '',
      err: "The envelope of shop is the app's own and has no schema: bodies are described as anything. Give it one: { body, schema }.\n",
    })
  })

  test.each([
    [['--merge', 'gone.yaml'], 'gone.yaml is not there. Begin it with openapi: 3.1.1, or give --output.'],
    [['--merge', 'swagger.json'], 'swagger.json is Swagger 2.0. Convert it to OpenAPI 3 first.'],
    [
      ['--merge', 'a.yaml', '--version', '3.1'],
      'a.yaml is OpenAPI 3.0, and the version that was asked for is 3.1. Leave --version out.',
    ],
    [
      ['--merge', 'a.yaml', '-o', 'b.yaml'],
      '--merge and --output were both given. Give one: where the components go.',
    ],
    [['--check'], '--check has nothing to compare with. Give --merge FILE, or --output PATH.'],
    [
      ['--examples', 'en,xx'],
      'openapi has examples in "xx", which catalog shop has no texts in. Known are: en.',
    ],
    [['--version', '2.0'], '--version is "2.0". Give one of 3.0, 3.1.'],
  ])('%j is refused with one line, and files stay as they were', async (args, message) => {
    const authored = { 'errors.mjs': SHOP, 'a.yaml': AUTHORED, 'swagger.json': '{"swagger":"2.0"}' }
    const { bizerror, files, read } = project(authored)
    expect(await bizerror(['openapi', '-c', 'errors.mjs', ...args])).toEqual({
      code: 2,
      out: '',
      err: `${message}\n`,
    })
    expect(files()).toEqual(Object.keys(authored).sort())
    expect(read('a.yaml')).toBe(AUTHORED)
  })
})
