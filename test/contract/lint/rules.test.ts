import { expect, test } from 'vitest'
import { RULES } from '../../../src/contract/lint/rules.ts'
import { foundBy, type Project } from './linted.ts'

/** What a rule finds, and where it finds nothing. */
interface Case {
  readonly finds: readonly (readonly [project: Project, ...found: string[]])[]
  readonly passes: readonly Project[]
}

type Errors = Project['catalog']['errors']

const of = (errors: Errors, rest: Partial<Project['catalog']> = {}): Project => ({
  catalog: { errors, ...rest },
})
const message = (text: string): Project => of({ A: { status: 409, message: text } })

/** A catalog of two errors, and translations of it. */
const SOLD = {
  SOLD_OUT: { status: 409, message: 'Only {{left}} left', action: 'Choose another product' },
  GONE: { status: 410, message: 'The product is gone' },
}
const translated = (files: Project['files'], errors: Errors = SOLD): Project => ({
  catalog: { errors },
  ...(files === undefined ? {} : { files }),
})
/** One text of one error, in German. */
const german = (text: string, source = 'The product is gone'): Project => inLocale('de', text, source)
const inLocale = (locale: string, text: string, source = 'The product is gone'): Project =>
  translated({ [`${locale}/shop.json`]: { A: { message: text } } }, { A: { status: 409, message: source } })

const COUNTED = { LEFT: { status: 409, message: '{{count}} left' } }
const DE = {
  SOLD_OUT: { message: 'Nur noch {{left}}', action: 'Anderes Produkt wählen' },
  GONE: { message: 'Produkt weg' },
}

const TERMS = {
  terms: [
    {
      name: 'request',
      source: /\brequest\b/i,
      isOnly: true,
      translations: new Map([['de', /anfrage/iu]]),
    },
  ],
}

const CASES: Readonly<Record<string, Case>> = {
  'status-retryable': {
    finds: [
      [
        of({ A: { status: 422, message: 'Wrong', retryable: true } }),
        'shop.ts A is retryable, but 422 says that the same request fails again. Take retryable away, or give it a status such as 409 or 503.',
      ],
    ],
    passes: [
      of({ A: { status: 422, message: 'Wrong' }, B: { status: 409, message: 'Met', retryable: true } }),
      of({ A: { status: 500, message: 'Failed', retryable: true } }),
    ],
  },
  'status-not-retryable': {
    finds: [
      [
        of({ A: { status: 503, message: 'Full' } }),
        'shop.ts A is not retryable, but 503 says that it may go better later. Set retryable: true, or give it another status.',
      ],
    ],
    passes: [
      of({ A: { status: 503, message: 'Full', retryable: true }, B: { status: 500, message: 'Failed' } }),
    ],
  },
  'retry-after-not-retryable': {
    finds: [
      [
        of({ A: { status: 429, message: 'Slow down', retryAfter: 60 } }),
        'shop.ts A has retryAfter, but is not retryable. Set retryable: true, or take retryAfter away.',
      ],
    ],
    passes: [of({ A: { status: 429, message: 'Slow down', retryAfter: 60, retryable: true } })],
  },
  'challenge-missing': {
    finds: [
      [
        of({ A: { status: 401, message: 'Who are you?' } }),
        "shop.ts A is a 401 without WWW-Authenticate. Give the catalog a challenge, such as 'Bearer'.",
      ],
    ],
    passes: [
      of({ A: { status: 401, message: 'Who are you?' } }, { challenge: 'Bearer' }),
      of({ A: { status: 401, message: 'Who are you?', challenge: 'Basic realm="shop"' } }),
      of({ A: { status: 403, message: 'No' } }),
    ],
  },
  'entry-same-message': {
    finds: [
      [
        of({ A: { status: 404, message: 'Not found' }, B: { status: 410, message: 'Not found' } }),
        'shop.ts B has the message of A. Say in each what only it means.',
      ],
    ],
    passes: [
      of({ A: { status: 401, message: 'Sign in' }, B: { status: 401, message: 'Sign in' } }),
      of({ A: { status: 404, message: 'Not found' }, B: { status: 410, message: 'Gone' } }),
    ],
  },
  'foreign-code-style': {
    finds: [
      [
        of({ 1001: { status: 404, message: 'Not found' }, GONE: { status: 410, message: 'Gone' } }),
        'shop.ts the catalog has codes that are numbers, such as 1001, and others that are texts, such as "GONE". Give all of them one type.',
      ],
      [
        of({ GONE: { code: '0001', status: 410, message: 'Gone' } }),
        'shop.ts the catalog has codes of digits, such as "0001", but foreign errors of status 400 get "bad_request". Name errors for 400 and 500 in foreign.byStatus.',
      ],
    ],
    passes: [
      of({ 1001: { status: 404, message: 'Not found' } }),
      of({ GONE: { status: 410, message: 'Gone' } }),
      of(
        {
          BAD: { code: '0400', status: 400, message: 'Bad' },
          FAILED: { code: '0500', status: 500, message: 'Failed' },
        },
        { foreign: { byStatus: { 400: 'BAD', 500: 'FAILED' } } },
      ),
    ],
  },
  'key-numeric': {
    finds: [
      [
        of({ 1001: { status: 404, message: 'Not found' } }),
        'shop.ts 1001 becomes the constant E1001 in other languages. Name it by a word: SOLD_OUT: { code: 1001, … }.',
      ],
    ],
    passes: [of({ GONE: { code: 1001, status: 404, message: 'Not found' } })],
  },
  'code-path-unsafe': {
    finds: [
      [
        of({ A: { code: 'no/such thing', status: 404, message: 'Not found' } }),
        'shop.ts A has the code "no/such thing", which an address has as no%2Fsuch%20thing. Letters, digits, - and _ stand there as they are.',
      ],
      [
        of({ A: { code: '..', status: 404, message: 'Not found' } }),
        'shop.ts A has the code "..", which an address has as ... Letters, digits, - and _ stand there as they are.',
      ],
      [
        of({
          1001: { status: 404, message: 'Not found' },
          A: { code: '1001', status: 410, message: 'Gone' },
        }),
        'shop.ts A has the code "1001", beside one of the other type: both have one address.',
      ],
    ],
    passes: [
      of({
        A: { code: 'not-found_1', status: 404, message: 'Not found' },
        B: { code: -7, status: 410, message: 'Gone' },
      }),
    ],
  },
  'placeholder-foreign': {
    finds: [
      [message('Only {left} left'), 'shop.ts A message has {left}, which nobody fills. Write {{left}}.'],
      [message('Only ${left} left'), 'shop.ts A message has ${left}, which nobody fills. Write {{left}}.'],
      [message('Only %{left} left'), 'shop.ts A message has %{left}, which nobody fills. Write {{left}}.'],
      [message('Only %(left)s left'), 'shop.ts A message has %(left)s, which nobody fills. Write {{left}}.'],
      [message('Only %d left of %s'), 'shop.ts A message has %d, which nobody fills. Write {{name}}.'],
      [message('Only %1$s left'), 'shop.ts A message has %1$s, which nobody fills. Write {{name}}.'],
      [message('Only {0} left'), 'shop.ts A message has {0}, which nobody fills. Write {{name}}.'],
      [message('Only {{left} left'), 'shop.ts A message has {{ alone. Write a placeholder as {{name}}.'],
      [
        german('Nur noch %s'),
        'locales/de/shop.json:3:5 A message in de has %s, which nobody fills. Write {{name}}.',
      ],
    ],
    passes: [
      message('Only {{left}} and {{- right}} of {{price, number}} left'),
      message('Send `{}`, or `${x}`'),
      message('100% sure, 50%discount, 5 %'),
      message('Costs $5'),
    ],
  },
  'text-whitespace': {
    finds: [
      [message(' Gone'), 'shop.ts A message begins or ends with a blank. Take it away.'],
      [message('Gone\u00A0'), 'shop.ts A message begins or ends with a blank. Take it away.'],
      [message('Quite  gone'), 'shop.ts A message has two blanks in a row. Take one away.'],
      [message('Quite\ngone'), 'shop.ts A message has a tab or a line break. Write a blank.'],
      [german('Weg '), 'locales/de/shop.json:3:5 A message in de begins or ends with a blank. Take it away.'],
    ],
    passes: [
      message('Quite gone'),
      of({ A: { status: 410, message: 'Gone', description: 'It was here.\n\nIt is gone.' } }),
    ],
  },
  'text-not-nfc': {
    finds: [[message('Cafe\u0301'), "shop.ts A message is not in NFC. Normalize it: text.normalize('NFC')."]],
    passes: [message('Café'), inLocale('ja', 'がなくなりました')],
  },
  'text-invisible': {
    finds: [
      [message('Gone\u200B'), 'shop.ts A message has U+200B, which cannot be seen. Take it away.'],
      [message('\u202Eenog'), 'shop.ts A message has U+202E, which cannot be seen. Take it away.'],
      [message('Go\u0007ne'), 'shop.ts A message has U+0007, which cannot be seen. Take it away.'],
      [message('G\uFFFDne'), 'shop.ts A message has U+FFFD, which cannot be seen. Take it away.'],
      [message('Go\uD800ne'), 'shop.ts A message has U+D800, which cannot be seen. Take it away.'],
      [message('a\u200Cb'), 'shop.ts A message has U+200C, which cannot be seen. Take it away.'],
      [
        german('We\u00ADg'),
        'locales/de/shop.json:3:5 A message in de has U+00AD, which cannot be seen. Take it away.',
      ],
    ],
    passes: [
      message('Gone 👩‍💻 ❤️'),
      inLocale('fa', 'نمی\u200Cشود'),
      inLocale('hi', 'क्\u200Dष'),
      inLocale('ar', 'غير موجود'),
    ],
  },
  'text-nesting': {
    finds: [
      [
        german('Siehe $t(GONE.message)'),
        'locales/de/shop.json:3:5 A message in de has $t(…), which is not looked up. Write out the text that it means.',
      ],
    ],
    passes: [german('Kostet 5 $ (fünf)')],
  },
  'text-entity': {
    finds: [
      [
        german('Anton &amp; Berta'),
        'locales/de/shop.json:3:5 A message in de has &amp;, which is sent as it stands. Write the character that it means.',
      ],
      [
        german('L&#39;erreur'),
        'locales/de/shop.json:3:5 A message in de has &#39;, which is sent as it stands. Write the character that it means.',
      ],
    ],
    passes: [german('A & B; AT&T; R&D')],
  },
  'entry-no-title': absent('title'),
  'entry-no-action': absent('action'),
  'entry-no-description': absent('description'),
  'entry-no-module': {
    finds: [
      [
        of({ 5: { status: 410, message: 'Gone' } }, { modules: { stock: '10-19', cart: '20-29' } }),
        'shop.ts 5 is of no module. Name one: stock, cart.',
      ],
    ],
    passes: [
      of({ 5: { status: 410, message: 'Gone' } }),
      of({ 15: { status: 410, message: 'Gone' } }, { modules: { stock: '10-19' } }),
    ],
  },
  'module-empty': {
    finds: [
      [
        of({ 15: { status: 410, message: 'Gone' } }, { modules: { stock: '10-19', cart: '20-29' } }),
        'shop.ts the module cart has no errors. Take it away, or look at its range.',
      ],
    ],
    passes: [of({ 15: { status: 410, message: 'Gone' } }, { modules: { stock: '10-19' } })],
  },
  'locale-syntax': {
    finds: [
      [
        translated({ 'de/shop.json': '{\n  "GONE": "weg",\n}\n' }),
        'locales/de/shop.json:2:16 the file is no JSON. Take away the comma before }.',
      ],
      [
        translated({ 'de/shop.json': '' }),
        'locales/de/shop.json:1:1 the file is no JSON. The file ends too early. Write what is missing.',
      ],
      [
        translated({ 'de/shop.yaml': 'GONE: weg\nGONE: fort\n' }),
        'locales/de/shop.yaml:2:1 the file cannot be parsed: Map keys must be unique.',
      ],
      [
        translated({ 'de/shop.json5': "{ GONE: 'weg' ; }" }),
        "locales/de/shop.json5:1:15 the file cannot be parsed: JSON5: invalid character ';'.",
      ],
      [
        translated({ 'de/shop.json': Buffer.from('\uFEFF{"GONE":"weg"}', 'utf16le') }),
        'locales/de/shop.json the file is in UTF-16. Save it in UTF-8.',
      ],
      [
        translated({ 'de/shop.json': Buffer.from('{"GONE":"fällt weg"}', 'latin1') }),
        'locales/de/shop.json the file is in another encoding. Save it in UTF-8.',
      ],
    ],
    passes: [
      translated({ 'de/shop.json': `\uFEFF${JSON.stringify(DE)}` }),
      translated({ 'de/shop.yaml': 'GONE: weg\n' }),
      translated({ 'de/shop.json5': "{ GONE: 'weg', }" }),
    ],
  },
  'locale-shape': {
    finds: [
      [
        translated({ 'de/shop.json': ['weg'] }),
        'locales/de/shop.json the file holds an array. Write { <key>: { message: … } }.',
      ],
      [
        translated({ 'de/shop.json': { GONE: { message: 5 } } }),
        'locales/de/shop.json:3:5 GONE message is 5. Write a text.',
      ],
      [
        translated({ 'de/shop.json': { GONE: ['weg'] } }),
        'locales/de/shop.json:2:3 GONE is an array. Write a text, or { message: … }.',
      ],
      [
        translated({ 'de/shop.json': { de: { GONE: 'weg' } } }),
        'locales/de/shop.json the file has no key of an error: they stand in "de". Write what it holds in its place.',
      ],
      [
        translated({ 'de/shop.json': { LEFT: { message: { one: 'eins', other: '{{count}}' } } } }, COUNTED),
        'locales/de/shop.json:3:5 LEFT message is an object. Write its plural forms as message_one, message_other.',
      ],
    ],
    passes: [
      translated({ 'de/shop.json': DE }),
      translated({ 'de/shop.json': {} }),
      translated({ 'de/shop.json': { GONE: 'weg' } }),
      translated({ 'de/shop.json': { 'GONE.message': 'weg' } }),
    ],
  },
  'locale-duplicate': {
    finds: [
      [
        translated({ 'de/shop.json': '{\n  "GONE": "weg",\n  "GONE": "fort"\n}' }),
        'locales/de/shop.json:3:3 "GONE" stands twice, and the last is read. Take one away.',
      ],
      [
        translated({ 'de/shop.json': '{"GONE":{"message":"weg","message":"weg"}}' }),
        'locales/de/shop.json:1:26 "message" stands twice, and the last is read. Take one away.',
      ],
      [
        translated({ 'de/shop.json': { GONE: { message: 'weg' }, 'GONE.message': 'fort' } }),
        'locales/de/shop.json:5:3 GONE "GONE.message" says again what stands above. Take one away.',
      ],
      [
        translated({ 'de/shop.json': { GONE: 'weg' }, 'de/shop.yaml': 'GONE: fort' }),
        'locales/de/shop.yaml the file is of the same language as locales/de/shop.json. Put their texts into one.',
      ],
    ],
    passes: [translated({ 'de/shop.json': DE, 'fr/shop.yaml': 'GONE: parti' })],
  },
  'locale-tag': {
    finds: [
      [
        translated({ 'jp/shop.json': { GONE: 'x' } }),
        'locales/jp/shop.json the name is in the language "jp", which no client asks for: it is the code of a country, Japan. Rename it to "ja".',
      ],
      [
        translated({ 'zh_CN/shop.json': { GONE: 'x' } }),
        'locales/zh_CN/shop.json the name holds the language "zh_CN". Rename it to "zh-CN".',
      ],
      [
        translated({ 'german/shop.json': { GONE: 'x' } }),
        'locales/german/shop.json the name holds the language "german", which no client can ask for. Rename it to "de".',
      ],
    ],
    passes: [translated({ 'zh-Hant-HK/shop.json': DE, 'de/shop.json': DE })],
  },
  'locale-unknown-code': {
    finds: [
      [
        translated({ 'de/shop.json': { SOLD_UOT: { message: 'weg' }, GONE: 'weg' } }),
        'locales/de/shop.json:2:3 SOLD_UOT is no error of shop. Did you mean SOLD_OUT?',
      ],
      [
        translated({ 'de/shop.json': { 'HOLIDAY.message': 'zu', GONE: 'weg' } }),
        'locales/de/shop.json:2:3 HOLIDAY.message is no error of shop. Take it away, or define it.',
      ],
      [
        translated(
          { 'de/shop.json': { 10410: 'weg', GONE: 'weg' } },
          { GONE: { code: 10410, status: 410, message: 'Gone' } },
        ),
        'locales/de/shop.json:2:3 10410 is no error of shop. Did you mean GONE?',
      ],
    ],
    passes: [
      translated({ 'de/shop.json': { ...DE, $schema: 'x', _comment: 'y', '@@locale': 'de' } }),
      translated(
        { 'de/shop.json': { cart: { empty: { message: 'leer' } } } },
        { 'cart.empty': { status: 409, message: 'Empty' } },
      ),
    ],
  },
  'locale-unknown-field': {
    finds: [
      [
        translated({ 'de/shop.json': { GONE: { mesage: 'weg' } } }),
        'locales/de/shop.json:3:5 GONE holds "mesage". Did you mean message?',
      ],
      [
        translated({ 'de/shop.json': { GONE: { message: 'weg', hint: 'x' } } }),
        'locales/de/shop.json:4:5 GONE holds "hint". Texts are message, title, description, action.',
      ],
      [
        translated({ 'de/shop.json': { LEFT: { message_on: 'x', message_other: 'y' } } }, COUNTED),
        'locales/de/shop.json:3:5 LEFT message_on is no plural form. Did you mean _one?',
      ],
      [
        translated({ 'de/shop.json': { LEFT: { message: 'x', message_plural: 'y' } } }, COUNTED),
        "locales/de/shop.json:4:5 LEFT message_plural is a plural form of i18next's JSON v3, and not read. Write those of v4, such as _one and _other.",
      ],
    ],
    passes: [translated({ 'de/shop.json': { ...DE, GONE: { message: 'weg', _comment: 'x' } } })],
  },
  'placeholder-unknown': {
    finds: [
      [
        german('{{rest}} weg', 'Only {{left}} left'),
        'locales/de/shop.json:3:5 A message in de has {{rest}}, which nothing fills. The catalog has {{left}}.',
      ],
      [
        german('{{rest}} weg'),
        'locales/de/shop.json:3:5 A message in de has {{rest}}, which nothing fills. The catalog has none.',
      ],
    ],
    passes: [
      german('Nur {{ left }}', 'Only {{left}} left'),
      german('Nur {{left, number}}', 'Only {{left}} left'),
    ],
  },
  'placeholder-missing': {
    finds: [
      [
        german('Wenige', 'Only {{left}} of {{all}} left'),
        'locales/de/shop.json:3:5 A message in de lacks {{left}}, {{all}}. Write it where its value belongs.',
      ],
      [
        german('Nur {left}', 'Only {{left}} left'),
        'locales/de/shop.json:3:5 A message in de lacks {{left}}. Write it where its value belongs.',
      ],
    ],
    passes: [
      german('Nur {{left}}', 'Only {{left}} left'),
      german('Wenige', '{{count}} left'),
      translated(
        { 'de/shop.json': { A: { message_one: 'Einer', message_other: '{{count}} von {{all}}' } } },
        { A: { status: 409, message: '{{count}} of {{all}}' } },
      ),
    ],
  },
  'placeholder-401': {
    finds: [
      [
        translated(
          { 'de/shop.json': { A: { message: 'Abgelaufen: {{when}}' } } },
          { A: { status: 401, message: 'Sign in' } },
        ),
        'locales/de/shop.json:3:5 A message in de has {{when}}, but a 401 tells nothing of its cause. Write a constant text.',
      ],
    ],
    passes: [
      translated({ 'de/shop.json': { A: 'Bitte anmelden' } }, { A: { status: 401, message: 'Sign in' } }),
      german('{{rest}} weg'),
    ],
  },
  'plural-missing': {
    finds: [
      [
        translated(
          { 'ru/shop.json': { LEFT: { message_one: '{{count}}', message_other: '{{count}}' } } },
          COUNTED,
        ),
        'locales/ru/shop.json:3:5 LEFT message_one in ru lacks plural forms. Write message_few, message_many.',
      ],
      [
        translated({ 'de/shop.json': { LEFT: { message_one: '{{count}}' } } }, COUNTED),
        'locales/de/shop.json:3:5 LEFT message_one in de lacks plural forms. Write message_other.',
      ],
    ],
    passes: [
      translated(
        { 'de/shop.json': { LEFT: { message_one: '{{count}}', message_other: '{{count}}' } } },
        COUNTED,
      ),
      translated({ 'de/shop.json': { LEFT: { message_one: '{{count}}', message: '{{count}}' } } }, COUNTED),
      translated({ 'de/shop.json': { LEFT: { message: '{{count}}' } } }, COUNTED),
      translated({ 'ja/shop.json': { LEFT: { message_other: '{{count}}' } } }, COUNTED),
    ],
  },
  'plural-without-count': {
    finds: [
      [
        translated({ 'de/shop.json': { GONE: { message_one: 'x', message_other: 'y' } } }),
        'locales/de/shop.json:3:5 GONE message_one in de has plural forms, but no {{count}} chooses among them. Name {{count}} in the message of the catalog, or write one text.',
      ],
    ],
    passes: [translated({ 'de/shop.json': { LEFT: { message_one: 'x', message_other: 'y' } } }, COUNTED)],
  },
  'plural-extra': {
    finds: [
      [
        translated({ 'de/shop.json': { LEFT: { message_few: 'x', message_other: 'y' } } }, COUNTED),
        'locales/de/shop.json:3:5 LEFT message_few in de is never shown: de has the forms one, other. Take it away.',
      ],
    ],
    passes: [
      translated(
        { 'de/shop.json': { LEFT: { message_zero: 'x', message_one: 'y', message_other: 'z' } } },
        COUNTED,
      ),
    ],
  },
  'text-empty': {
    finds: [
      [german(''), 'locales/de/shop.json:3:5 A message in de is empty. Translate it, or take it away.'],
      [german('  '), 'locales/de/shop.json:3:5 A message in de is empty. Translate it, or take it away.'],
      [
        translated({ 'de/shop.json': { GONE: { message: null } } }),
        'locales/de/shop.json:3:5 GONE message in de is empty. Translate it, or take it away.',
      ],
    ],
    passes: [german('weg')],
  },
  'text-untranslated': {
    finds: [
      [
        german('The product is gone'),
        'locales/de/shop.json:3:5 A message in de is that of the catalog, in en. Translate it.',
      ],
    ],
    passes: [
      german('Das Produkt ist weg'),
      inLocale('en-GB', 'The product is gone'),
      german('Use AAAA / MX', 'Use AAAA / MX'),
      german('{{left}}', '{{left}}'),
    ],
  },
  'text-without-source': {
    finds: [
      [
        translated({ 'de/shop.json': { GONE: { message: 'weg', title: 'Fort' } } }),
        'locales/de/shop.json:4:5 GONE title in de translates nothing: the catalog has no title here. Write one there, or take it away.',
      ],
    ],
    passes: [translated({ 'de/shop.json': DE })],
  },
  'locale-file-missing': {
    finds: [
      [
        translated({ 'de/shop.json': DE, 'fr/other.json': {} }),
        'locales/fr/shop.json the file is not there. Have the texts of the catalog translated.',
      ],
    ],
    passes: [
      translated({ 'de/shop.json': DE, 'en/other.json': {}, 'en-GB/other.json': {}, 'de-AT/other.json': {} }),
      translated({ 'de/shop.json': DE, 'assets/logo.svg': '' }),
    ],
  },
  'locale-missing-code': {
    finds: [
      [
        translated({ 'de/shop.json': { GONE: 'weg' } }),
        'locales/de/shop.json SOLD_OUT is missing in de: "Only {{left}} left" is sent. Translate it.',
      ],
    ],
    passes: [
      translated({ 'de/shop.json': DE }),
      translated({ 'de/shop.json': DE, 'de-AT/shop.json': { GONE: 'aus' } }),
      translated({ 'en/shop.json': { GONE: 'Gone' }, 'en-GB/shop.json': { GONE: 'Gone' } }),
      translated({ 'de/shop.json': '{' }),
    ],
  },
  'text-missing': {
    finds: [
      [
        translated({ 'de/shop.json': { ...DE, SOLD_OUT: 'Nur {{left}}' } }),
        'locales/de/shop.json SOLD_OUT lacks action in de. Translate it.',
      ],
    ],
    passes: [translated({ 'de/shop.json': DE }), translated({ 'de/shop.json': { GONE: 'weg' } })],
  },
  'style-end-punctuation': {
    finds: [
      [
        german('Weg.', 'Gone'),
        'locales/de/shop.json:3:5 A message in de ends with ".". Let it end with a letter, as in the catalog.',
      ],
      [
        german('Weg', 'Gone.'),
        'locales/de/shop.json:3:5 A message in de ends with no full stop. Let it end with ".".',
      ],
      [
        inLocale('zh-TW', '沒了.', 'Gone.'),
        'locales/zh-TW/shop.json:3:5 A message in zh-TW ends with ".". Let it end with "。".',
      ],
      [
        inLocale('zh-Hant-HK', '沒了.', 'Gone.'),
        'locales/zh-Hant-HK/shop.json:3:5 A message in zh-Hant-HK ends with ".". Let it end with "。".',
      ],
      [
        inLocale('ja', 'なくなりました', 'Gone'),
        'locales/ja/shop.json:3:5 A message in ja ends with no full stop. Let it end with "。".',
      ],
      [
        inLocale('hi', 'गया.', 'Gone.'),
        'locales/hi/shop.json:3:5 A message in hi ends with ".". Let it end with "।".',
      ],
      [
        inLocale('fr', 'Parti :', 'Gone'),
        'locales/fr/shop.json:3:5 A message in fr ends with ":". Let it end with a letter, as in the catalog.',
      ],
    ],
    passes: [
      german('Weg', 'Gone'),
      german('Weg.', 'Gone.'),
      inLocale('th', 'หมด', 'Gone.'),
      german('Weg (100 %)', 'Gone'),
    ],
  },
  'style-quotes': {
    finds: [
      [
        german('Das "Feld"'),
        'locales/de/shop.json:3:5 A message in de has "\\"". Write „“ or ‚‘, or ’ for an apostrophe.',
      ],
      [
        german('Das „Feld'),
        'locales/de/shop.json:3:5 A message in de has "„". Write „“ or ‚‘, or ’ for an apostrophe.',
      ],
      [
        inLocale('zh-TW', '“欄位”'),
        'locales/zh-TW/shop.json:3:5 A message in zh-TW has "“", "”". Write 「」 or 『』, or ’ for an apostrophe.',
      ],
      [
        inLocale('fr', "L'erreur"),
        'locales/fr/shop.json:3:5 A message in fr has "\\"". Write «» or “”, or ’ for an apostrophe.',
      ],
    ],
    passes: [
      german('Das „Feld“ von `"name"` geht’s'),
      inLocale('sv', '”Fältet”'),
      inLocale('he', 'דו״ח'),
      inLocale('xx', 'The "field"'),
    ],
  },
  'style-full-width': {
    finds: [
      [
        inLocale('zh-CN', '类型错误,应为'),
        'locales/zh-CN/shop.json:3:5 A message in zh-CN has ",". Write punctuation in full width: ，：；？！（）; letters and digits in half width.',
      ],
      [
        inLocale('ja', 'ｻｰﾊﾞｰ'),
        'locales/ja/shop.json:3:5 A message in ja has "ｻ", "ｰ", "ﾊ". Write punctuation in full width: ，：；？！（）; letters and digits in half width.',
      ],
      [
        inLocale('zh-CN', '错误， 应为'),
        'locales/zh-CN/shop.json:3:5 A message in zh-CN has "， ". Take away the blank beside it.',
      ],
      [
        inLocale('ko', '값。'),
        'locales/ko/shop.json:3:5 A message in ko has "。". Write the mark of the language.',
      ],
    ],
    passes: [inLocale('zh-CN', '类型错误，应为 `a,b` {{left}}', 'Wrong {{left}}'), german('Falsch: (Typ)')],
  },
  'style-script-blanks': {
    finds: [
      [
        inLocale('zh-CN', 'URL无效'),
        'locales/zh-CN/shop.json:3:5 A message in zh-CN has "L无". Write a blank between.',
      ],
      [inLocale('th', 'URLไม่'), 'locales/th/shop.json:3:5 A message in th has "Lไ". Write a blank between.'],
      [inLocale('ja', 'URL が'), 'locales/ja/shop.json:3:5 A message in ja has "L が". Take away the blank.'],
    ],
    passes: [inLocale('zh-CN', 'URL 无效'), inLocale('ja', 'URLが'), german('URL falsch')],
  },
  'style-no-break-spaces': {
    finds: [
      [
        inLocale('fr', 'Type incorrect ; attendu'),
        'locales/fr/shop.json:3:5 A message in fr has ";". Write a no-break space (U+00A0) there.',
      ],
      [
        inLocale('fr', 'Au moins 6 caractères'),
        'locales/fr/shop.json:3:5 A message in fr has "6 ". Write a no-break space (U+00A0) there.',
      ],
      [
        inLocale('fr', 'Valeur\u00A0non valide'),
        'locales/fr/shop.json:3:5 A message in fr has "\u00A0". Write a common blank.',
      ],
      [
        inLocale('ru', 'Значение\u00A0недопустимо'),
        'locales/ru/shop.json:3:5 A message in ru has "\u00A0". Write a common blank.',
      ],
    ],
    passes: [
      inLocale('fr', 'Type incorrect\u00A0; «\u00A0attendu\u00A0» 6\u00A0fois'),
      german('Falsch; richtig'),
    ],
  },
  'style-regional-words': {
    finds: [
      [
        inLocale('zh-TW', '用戶不存在'),
        'locales/zh-TW/shop.json:3:5 A message in zh-TW has "用戶". Write 使用者.',
      ],
      [
        inLocale('zh-HK', '用戶不存在'),
        'locales/zh-HK/shop.json:3:5 A message in zh-HK has "用戶". Write 使用者.',
      ],
      [
        inLocale('pt-PT', 'O arquivo não existe'),
        'locales/pt-PT/shop.json:3:5 A message in pt-PT has "arquivo". Write ficheiro.',
      ],
    ],
    passes: [inLocale('zh-TW', '使用者不存在'), inLocale('pt-BR', 'O arquivo não existe'), german('Datei')],
  },
  'style-terms': {
    finds: [
      [
        { ...german('Falscher Request', 'Bad request'), settings: TERMS },
        'locales/de/shop.json:3:5 A message in de says request otherwise than lint.terms has it: anfrage.',
      ],
      [
        { ...german('Falsche Anfrage', 'Bad question'), settings: TERMS },
        'locales/de/shop.json:3:5 A message in de says request (anfrage), which the catalog does not say here.',
      ],
    ],
    passes: [
      { ...german('Falsche Anfrage', 'Bad request'), settings: TERMS },
      { ...inLocale('fr', 'Mauvaise requête', 'Bad request'), settings: TERMS },
    ],
  },
  'style-same-translation': {
    finds: [
      [
        translated(
          { 'de/shop.json': { A: 'weg', B: 'fort' } },
          { A: { status: 410, message: 'Gone' }, B: { status: 409, message: 'gone' } },
        ),
        'locales/de/shop.json:3:3 B message in de is not as at shop A, which has "weg" for the same text. Write one of the two in both.',
      ],
    ],
    passes: [
      translated(
        { 'de/shop.json': { A: { message: 'Ist weg', title: 'Weg' } } },
        { A: { status: 410, message: 'Gone', title: 'Gone' } },
      ),
      translated({ 'de/shop.json': DE }),
    ],
  },
}

function absent(field: 'title' | 'action' | 'description'): Case {
  return {
    finds: [[of({ A: { status: 410, message: 'Gone' } }), `shop.ts A has no ${field}. Write one.`]],
    passes: [of({ A: { status: 410, message: 'Gone', [field]: 'Something' } })],
  }
}

test('each rule has cases in which it finds something, and in which it does not', () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort())
  for (const [id, { finds, passes }] of Object.entries(CASES)) {
    expect([id, finds.length > 0, passes.length > 0]).toEqual([id, true, true])
  }
})

const FINDS = Object.entries(CASES).flatMap(([id, { finds }]) => finds.map((each) => [id, ...each] as const))
const PASSES = Object.entries(CASES).flatMap(([id, { passes }]) => passes.map((each) => [id, each] as const))

test.for(FINDS)('%s finds something in %j', ([rule, project, ...found]) => {
  expect(foundBy(rule, project)).toEqual(found)
})

test.for(PASSES)('%s finds nothing in %j', ([rule, project]) => {
  expect(foundBy(rule, project)).toEqual([])
})
