import { describe, expect, test } from 'vitest'
import { CATALOG_CHECK, isCatalog, type CatalogDefinition } from '../../src/catalog/catalog.ts'
import { defineCatalog, type TypedCatalog } from '../../src/error/define-catalog.ts'
import type { Code } from '../../src/catalog/code.ts'
import type { ErrorsDefinition } from '../../src/catalog/entry.ts'
import type { EnvelopeName } from '../../src/catalog/envelope.ts'
import { SetupError, show } from '../../src/guard/setup-error.ts'

const missing = { status: 404, message: 'Not here' }

/** A definition with one code that is wrong. */
function entry(definition: unknown): object {
  return { name: 'shop', errors: { 1001: definition } }
}

function key(name: string): object {
  return { name: 'shop', errors: { [name]: missing } }
}

/** Keys that are no keys, but codes. */
function adviceFor(name: string): string {
  const code = name === '-1' ? -1 : JSON.stringify(name)
  return name === '' || name === ' 1'
    ? ''
    : ` If clients are to see ${code}, name it and give it code: ${code}.`
}

function catalog(rest: object): object {
  return { name: 'shop', errors: { 1001: missing }, ...rest }
}

function define(definition: unknown): TypedCatalog<ErrorsDefinition> {
  return defineCatalog(definition as CatalogDefinition)
}

const badName =
  "Use lower case letters, digits and dashes, as in 'my-shop'; 'http', 'fields' and 'reference' are taken."
const badStatus = 'expected an integer from 400 to 599, or 200 for an error that is answered with it.'
const badKey = "Use a whole number such as 1006, or a word such as 'TOKEN_EXPIRED'."
const reserved = 'which is a reserved name. Rename it.'
const badModules = 'Give an object of name: range.'
const promised = 'was given a promise. Wait for it, and give what it resolves to.'
const mapped = 'was given a Map, or what can be iterated as well. Give a plain object.'
const badRange = "Write ranges like '1000-1999' or '40001-40111, 50011'."
const badPlaceholder = 'Name params with letters, digits and _, like {{left}}.'

const mistakes: readonly (readonly [what: string, definition: unknown, message: string])[] = [
  ['nothing', undefined, 'A catalog is undefined. Give an object with name and errors.'],
  ['null', null, 'A catalog is null. Give an object with name and errors.'],
  ['a string', 'shop', 'A catalog is "shop". Give an object with name and errors.'],
  ['a promise of a definition', Promise.resolve({}), `A catalog ${promised}`],
  [
    'a definition that errors make a promise',
    catalog({ errors: JSON.parse('{"then":{"status":400,"message":"x"}}') as object }),
    `Catalog shop defines the key "then", ${reserved}`,
  ],
  ['a Map of what is foreign', catalog({ foreign: new Map() }), `Catalog shop, foreign ${mapped}`],
  [
    'a Map of statuses',
    catalog({ foreign: { byStatus: new Map([[404, 1]]) } }),
    `Catalog shop, foreign.byStatus ${mapped}`,
  ],
  [
    'a number in place of statuses',
    catalog({ foreign: { byStatus: 4 } }),
    'Catalog shop, foreign.byStatus was given 4. Give a plain object.',
  ],
  [
    'a Map of conditions',
    catalog({ foreign: { byCondition: new Map() } }),
    `Catalog shop, foreign.byCondition ${mapped}`,
  ],
  [
    'a text in place of conditions',
    catalog({ foreign: { byCondition: '' } }),
    'Catalog shop, foreign.byCondition was given "". Give a plain object.',
  ],
  ['a Map of modules', catalog({ modules: new Map() }), `Catalog shop, modules ${mapped}`],
  ['a definition without name', { errors: {} }, `A catalog has the name undefined. ${badName}`],
  ['a name in upper case', { name: 'Shop', errors: {} }, `A catalog has the name "Shop". ${badName}`],
  ['a name that leaves a folder', { name: '../x', errors: {} }, `A catalog has the name "../x". ${badName}`],
  ...['-shop', 'shop-', 'my--shop', 'my_shop', '1shop', 'shop!', 'my-shop!', 'my-!', 'shop\n'].map(
    (name) =>
      [
        `the name ${JSON.stringify(name)}`,
        { name, errors: {} },
        `A catalog has the name ${JSON.stringify(name)}. ${badName}`,
      ] as const,
  ),
  [
    'the name of the generic texts',
    { name: 'http', errors: {} },
    `A catalog has the name "http". ${badName}`,
  ],
  [
    'the name of the texts for fields',
    { name: 'fields', errors: {} },
    `A catalog has the name "fields". ${badName}`,
  ],
  ['a field with a typo', catalog({ mdoules: {} }), 'Catalog shop has no "mdoules". Did you mean modules?'],
  [
    'a field that resembles none',
    catalog({ x: 1 }),
    'Catalog shop has no "x". Known are: name, errors, extends, status, retired, modules, envelope, httpStatus, success, sourceLocale, locales, foreign, challenge, stack.',
  ],
  [
    'a stack policy that is none',
    catalog({ stack: true }),
    'Catalog shop has stack true. Known are: auto, always, never.',
  ],
  [
    'an unknown envelope',
    catalog({ envelope: 'jsonapi' }),
    'Catalog shop has envelope "jsonapi". Known are: flat, nested, composite, two-level, problem.',
  ],
  [
    'an envelope in an array',
    catalog({ envelope: ['flat'] }),
    'Catalog shop has envelope an array. Known are: flat, nested, composite, two-level, problem.',
  ],
  [
    'a success that is null',
    catalog({ success: null }),
    'Catalog shop has success null. Give { code, message }.',
  ],
  [
    'a success code that is null',
    catalog({ success: { code: null, message: 'OK' } }),
    'Catalog shop has success { code: null, message: "OK" }. Give a code and a message.',
  ],
  [
    'a success code that is a fraction',
    catalog({ success: { code: 0.5, message: 'OK' } }),
    'Catalog shop has success { code: 0.5, message: "OK" }. Give a code and a message.',
  ],
  [
    'a success code that is empty',
    catalog({ success: { code: '', message: 'OK' } }),
    'Catalog shop has success { code: "", message: "OK" }. Give a code and a message.',
  ],
  [
    'a success without message',
    catalog({ success: { code: 0 } }),
    'Catalog shop has success { code: 0, message: undefined }. Give a code and a message.',
  ],
  [
    'a success that is no object',
    catalog({ success: 0 }),
    'Catalog shop has success 0. Give { code, message }.',
  ],
  [
    'a success with a typo',
    catalog({ success: { code: 0, mesage: 'OK' } }),
    'Catalog shop, success has no "mesage". Did you mean message?',
  ],
  [
    'a locale that is no tag',
    catalog({ sourceLocale: 'plain English' }),
    "Catalog shop has sourceLocale \"plain English\". Give a BCP 47 tag such as 'en' or 'zh-CN'.",
  ],
  [
    'an empty locale',
    catalog({ sourceLocale: '' }),
    "Catalog shop has sourceLocale \"\". Give a BCP 47 tag such as 'en' or 'zh-CN'.",
  ],
  [
    'an empty challenge',
    catalog({ challenge: '' }),
    'Catalog shop has challenge "". Give a header value such as \'Bearer\'.',
  ],
  [
    'a challenge that splits the response',
    catalog({ challenge: 'Bearer\r\nSet-Cookie: a=1' }),
    'Catalog shop has challenge "Bearer\\r\\nSet-Cookie: a=1". Give a header value such as \'Bearer\'.',
  ],
  [
    'a module range that ends before it starts',
    catalog({ modules: { stock: '2000-1000' } }),
    `Catalog shop, module stock has the range "2000-1000". ${badRange}`,
  ],
  [
    'a module range that is no range',
    catalog({ modules: { stock: { range: '1000-1999; 3000' } } }),
    `Catalog shop, module stock has the range "1000-1999; 3000". ${badRange}`,
  ],
  [
    'an empty module range',
    catalog({ modules: { stock: '' } }),
    `Catalog shop, module stock has the range "". ${badRange}`,
  ],
  [
    'a module that is no range',
    catalog({ modules: { stock: null } }),
    "Catalog shop, module stock is null. Give a range such as '1000-1999', or { range, status, title, description }.",
  ],
  [
    'a module that is a number',
    catalog({ modules: { stock: 7 } }),
    "Catalog shop, module stock is 7. Give a range such as '1000-1999', or { range, status, title, description }.",
  ],
  [
    'a module whose range is a number',
    catalog({ modules: { stock: { range: 1000 } } }),
    "Catalog shop, module stock is an object. Give a range such as '1000-1999', or { range, status, title, description }.",
  ],
  ...['1000x-1999', '1000-1999x', 'x1000', '1000-', '--1000', '-', '1000-1999-2999', '1000 1999'].map(
    (range) =>
      [
        `the module range '${range}'`,
        catalog({ modules: { stock: range } }),
        `Catalog shop, module stock has the range "${range}". ${badRange}`,
      ] as const,
  ),
  ['modules that are null', catalog({ modules: null }), `Catalog shop has modules null. ${badModules}`],
  ['modules that are a text', catalog({ modules: '1-9' }), `Catalog shop has modules "1-9". ${badModules}`],
  [
    'a module with a typo',
    catalog({ modules: { stock: { ranges: '1000-1999' } } }),
    'Catalog shop, module stock has no "ranges". Did you mean range?',
  ],
  ['no errors', { name: 'shop', errors: {} }, 'Catalog shop has no errors. Define at least one.'],
  ['no part of errors', { name: 'shop', errors: [] }, 'Catalog shop has no errors. Define at least one.'],
  [
    'a definition without errors',
    { name: 'shop' },
    'Catalog shop has errors undefined. Give an object of key: { status, message }.',
  ],
  [
    'a part that is no object',
    { name: 'shop', errors: [{ 1001: missing }, null] },
    'Catalog shop has errors null. Give an object of key: { status, message }.',
  ],
  [
    'an entry that is null',
    entry(null),
    'Catalog shop, error 1001 is null. Give an object with status and message.',
  ],
  [
    'an entry that is a string',
    entry('Not here'),
    'Catalog shop, error 1001 is "Not here". Give an object with status and message.',
  ],
  [
    'an entry with a typo',
    entry({ ...missing, mesage: 'x' }),
    'Catalog shop, error 1001 has no "mesage". Did you mean message?',
  ],
  ['status 99', entry({ ...missing, status: 99 }), `Catalog shop, error 1001 has status 99, ${badStatus}`],
  ['status 399', entry({ ...missing, status: 399 }), `Catalog shop, error 1001 has status 399, ${badStatus}`],
  ['status 600', entry({ ...missing, status: 600 }), `Catalog shop, error 1001 has status 600, ${badStatus}`],
  [
    'status 404.5',
    entry({ ...missing, status: 404.5 }),
    `Catalog shop, error 1001 has status 404.5, ${badStatus}`,
  ],
  [
    'status "404"',
    entry({ ...missing, status: '404' }),
    `Catalog shop, error 1001 has status "404", ${badStatus}`,
  ],
  [
    'no status',
    entry({ message: 'x' }),
    'Catalog shop, error 1001 has no status. Give it an integer from 400 to 599, or set the status of its parent, its module or the catalog.',
  ],
  [
    'an error with status 200 beside a success that nobody named',
    { name: 'shop', errors: { 1001: missing, 100001: { status: 200, message: 'OK' } } },
    'Catalog shop, error 100001 has status 200, and the code of the success is the default, 0. Set success: { code, message } of the catalog: to 100001, if that is the success.',
  ],
  [
    'a success code with an error status',
    { name: 'shop', errors: { 0: missing } },
    'Catalog shop, error 0 has status 404, but 0 is the code of the success, whose status is 200. If it is an error, set success: { code, message } of the catalog to another code.',
  ],
  [
    'no message',
    entry({ status: 404 }),
    'Catalog shop, error 1001 has message undefined. Write a sentence for the client.',
  ],
  [
    'an empty message',
    entry({ status: 404, message: '' }),
    'Catalog shop, error 1001 has message "". Write a sentence for the client.',
  ],
  [
    'a blank message',
    entry({ status: 404, message: ' \n' }),
    'Catalog shop, error 1001 has message " \\n". Write a sentence for the client.',
  ],
  [
    'an empty title',
    entry({ ...missing, title: '' }),
    'Catalog shop, error 1001 has title "". Give a string or leave it out.',
  ],
  [
    'a description that is no string',
    entry({ ...missing, description: ['x'] }),
    'Catalog shop, error 1001 has description an array. Give a string or leave it out.',
  ],
  [
    'an action that is null',
    entry({ ...missing, action: null }),
    'Catalog shop, error 1001 has action null. Give a string or leave it out.',
  ],
  [
    'a retryable that is no boolean',
    entry({ ...missing, retryable: 'yes' }),
    'Catalog shop, error 1001 has retryable "yes". Give a boolean or leave it out.',
  ],
  [
    'a deprecated that is no boolean',
    entry({ ...missing, deprecated: () => true }),
    "Catalog shop, error 1001 has deprecated a function. Give true, or { use: 'KEY' }.",
  ],
  [
    'a retryAfter that is a fraction',
    entry({ ...missing, retryAfter: 1.5 }),
    "Catalog shop, error 1001 has retryAfter 1.5. Give whole seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'; up to one year.",
  ],
  [
    'a retryAfter that is negative',
    entry({ ...missing, retryAfter: -1 }),
    "Catalog shop, error 1001 has retryAfter -1. Give whole seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'; up to one year.",
  ],
  ...['366d', 'soon', NaN, 31_536_001, null, {}].map(
    (retryAfter) =>
      [
        `the retryAfter ${JSON.stringify(retryAfter)}`,
        entry({ ...missing, retryAfter }),
        `Catalog shop, error 1001 has retryAfter ${show(retryAfter)}. Give whole seconds, or a text such as '500ms', '30s', '10m', '1h' or '7d'; up to one year.`,
      ] as const,
  ),
  ...(['message', 'title', 'description', 'action'] as const).map(
    (field) =>
      [
        `a ${field} of 2,049 characters`,
        entry({ ...missing, [field]: 'x'.repeat(2049) }),
        `Catalog shop, error 1001, ${field} has 2049 characters. Write at most 2048, and put the rest where docsUrl leads.`,
      ] as const,
  ),
  [
    'a module that is no string',
    entry({ ...missing, module: 7 }),
    'Catalog shop, error 1001 has module 7. Give a string or leave it out.',
  ],
  [
    'a placeholder with a path in action',
    entry({ ...missing, action: 'Ask {{product.owner}}' }),
    `Catalog shop, error 1001, action holds the placeholder "{{product.owner}}". ${badPlaceholder}`,
  ],
  [
    'a placeholder with a path',
    entry({ ...missing, message: 'No {{product.name}}' }),
    `Catalog shop, error 1001, message holds the placeholder "{{product.name}}". ${badPlaceholder}`,
  ],
  [
    'a placeholder without a name',
    entry({ ...missing, message: 'No {{ }}' }),
    `Catalog shop, error 1001, message holds the placeholder "{{ }}". ${badPlaceholder}`,
  ],
  [
    'a placeholder that starts with a digit',
    entry({ ...missing, message: 'No {{1st}}' }),
    `Catalog shop, error 1001, message holds the placeholder "{{1st}}". ${badPlaceholder}`,
  ],
  [
    'a placeholder that every object has',
    entry({ ...missing, message: 'No {{toString}}' }),
    `Catalog shop, error 1001, message holds the placeholder "{{toString}}". ${badPlaceholder}`,
  ],
  [
    'a placeholder in a 401',
    entry({ status: 401, message: 'Not you, {{name}}' }),
    'Catalog shop, error 1001 has status 401 and the placeholder {{name}}. A 401 tells nothing of its cause: write a constant text.',
  ],
  [
    'a placeholder that is only in action',
    entry({ ...missing, action: 'Ask {{owner}}' }),
    'Catalog shop, error 1001 uses {{owner}} in action but not in message. Name it in message too.',
  ],
  [
    'a code outside the ranges of its module',
    {
      name: 'shop',
      modules: { stock: '2000-2999, 3001' },
      errors: { 1001: { ...missing, module: 'stock' } },
    },
    'Catalog shop, error 1001 is outside the range of its module stock (2000-2999, 3001-3001). Change the code or the range.',
  ],
  [
    'a word outside the ranges of its module',
    { name: 'shop', modules: { stock: '2000-2999' }, errors: { gone: { ...missing, module: 'stock' } } },
    'Catalog shop, error "gone" is outside the range of its module stock (2000-2999). Change the code or the range.',
  ],
  [
    'a code in the ranges of two modules',
    { name: 'shop', modules: { stock: '1000-1999', cart: '1001' }, errors: { 1001: missing } },
    'Catalog shop, error 1001 lies in the ranges of stock and cart. Name its module.',
  ],
  [
    'an unknown module',
    {
      name: 'shop',
      modules: { stock: '1000-1999', cart: '2000-2999' },
      errors: { 1001: { ...missing, module: 'car' } },
    },
    'Catalog shop, error 1001 has module "car". Known are: stock, cart.',
  ],
  [
    'a module where there are none',
    entry({ ...missing, module: 'stock' }),
    'Catalog shop, error 1001 has module "stock". Known are: none.',
  ],
  [
    'a code in two parts',
    { name: 'shop', errors: [{ 1001: missing }, { 1001: missing }] },
    'Catalog shop defines error 1001 twice. Remove one of the two.',
  ],
  [
    'codes that differ in case',
    { name: 'shop', errors: { gone: missing, Gone: missing } },
    'Catalog shop defines error "Gone" twice. Remove one of the two.',
  ],
  ['the key constructor', key('constructor'), `Catalog shop defines the key "constructor", ${reserved}`],
  ['the key toString', key('toString'), `Catalog shop defines the key "toString", ${reserved}`],
  ['the key prototype', key('prototype'), `Catalog shop defines the key "prototype", ${reserved}`],
  [
    'the key __proto__ of a JSON file',
    { name: 'shop', errors: JSON.parse('{ "__proto__": { "status": 404, "message": "x" } }') as object },
    `Catalog shop defines the key "__proto__", ${reserved}`,
  ],
  [
    'the key __proto__ in an object literal',
    { name: 'shop', errors: { 1001: missing, __proto__: missing } },
    `Catalog shop defines the key "__proto__", ${reserved}`,
  ],
  ...['010', '1e3', '0x3EE', '-1', '1.5', '', ' 1', '1_000', '1000000000000000', '_x', 'a b', 'größe'].map(
    (name) =>
      [
        `the key '${name}'`,
        key(name),
        `Catalog shop defines the key "${name}". ${badKey}${adviceFor(name)}`,
      ] as const,
  ),
  [
    'an unknown parent',
    entry({ ...missing, parent: 404 }),
    'Catalog shop, error 1001 has parent 404, which is not a key of the catalog. Name a common error.',
  ],
  [
    'an error that is its own parent',
    entry({ ...missing, parent: 1001 }),
    'Catalog shop has parents in a circle: 1001 → 1001. Take one of them out.',
  ],
  [
    'parents in a circle',
    {
      name: 'shop',
      errors: {
        a: missing,
        b: { ...missing, parent: 'c' },
        c: { ...missing, parent: 'd' },
        d: { ...missing, parent: 'c' },
      },
    },
    'Catalog shop has parents in a circle: "b" → "c" → "d" → "c". Take one of them out.',
  ],
  [
    'a parent of a parent that there is not',
    { name: 'shop', errors: { b: { ...missing, parent: 'c' }, c: { ...missing, parent: 'd' } } },
    'Catalog shop, error "c" has parent "d", which is not a key of the catalog. Name a common error.',
  ],
  [
    'foreign that is null',
    catalog({ foreign: null }),
    'Catalog shop has foreign null. Give { byStatus, byCondition }.',
  ],
  [
    'foreign that is a code',
    catalog({ foreign: 1001 }),
    'Catalog shop has foreign 1001. Give { byStatus, byCondition }.',
  ],
  [
    'foreign with a typo',
    catalog({ foreign: { byStatuses: { 404: 1001 } } }),
    'Catalog shop, foreign has no "byStatuses". Did you mean byStatus?',
  ],
  [
    'foreign.byStatus for a success',
    catalog({ foreign: { byStatus: { 200: 1001 } } }),
    'Catalog shop has foreign.byStatus for "200". Use statuses from 400 to 599.',
  ],
  [
    'foreign.byStatus for a word',
    catalog({ foreign: { byStatus: { gone: 1001 } } }),
    'Catalog shop has foreign.byStatus for "gone". Use statuses from 400 to 599.',
  ],
  ...['404.0', '0404', '4e2', ' 404'].map(
    (status) =>
      [
        `foreign.byStatus for '${status}'`,
        catalog({ foreign: { byStatus: { [status]: 1001 } } }),
        `Catalog shop has foreign.byStatus for "${status}". Use statuses from 400 to 599.`,
      ] as const,
  ),
  [
    'foreign.byStatus with an unknown code',
    catalog({ foreign: { byStatus: { 404: 1002 } } }),
    'Catalog shop answers status 404 with error 1002, which is not one of its errors.',
  ],
  [
    'foreign.byStatus with a quoted number',
    catalog({ foreign: { byStatus: { 404: '1001' } } }),
    'Catalog shop answers status 404 with error "1001", which is not one of its errors.',
  ],
  [
    'foreign.byStatus with the success',
    { name: 'shop', errors: { 0: { status: 200, message: 'OK' } }, foreign: { byStatus: { 500: 0 } } },
    'Catalog shop answers status 500 with error 0, which is its success, or whose message needs params that a foreign error cannot give.',
  ],
  [
    'foreign.byStatus with a code that needs params',
    {
      name: 'shop',
      errors: { 1001: { status: 404, message: 'No {{product}}' } },
      foreign: { byStatus: { 404: 1001 } },
    },
    'Catalog shop answers status 404 with error 1001, which is its success, or whose message needs params that a foreign error cannot give.',
  ],
]

describe('defineCatalog refuses', () => {
  for (const [what, definition, message] of mistakes) {
    test(what, () => {
      expect(() => define(definition)).toThrow(new SetupError(message))
    })
  }
})

const shop = defineCatalog({
  name: 'shop',
  modules: {
    stock: { range: '1000-1999, 5000', title: 'Stock', description: 'What there is' },
    cart: '1500-2500',
    legacy: {},
  },
  errors: [
    {
      1001: missing,
      1500: { ...missing, module: 'stock' },
      1501: { ...missing, module: 'cart' },
      2000: {
        status: 409,
        message: '{{left}} of {{ product }} left: {{- left, number}}',
        action: 'Order {{left}}',
        parent: 1001,
      },
      9999: missing,
    },
    { gone: { status: 410, message: 'Gone', module: 'legacy', deprecated: true, notes: { since: '2' } } },
  ],
})

describe('a catalog', () => {
  test('has complete entries, with the module whose range holds the code', () => {
    const complete = {
      ...missing,
      namespace: 'shop',
      isSuccess: false,
      parents: [],
      retryable: false,
      deprecated: false,
      params: [],
    }
    expect([...shop]).toEqual([
      { ...complete, key: 1001, code: 1001, module: 'stock' },
      { ...complete, key: 1500, code: 1500, module: 'stock' },
      { ...complete, key: 1501, code: 1501, module: 'cart' },
      {
        ...complete,
        status: 409,
        message: '{{left}} of {{ product }} left: {{- left, number}}',
        action: 'Order {{left}}',
        key: 2000,
        code: 2000,
        module: 'cart',
        parent: 1001,
        parents: [1001],
        params: ['left', 'product'],
      },
      { ...complete, key: 9999, code: 9999 },
      {
        ...complete,
        status: 410,
        message: 'Gone',
        key: 'gone',
        code: 'gone',
        module: 'legacy',
        deprecated: true,
        notes: { since: '2' },
      },
    ])
  })

  test('has modules with ranges that overlap and have gaps', () => {
    expect([...shop.modules]).toEqual([
      [
        'stock',
        {
          name: 'stock',
          title: 'Stock',
          description: 'What there is',
          status: undefined,
          ranges: [
            [1000, 1999],
            [5000, 5000],
          ],
        },
      ],
      [
        'cart',
        { name: 'cart', title: undefined, description: undefined, status: undefined, ranges: [[1500, 2500]] },
      ],
      ['legacy', { name: 'legacy', title: undefined, description: undefined, status: undefined, ranges: [] }],
    ])
  })

  test('has defaults for what its author left out', () => {
    const { name, size, modules, envelope, success, sourceLocale, locales, challenge } = define(catalog({}))
    expect({ name, size, modules, envelope, success, sourceLocale, locales, challenge }).toEqual({
      name: 'shop',
      size: 1,
      modules: new Map(),
      envelope: 'flat',
      success: { code: 0, message: 'OK' },
      sourceLocale: 'en',
      locales: undefined,
      challenge: undefined,
    })
  })

  test.each(['s', 'my-shop', 'my-2nd-shop', 'shop2'])('can have the name %s', (name) => {
    expect(define({ name, errors: { 1001: missing } }).name).toBe(name)
  })

  test('can have ranges with blanks, and codes at both ends of them', () => {
    const modules = { stock: ' 1000 - 1999 , 3001 ' }
    const errors = { 1000: missing, 1999: missing, 2000: missing, 3001: missing, word: missing }
    expect([...define({ name: 'shop', modules, errors })].map(({ module }) => module)).toEqual([
      'stock',
      'stock',
      undefined,
      'stock',
      undefined,
    ])
  })

  test.each([
    [30, 30],
    [0, 0],
    [31_536_000, 31_536_000],
    ['500ms', 1],
    ['10m', 600],
    ['365d', 31_536_000],
    [undefined, undefined],
  ])('has for the retryAfter %j %j seconds', (retryAfter, seconds) => {
    expect(define(entry({ ...missing, retryAfter })).get(1001)?.retryAfter).toBe(seconds)
  })

  test.each([400, 599])('can have the status %i', (status) => {
    expect(define(entry({ ...missing, status })).get(1001)?.status).toBe(status)
  })

  test('can have texts of 2,048 characters', () => {
    const text = 'x'.repeat(2048)
    const texts = { message: text, title: text, description: text, action: text }
    expect(define(entry({ ...missing, ...texts })).get(1001)).toMatchObject(texts)
  })

  test('writes its sourceLocale as BCP 47 does', () => {
    expect(define(catalog({ sourceLocale: 'ZH-hant-tw' })).sourceLocale).toBe('zh-Hant-TW')
  })

  test('iterates over words in the order in which they were written', () => {
    const words = defineCatalog({ name: 'words', errors: [{ b: missing, a: missing }, { c: missing }] })
    expect([...words].map((entry) => entry.code)).toEqual(['b', 'a', 'c'])
  })

  test('tells number codes from string codes', () => {
    const known = shop.get(1001)
    expect([shop.get(1001), shop.get('1001'), shop.get('gone'), shop.get('Gone')]).toEqual([
      known,
      undefined,
      shop.get('gone'),
      undefined,
    ])
  })

  test('finds the entries that are told as a code', () => {
    expect([shop.byCode(1001), shop.byCode('1001'), shop.byCode('gone'), shop.byCode('toString')]).toEqual([
      [shop.get(1001)],
      [],
      [shop.get('gone')],
      [],
    ])
  })

  test('has entries that know what throws call them, and what clients are told', () => {
    expect([...shop].map(({ key, code }) => [key, code])).toEqual([...shop].map(({ key }) => [key, key]))
    expect([shop.get(1001).key, shop.get('gone').key]).toEqual([1001, 'gone'])
  })

  test('has no entry for what every object has', () => {
    const names = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'size', '']
    expect(names.map((name) => shop.get(name))).toEqual(names.map(() => undefined))
  })

  test('takes keys without a prototype, and the largest number that is exact', () => {
    const errors = Object.assign(Object.create(null) as object, { 999999999999999: missing })
    expect(define({ name: 'shop', errors }).get(999_999_999_999_999)?.code).toBe(999_999_999_999_999)
  })

  test('is frozen, and so are its entries', () => {
    expect([shop, ...shop].map((value) => Object.isFrozen(value))).toEqual([
      true,
      ...[...shop].map(() => true),
    ])
  })

  test('does not change when its definition does', () => {
    const written = { ...missing }
    const made = define({ name: 'shop', errors: { 1001: written } })
    written.message = 'Changed'
    expect(made.get(1001)?.message).toBe('Not here')
  })
})

/** The meaning of a status that a catalog names no code for. */
function generic(status: number, message: string, code: Code = status): object {
  return {
    key: code,
    code,
    isSuccess: false,
    parents: [],
    namespace: 'http',
    status,
    message,
    retryable: false,
    deprecated: false,
    params: [],
  }
}

/** The text of a status that another's code is told with. */
function textOf(status: number, message: string): object {
  return { status, message, namespace: 'http' }
}

describe('isCatalog', () => {
  const { name } = shop
  const [get, forStatus, forCondition] = [(): void => {}, (): void => {}, (): void => {}]

  test('is true for what defineCatalog returned, here or in another copy of this package', () => {
    expect([isCatalog(shop), isCatalog({ name, get, forStatus, forCondition })]).toEqual([true, true])
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['its name', 'shop'],
    ['a definition', { name: 'shop', errors: {} }],
    ['one without name', { get, forStatus, forCondition }],
    ['one whose name is no text', { name: 7, get, forStatus, forCondition }],
    ['one that has no entries', { name, forStatus, forCondition }],
    ['one that knows no statuses', { name, get, forCondition }],
    ['one that knows no conditions', { name, get, forStatus }],
    ['one whose members are data', { name, get: {}, forStatus: {}, forCondition: {} }],
    [
      'what cannot be read',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('hostile')
          },
        },
      ),
    ],
  ])('is false for %s', (_what, value) => {
    expect(isCatalog(value)).toBe(false)
  })

  test('is what an option asks for', () => {
    expect(CATALOG_CHECK).toEqual([isCatalog, 'what defineCatalog returned'])
  })
})

describe('forStatus', () => {
  const numbers = defineCatalog({
    name: 'numbers',
    foreign: { byStatus: { 409: 1409, 500: 1500 } },
    errors: {
      200: { status: 400, message: 'Not a success' },
      400: { status: 400, message: 'Bad' },
      404: { status: 404, message: 'No {{product}}' },
      409: { status: 409, message: 'Conflict' },
      1409: { status: 409, message: 'Own conflict' },
      1500: { status: 500, message: 'Internal' },
    },
  })
  const words = defineCatalog({ name: 'words', errors: { gone: { status: 410, message: 'Gone' } } })
  const mixed = defineCatalog({
    name: 'mixed',
    errors: { 1: { status: 410, message: 'Gone' }, gone: { status: 410, message: 'Gone' } },
  })
  const few = defineCatalog({ name: 'few', errors: { 1: { status: 410, message: 'Gone' } } })

  const table = [
    ['the code that equals its status', numbers, 400, numbers.get(400)],
    ['the code that foreign.byStatus names', numbers, 409, numbers.get(1409)],
    [
      'the code of 400, when the one of its status needs params',
      numbers,
      404,
      { ...numbers.get(400), ...textOf(404, 'Not found') },
    ],
    [
      'the code of 400 for the rest of 4xx',
      numbers,
      413,
      { ...numbers.get(400), ...textOf(413, 'Content too large') },
    ],
    [
      'the code of 500 for the rest of 5xx',
      numbers,
      503,
      { ...numbers.get(1500), ...textOf(503, 'Service unavailable') },
    ],
    ['a generic number in a catalog of numbers', few, 413, generic(413, 'Content too large')],
    ['a generic number in a catalog of numbers and words', mixed, 413, generic(413, 'Content too large')],
    [
      'a generic word in a catalog of words',
      words,
      413,
      generic(413, 'Content too large', 'content_too_large'),
    ],
    ['the generic 400 for a status without a text', words, 418, generic(400, 'Bad request', 'bad_request')],
    ['the generic 500 for a status without a text', few, 599, generic(500, 'Internal server error')],
  ] as const

  for (const [what, from, status, expected] of table) {
    test(`returns ${what}`, () => {
      expect(from.forStatus(status)).toEqual(expected)
    })
  }
})

describe('ok', () => {
  const table: readonly (readonly [EnvelopeName, data: unknown, body: object])[] = [
    ['flat', { id: 1 }, { code: 0, message: 'OK', data: { id: 1 } }],
    ['flat', undefined, { code: 0, message: 'OK', data: undefined }],
    ['nested', { id: 1 }, { data: { id: 1 } }],
    ['nested', undefined, { data: null }],
    ['composite', { id: 1 }, { code: 0, message: 'OK', data: { id: 1 } }],
    ['composite', undefined, { code: 0, message: 'OK', data: undefined }],
    ['two-level', { id: 1 }, { code: 0, message: 'OK', data: { id: 1 } }],
    ['two-level', undefined, { code: 0, message: 'OK', data: null }],
    ['problem', { id: 1 }, { id: 1 }],
    ['problem', [1, 2], [1, 2]],
    ['problem', 'text', { data: 'text' }],
    ['problem', undefined, { data: null }],
    ['problem', null, { data: null }],
  ]

  for (const [envelope, data, body] of table) {
    test(`has the shape of envelope ${envelope} for ${JSON.stringify(data)}`, () => {
      expect(define(catalog({ envelope })).ok(data)).toStrictEqual(body)
    })
  }

  test('carries the success of the catalog', () => {
    const words = define(catalog({ success: { code: 'SUCCESS', message: 'Done' } }))
    expect(words.ok(1)).toEqual({ code: 'SUCCESS', message: 'Done', data: 1 })
  })
})

describe('defineCatalog refuses what would only show in an answer', () => {
  const mistakes: readonly (readonly [what: string, definition: object, message: string])[] = [
    [
      'a parent that is the success',
      { errors: { 0: { status: 200, message: 'OK' }, 1: { status: 400, message: 'Bad', parent: 0 } } },
      'Catalog shop, error 1 has the success as its parent. Name a common error.',
    ],
    [
      'errors in a Map',
      { errors: new Map() },
      'Catalog shop has errors in a class of its own. Give an object of key: { status, message }.',
    ],
    [
      'modules in a list',
      { modules: ['1-2'], errors: { 1: { status: 400, message: 'Bad' } } },
      'Catalog shop has modules an array. Give an object of name: range.',
    ],
  ]
  for (const [what, definition, message] of mistakes) {
    test(what, () => {
      expect(() => Reflect.apply(defineCatalog, undefined, [{ name: 'shop', ...definition }])).toThrow(
        new SetupError(message),
      )
    })
  }
})
