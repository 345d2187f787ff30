import { describe, expect, test } from 'vitest'
import * as yaml from 'yaml'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { openapi } from '../../../src/contract/openapi/openapi.ts'
import { isJson, openapiFile, type Merged, type Owned } from '../../../src/contract/openapi/merge/merge.ts'
import type { Yaml } from '../../../src/contract/openapi/merge/yaml.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    GONE: { code: 'gone: #1', status: 410, message: 'Gone:\nno longer sold # here' },
  },
})

const owned: Owned = { catalog: 'shop', components: openapi(shop).components }

function merge(file: string, text: string, all: readonly Owned[] = [owned]): Merged {
  return openapiFile(file, text, isJson(file, text) ? undefined : (yaml as unknown as Yaml)).merge(all)
}

function dataOf(text: string): { readonly components: Record<string, Record<string, unknown>> } {
  return yaml.parse(text, { logLevel: 'error' }) as {
    readonly components: Record<string, Record<string, unknown>>
  }
}

const plain = JSON.parse(JSON.stringify(owned.components)) as Record<string, Record<string, unknown>>

/** What stands in the lines of the user, those of ours left out. */
function usersLines(text: string, made: string): void {
  const left = made.split('\n')
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const at = left.indexOf(line)
    expect(at, `the line ${JSON.stringify(line)} is kept`).toBeGreaterThan(-1)
    left.splice(0, at + 1)
  }
}

const AUTHORED = `# The shop's API
openapi: 3.1.0
info: { title: Shop, version: '1' }   # kept as it is
paths:
    /orders:
        post:
            responses:
                '409':
                    $ref: '#/components/responses/ShopError10002'
                default: &others
                    description: >-
                        Anything
                        else
components:
    # Ours come first.
    securitySchemes:
        bearer: {type: http,
                 scheme: bearer}

    schemas:
        # An order.
        Order:
            type: object
            properties:
                id: { type: string }  # a UUID


        Money: &money
            type: string

        # The last comment
    parameters: {}
tags:
- name: a
- name: b

# The end
`

describe('merge into YAML', () => {
  test('adds the components and keeps every line, with its comments', () => {
    const { text, added, changed, removed, findings } = merge('openapi.yaml', AUTHORED)
    expect({ findings, changed, removed }).toEqual({ findings: [], changed: 0, removed: 0 })
    usersLines(AUTHORED, text!)
    const { components } = dataOf(text!)
    expect(components['schemas']).toEqual({
      ...plain['schemas'],
      Order: expect.any(Object),
      Money: { type: 'string' },
    })
    for (const section of ['responses', 'headers', 'examples'])
      expect(components[section]).toEqual(plain[section])
    expect(added).toBe(Object.values(plain).flatMap(Object.keys).length)
    expect(components['securitySchemes']).toEqual({ bearer: { type: 'http', scheme: 'bearer' } })
    // Where a person would put it: with the indentation of the file, under the last schema.
    expect(text).toContain('\n        ShopError10002:\n            description: Only … left\n')
  })

  test('changes nothing the second time, by not a byte', () => {
    const { text } = merge('openapi.yaml', AUTHORED)
    expect(merge('openapi.yaml', text!)).toEqual({
      text,
      findings: [],
      added: 0,
      changed: 0,
      removed: 0,
      others: [],
    })
  })

  test('replaces what is another one, removes what is gone, and leaves the lines between them', () => {
    const { text } = merge('openapi.yaml', AUTHORED)
    const stale = text!
      .replace(
        '        ShopError10002:\n            description: Only … left',
        '        # mine\n        ShopError10002:\n            description: old',
      )
      .replace(/^( {8})ShopError10002-en:/m, '$1ShopError9-en:')
      .replace(
        'schemas:\n',
        'schemas:\n        ShopError9:\n            x-bizerror: { code: 9 }\n        # before\n',
      )
    const made = merge('openapi.yaml', stale)
    expect([made.added, made.changed, made.removed]).toEqual([1, 1, 2])
    expect(dataOf(made.text!)).toEqual(dataOf(text!))
    usersLines(AUTHORED, made.text!)
    expect(made.text).toContain(
      '        # mine\n        ShopError10002:\n            description: Only … left\n',
    )
    expect(made.text).toContain('    schemas:\n        # before\n')
  })

  test('leaves a component alone that says the same in other words, with the comments in it', () => {
    const { text } = merge('openapi.yaml', AUTHORED)
    const other = text!.replace('description: Only … left', "description: 'Only … left' # as it is")
    expect(other).not.toBe(text)
    expect(merge('openapi.yaml', other).text).toBe(other)
  })

  test.each([
    ['without components', 'openapi: 3.0.3\ninfo:\n    title: a\n    version: "1"\npaths: {}'],
    [
      'with empty components',
      'openapi: 3.0.3\ninfo: {title: a, version: "1"}\npaths: {}\ncomponents: # none\n',
    ],
    ['with {} as components', 'openapi: 3.0.3\ncomponents: {}\ninfo: {title: a, version: "1"}\npaths: {}\n'],
    [
      'with empty sections',
      'openapi: 3.0.3\ncomponents:\n  schemas: {} # none\n  responses:\n  # why\npaths: {}\n',
    ],
    ['with CRLF', 'openapi: 3.0.3\r\ncomponents:\r\n  schemas:\r\n    A: {}\r\npaths: {}\r\n'],
    ['that is JSON', '{ "openapi": "3.0.3", "paths": {} }\n'],
    [
      'with components in braces',
      'openapi: 3.0.3 # a\ncomponents: { schemas: { A: { type: string } } }\npaths: {}\n',
    ],
    ['with an end', '---\nopenapi: 3.0.3\npaths: {}\n...\n'],
    ['with tags of its own', 'openapi: 3.0.3\npaths: !include paths.yaml\n'],
    ['with keys in quotes', '"openapi": "3.0.3"\n"components":\n  "schemas":\n    "A": {}\n"paths": {}\n'],
    ['with an indented root', '  openapi: 3.0.3\n  paths: {}\n'],
    ['with a byte order mark', '\uFEFFopenapi: 3.0.3\npaths: {}\n'],
    ['with a block of text at its end', 'openapi: 3.0.3\npaths: {}\nx-text: |\n  one\n\n  # two\n'],
    [
      'with comments at its end',
      'openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n    A:\n      type: string\n      # of A\n    # of schemas\n  # of components\n# of all\n',
    ],
  ])('goes into a document %s', (_what, text) => {
    const made = merge('openapi.yml', text)
    const { components, ...rest } = dataOf(made.text!.replace('\uFEFF', ''))
    const { components: before, ...restBefore } = dataOf(text.replace('\uFEFF', '')) ?? {}
    expect(rest).toEqual(restBefore)
    for (const section of Object.keys(plain)) {
      expect(components[section]).toEqual({ ...before?.[section], ...plain[section] })
    }
    for (const comment of text.match(/#.*$/gm) ?? []) expect(made.text).toContain(comment)
    expect(made.text!.includes('\n') && /(?<!\r)\n/.test(made.text!)).toBe(!text.includes('\r\n'))
    expect(made.text!.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'))
    expect(merge('openapi.yml', made.text!).text).toBe(made.text)
  })

  test.each([
    ['openapi.yaml is empty. Begin it with openapi: 3.1.1.', ' \n'],
    ['openapi.yaml is no OpenAPI document: it is no map.', '- a\n'],
    [
      'openapi.yaml is no OpenAPI document: it has no openapi. Begin it with openapi: 3.1.1.',
      'asyncapi: 3.0.0\n',
    ],
    ['openapi.yaml is Swagger 2.0. Convert it to OpenAPI 3 first.', 'swagger: "2.0"\n'],
    ['openapi.yaml has the version "4.0.0". Known are 3.0, 3.1 and 3.2.', 'openapi: 4.0.0\n'],
    [
      'openapi.yaml holds several YAML documents. Name a file with one.',
      'openapi: 3.0.3\n---\nopenapi: 3.0.3\n',
    ],
    [
      'openapi.yaml has components as an alias (*c). Write it out.',
      'openapi: 3.0.3\nx: &c {}\ncomponents: *c\n',
    ],
    [
      'openapi.yaml has components.schemas in another place ($ref), which is not followed. Name that file.',
      'openapi: 3.0.3\ncomponents:\n  schemas: { $ref: http://10.0.0.1/x.yaml }\n',
    ],
    ['openapi.yaml has components that is no map. Make it one.', 'openapi: 3.0.3\ncomponents: [1]\n'],
    [
      'openapi.yaml cannot be read as YAML: Map keys must be unique at line 2, column 1.',
      'openapi: 3.0.3\nopenapi: 3.0.3\n',
    ],
    [
      'openapi.yaml has the anchor &a in components.schemas.ShopError10002, which is replaced. Move it out of there.',
      'openapi: 3.1.0\ncomponents:\n  schemas:\n    ShopError10002:\n      x-bizerror: &a {}\nx: *a\n',
    ],
  ])('says %s', (message, text) => {
    expect(() => merge('openapi.yaml', text)).toThrow(message)
  })

  test('says that a document nests too deep', () => {
    expect(() => merge('openapi.yaml', `openapi: 3.1.0\nx: ${'['.repeat(20_000)}`)).toThrow(
      /^openapi\.yaml cannot be read as YAML: /,
    )
  })

  test('does not laugh: aliases of aliases are never followed', () => {
    const laughs = Array.from({ length: 30 }, (_, index) =>
      index === 0 ? 'a0: &a0 [lol]' : `a${index}: &a${index} [${`*a${index - 1},`.repeat(10)}]`,
    )
    const text = `openapi: 3.1.0\n${laughs.join('\n')}\ncomponents:\n  schemas:\n    ShopError10002:\n      x-bizerror: {}\n      x: *a29\n    Mine: *a29\n`
    const made = merge('openapi.yaml', text)
    expect(made.findings).toEqual([
      expect.objectContaining({
        rule: 'openapi-name-taken',
        message: expect.stringContaining('ShopError10002') as string,
      }),
    ])
    const others = text.replace('    ShopError10002:\n      x-bizerror: {}\n      x: *a29\n', '')
    const { text: merged, added } = merge('openapi.yaml', others)
    expect(added).toBeGreaterThan(10)
    usersLines(others, merged!)
  })
})

describe('merge into JSON', () => {
  const document = {
    openapi: '3.1.0',
    paths: { '/a': { get: { responses: { 409: { $ref: '#/components/responses/ShopError10002' } } } } },
    components: { schemas: { Order: { type: 'object', required: ['id'] } } },
  }

  test.each([
    ['two blanks', JSON.stringify(document, undefined, 2)],
    ['four blanks and an end of line', `${JSON.stringify(document, undefined, 4)}\n`],
    ['tabs', JSON.stringify(document, undefined, '\t')],
    ['nothing', JSON.stringify(document)],
    ['CRLF', JSON.stringify(document, undefined, 2).replaceAll('\n', '\r\n')],
  ])('keeps indentation by %s', (_what, text) => {
    const made = merge('openapi.json', text)
    const parsed = JSON.parse(made.text!) as typeof document
    expect(parsed).toEqual({
      ...document,
      components: { ...plain, schemas: { ...document.components.schemas, ...plain['schemas'] } },
    })
    const [newline] = /\r?\n/.exec(text) ?? ['']
    const indent = /^\{\r?\n(\s+)/.exec(text)?.[1]
    const end = /\s*$/.exec(text)![0]
    const whole = JSON.stringify(parsed, undefined, indent)
    expect(made.text).toBe((newline === '\r\n' ? whole.replaceAll('\n', newline) : whole) + end)
    expect(merge('openapi.json', made.text!).text).toBe(made.text)
  })

  test('keeps what the author wrote, to the byte', () => {
    const text = `{
  "openapi": "3.1.0", "x-number": 1.0, "x-escape": "\\u00e4\\"}{",
  "components": { "schemas": {
    "Order": { "enum": [1,   2] }, "ShopError9": {"x-bizerror":{}},
      "Last": {} }, "responses": {} },
  "paths": {} }`
    const made = merge('openapi.json', text)
    expect(made.removed).toBe(1)
    for (const part of [
      '"x-number": 1.0, "x-escape": "\\u00e4\\"}{"',
      '{ "enum": [1,   2] }',
      '"paths": {} }',
      '"Last": {}',
    ]) {
      expect(made.text).toContain(part)
    }
    expect(JSON.parse(made.text!)).toMatchObject({ components: plain })
    expect(made.text).not.toContain('ShopError9"')
  })

  test.each([
    ['openapi.json is no OpenAPI document: it is no object.', '[]'],
    ['openapi.json is no JSON: ', '{"openapi":'],
    ['openapi.json is empty. Begin it with openapi: 3.1.1.', ''],
    [
      'openapi.json has components.schemas that is no object. Make it one.',
      '{"openapi":"3.1.0","components":{"schemas":[]}}',
    ],
    [
      'openapi.json has components in another place ($ref), which is not followed. Name that file.',
      '{"openapi":"3.1.0","components":{"$ref":"/etc/passwd"}}',
    ],
  ])('says %s', (message, text) => {
    expect(() => merge('openapi.json', text)).toThrow(message)
  })

  test('reads no member that all objects have, and makes none', () => {
    const made = merge(
      'openapi.json',
      '{"openapi":"3.1.0","components":{"schemas":{"__proto__":{"x-bizerror":{}},"constructor":{}}}}',
    )
    expect(made.text).toContain('"constructor":{}')
    expect(made.text).not.toContain('__proto__')
    expect(({} as Record<string, unknown>)['x-bizerror']).toBeUndefined()
  })

  test('goes through a document as deep as JSON can be', () => {
    const text = `{"openapi":"3.1.0","x":${'['.repeat(5000)}${']'.repeat(5000)}}`
    expect(merge('openapi.json', text).text).toContain('ShopError10002')
  })
})

describe('who owns a component', () => {
  test('a user who has one of the name is told where, and nothing is written', () => {
    const text = 'openapi: 3.1.0\ncomponents:\n  schemas:\n    ShopError10002:\n      $ref: other.yaml#/A\n'
    const { text: made, findings } = merge('openapi.yaml', text)
    expect(made).toBeUndefined()
    expect(findings).toEqual([
      {
        rule: 'openapi-name-taken',
        level: 'error',
        message: 'components.schemas.ShopError10002 is not ours: it has no x-bizerror. Rename it.',
        catalog: 'shop',
        file: 'openapi.yaml',
        line: 4,
        fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      },
    ])
  })

  test('also a user who has it by a merge key', () => {
    const text =
      'openapi: 3.1.0\nx-all: &all { ShopError10002: {} }\ncomponents:\n  schemas:\n    <<: *all\n    A: {}\n'
    expect(merge('openapi.yaml', text).findings).toHaveLength(1)
  })

  test('components of other catalogs stay, and are told of', () => {
    const text =
      'openapi: 3.1.0\ncomponents:\n  schemas:\n    OtherError1:\n      x-bizerror: { catalog: other, code: 1 }\n'
    const made = merge('openapi.yaml', text)
    expect(made.others).toEqual(['other'])
    usersLines(text, made.text!)
  })

  test('a reference to what is gone is told with its line', () => {
    const text = `openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        '410': { $ref: '#/components/responses/ShopError9' }
        # '411': { $ref: '#/components/responses/ShopError9' }
components:
  responses:
    ShopError9:
      description: Gone
      x-bizerror: { catalog: shop, code: 9 }
`
    const { text: made, findings, removed } = merge('openapi.yaml', text)
    expect(removed).toBe(1)
    // It is told as long as it stands there.
    expect(merge('openapi.yaml', made!).findings).toEqual(findings)
    expect(findings).toMatchObject([
      {
        rule: 'openapi-dangling-ref',
        message:
          '#/components/responses/ShopError9 is not there: no error of the catalog has it, or has it any more. Remove the reference.',
        line: 6,
      },
    ])
  })

  test('two catalogs may not have one name', () => {
    expect(() => merge('a.yaml', 'openapi: 3.1.0\n', [owned, { ...owned, catalog: 'other' }])).toThrow(
      'a.yaml cannot have both catalogs: shop and other each have a component schemas.ShopError. Write them into two documents.',
    )
  })
})
