import { catalog as cdn } from '../../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import type { Dump, DumpEntry } from '../../../src/contract/dump/dump.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'

/** Texts that would end a comment, begin another one, or mean something in it. */
const HOSTILE_TEXTS = [
  '*/ } evil /*',
  '/* nested',
  '\\u002a\\u002f \\u00zz',
  '&lt; < > & "quoted" \'single\'',
  'two\nlines\r\nand\u2028three\u0085',
  "``quotes'' and `ticks`",
  '# Heading',
  '- item',
  '[Foo]: http://example.com',
  '@deprecated {@link Foo} {@',
  '$dollar ${x} $x',
  '"""',
  'ends with \\',
  '\u202e\u2066bidi\u200b\ufeff',
  'half \ud800',
  '//',
  'x'.repeat(500),
  '🙂'.repeat(300),
  '%s %d',
  '<script>',
  '',
]

const HOSTILE_KEYS: readonly (string | number)[] = [
  'class',
  'None',
  'true',
  'import',
  'func',
  'type',
  'UNRECOGNIZED',
  'ERROR',
  'CODE',
  'NO_CODE',
  'FAILURE',
  'CHECK_RESPONSE',
  'parseRetryAfter',
  '0001',
  '2FA_REQUIRED',
  'ERR_1_0',
  'ERR_10',
  'user.not-found',
  'HTTPError',
  'api_key_id',
  '产品不存在',
  'größe',
  '🙂',
  '---',
  '__proto__',
  'constructor',
  'toString',
  'values',
  "it's",
  '"quoted"',
  '`tick`',
  '\\u002a',
  'C++',
  '$x${y}',
  10002,
  -1003,
  0,
]

const HOSTILE_CODES = [
  'quo"te\\',
  '(paren)',
  '$x${y}',
  '☃🙂',
  '-5',
  '1006',
  '"1006"',
  "'",
  '\\u0022',
  '%d',
  'a b',
]

function entry(
  key: DumpEntry['key'],
  code: DumpEntry['code'],
  text: string,
  more: Partial<DumpEntry> = {},
): DumpEntry {
  return { key, code, status: 409, retryable: false, params: [], texts: { en: { message: text } }, ...more }
}

function dumpOf(catalog: Catalog, handler: HandlerOptions<Catalog, never> = {}): Dump {
  return createDump(catalog, { handler: { ...handler, catalog } })
}

const plain = dumpOf(defineCatalog({ name: 'plain', errors: { FIRST: { status: 409, message: 'First' } } }))

/** A name for each kind of client, and what it is generated from. */
export const dumps = {
  cloudWaf: dumpOf(cloudWaf),
  cdn: dumpOf(cdn),
  gateway: dumpOf(gateway, {
    envelope: { 'application/json': 'two-level', 'application/problem+json': 'problem', 'text/html': 'page' },
  }),
  secrets: dumpOf(secrets),
  /** Numbers and texts, codes that errors share, and codes beyond 32 bits. */
  mixed: dumpOf(
    defineCatalog({
      name: 'mixed-codes',
      envelope: 'composite',
      errors: {
        1006: { status: 404, message: 'A number' },
        TEXT: { code: '1006', status: 409, message: 'A text', parent: 1006 },
        BIG: { code: 3_000_000_000, status: 410, message: 'Beyond 32 bits' },
        HUGE: { code: Number.MAX_SAFE_INTEGER, status: 410, message: 'Beyond 52 bits' },
        NEGATIVE: { code: -5, status: 503, message: 'Negative', retryable: true, retryAfter: 30 },
        BUSY: { code: 7, status: 503, message: 'Busy', retryable: true, retryAfter: 9 },
        TAKEN: { code: 7, status: 409, message: 'Taken' },
        OLD: { status: 410, message: 'Old', deprecated: { use: 'BIG' } },
        OLDER: { status: 410, message: 'Older', deprecated: true },
      },
    }),
  ),
  /** All answers are 200, and texts refine texts. */
  always200: dumpOf(
    defineCatalog({
      name: 'always-200',
      envelope: 'composite',
      httpStatus: 200,
      success: { code: 'fine', message: 'Fine' },
      errors: {
        COMMON: { code: 'common', status: 400, message: 'Common' },
        SPECIAL: { code: 'special', status: 400, message: 'Special', parent: 'COMMON' },
      },
    }),
  ),
  problem: dumpOf(
    defineCatalog({
      name: 'problems',
      envelope: 'problem',
      errors: { GONE: { code: 0x7fff_ffff + 1, status: 410, message: 'Gone' } },
      success: { code: 'OK', message: 'OK' },
    }),
  ),
  custom: dumpOf(
    defineCatalog({
      name: 'custom',
      envelope: { body: ({ code }) => ({ errcode: code }) },
      errors: { FULL: { code: 0, status: 507, message: 'Full' } },
      success: { code: 1, message: 'OK' },
    }),
  ),
  /** Every error is concealed, or the success. */
  empty: { ...plain, catalog: 'empty', entries: [] },
  hostile: {
    ...plain,
    catalog: 'hostile',
    api: { title: '*/ "The" API \\u002a\\u002f """ $x\n' },
    entries: [
      ...HOSTILE_KEYS.map((key, index) => entry(key, key, HOSTILE_TEXTS[index % HOSTILE_TEXTS.length]!)),
      ...HOSTILE_CODES.map((code, index) => entry(`CODE_${index}`, code, 'A code')),
      ...HOSTILE_TEXTS.map((text, index) =>
        entry(`TEXT_${index}`, `T${index}`, text, {
          deprecated: { use: HOSTILE_CODES[index % HOSTILE_CODES.length]! },
          retryAfter: Number.MAX_SAFE_INTEGER,
        }),
      ),
    ],
  },
} as const satisfies Readonly<Record<string, Dump>>

export type ClientName = keyof typeof dumps
