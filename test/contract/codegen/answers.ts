import type { ClientName } from './clients.ts'

/** An answer of a server, and what a client of any language reads of it. */
export interface Case {
  readonly client: ClientName
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
  /** Code, parent, status, retryable, seconds to wait, request id, message, further codes; or how long a success is. */
  readonly reads: string
}

const DEEP = `{"code":1006,"message":"Deep","details":${'['.repeat(5000)}${']'.repeat(5000)}}`
const PROBLEM = { 'Content-Type': 'application/problem+json' }

/** What each client reads of the answers of a server that it does not know the catalog of. */
export const cases: readonly Case[] = [
  {
    client: 'cloudWaf',
    status: 409,
    headers: { 'X-Request-ID': 'r-1' },
    body: { code: 1006, message: 'Username already exists' },
    reads: '1006|-|409|false|-|r-1|Username already exists|',
  },
  {
    client: 'cloudWaf',
    status: 409,
    body: '{"message":"\\u00e9\\ud83d\\ude42 \\"\\\\\\/\\b\\f\\t","details":[1,-2.5e3,true,false,null,{"a":{}},[]],"code":1006 }',
    reads: '1006|-|409|false|-|-|é🙂 "\\/\b\f\t|',
  },
  {
    client: 'cloudWaf',
    status: 429,
    headers: { 'Retry-After': '120' },
    body: { code: 5008, message: 'Later' },
    reads: '5008|-|429|true|120|-|Later|',
  },
  {
    client: 'cloudWaf',
    status: 429,
    headers: { 'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT' },
    body: { code: 5008, message: 'Later' },
    reads: '5008|-|429|true|0|-|Later|',
  },
  // What is neither seconds nor a date.
  ...[
    'soon',
    '-1',
    '+5',
    '1.5',
    '99999999999',
    '³',
    '"7"',
    'Sun, 06 Nov 1994',
    'Sun, 99 Nov 1994 08:49:37 GMT',
  ].map((value): Case => ({
    client: 'cloudWaf',
    status: 429,
    headers: { 'Retry-After': value },
    body: { code: 9999, message: 'Later' },
    reads: '9999|-|429|false|-|-|Later|',
  })),
  // A code of a newer server: the answer alone says whether it may be tried again.
  {
    client: 'cloudWaf',
    status: 503,
    headers: { 'Retry-After': '7' },
    body: { code: 9_007_199_254_740_991, message: 'New' },
    reads: '9007199254740991|-|503|true|7|-|New|',
  },
  {
    client: 'cloudWaf',
    status: 400,
    body: {
      code: 400,
      message: 'Several',
      errors: [{ code: 1001, message: 'One' }, { code: 'x' }, 3, null, { code: 1002, message: 'Two' }],
    },
    reads: '400|-|400|false|-|-|Several|1001,1002',
  },
  // What is no answer of the API.
  ...[
    '<html>Bad gateway</html>',
    '',
    'null',
    '[]',
    '7',
    '{"code":1006}',
    '{"message":"Words"}',
    '{"code":"1006","message":"A text"}',
    '{"code":true,"message":"A boolean"}',
    '{"code":1006.5,"message":"A fraction"}',
    '{"code":null,"message":"None"}',
    '{"code":1006,"message":["A list"]}',
    '{"code":1006,"message":"Cut off',
    '{"code":1006,"message":"More"} {}',
    '{"code":1006,"message":"\\u00',
    '{"code":1006,"message":"A comma",}',
    '[[[[',
  ].map((body): Case => ({
    client: 'cloudWaf',
    status: 502,
    body,
    reads: '-|-|502|false|-|-|cloud-waf: status 502|',
  })),
  {
    client: 'cloudWaf',
    status: 503,
    headers: { 'Retry-After': '3', 'Content-Type': 'text/html', 'X-Request-ID': 'p' },
    body: 'Busy',
    reads: '-|-|503|true|3|p|cloud-waf: status 503|',
  },
  // Successes, some of which look like errors, and an error that is answered with 200.
  { client: 'cloudWaf', status: 200, body: '{"code":0,"message":"OK","data":{}}', reads: 'success of 35' },
  { client: 'cloudWaf', status: 200, body: '{"code":4711,"message":"A product"}', reads: 'success of 35' },
  { client: 'cloudWaf', status: 200, body: '[1,2]', reads: 'success of 5' },
  {
    client: 'cloudWaf',
    status: 201,
    headers: { 'Content-Type': 'text/plain' },
    body: 'Done',
    reads: 'success of 4',
  },
  {
    client: 'cloudWaf',
    status: 200,
    body: { code: 1051, message: 'No such key' },
    reads: '1051|-|200|false|-|-|No such key|',
  },
  // A code inside the message, if it is one.
  {
    client: 'cdn',
    status: 400,
    body: { code: 4000, message: '(2130) Project' },
    reads: '2130|4000|400|false|-|-|(2130) Project|',
  },
  ...['(9999) New', '(optional) field', '(2130 is open', '( 2130) blank', '() none', '(9'.repeat(20)].map(
    (message): Case => ({
      client: 'cdn',
      status: 400,
      body: { code: 4000, message },
      reads: `4000|-|400|false|-|-|${message}|`,
    }),
  ),
  // Two shapes, by media type.
  {
    client: 'gateway',
    status: 429,
    headers: { 'Retry-After': '60' },
    body: { code: 429, sub_code: 42901, message: 'Slow down', data: null },
    reads: '42901|429|429|true|60|-|Slow down|',
  },
  {
    client: 'gateway',
    status: 404,
    body: { code: 404, sub_code: null, message: 'Not found', data: null },
    reads: '404|-|404|false|-|-|Not found|',
  },
  {
    client: 'gateway',
    status: 404,
    headers: { ...PROBLEM, 'X-Request-ID': 'header' },
    body: {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: 'No order',
      code: 40411,
      request_id: 'body',
      errors: [{ code: 40022, message: 'Paid' }],
    },
    reads: '40411|-|404|false|-|body|No order|40022',
  },
  {
    client: 'gateway',
    status: 404,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: '{"code":404,"message":"A page"}',
    reads: '-|-|404|false|-|-|gateway: status 404|',
  },
  {
    client: 'gateway',
    status: 404,
    headers: { 'Content-Type': 'Application/JSON' },
    body: { code: 404, sub_code: null, message: 'In capitals', data: null },
    reads: '404|-|404|false|-|-|In capitals|',
  },
  {
    client: 'secrets',
    status: 404,
    headers: { 'X-Request-ID': 'header' },
    body: { error: { code: 'secret_not_found', message: 'No such secret', request_id: 'body' } },
    reads: 'secret_not_found|-|404|false|-|body|No such secret|',
  },
  { client: 'secrets', status: 200, body: '{"data":{"error":1}}', reads: 'success of 20' },
  {
    client: 'secrets',
    status: 500,
    body: { error: 'Words' },
    reads: '-|-|500|false|-|-|secrets: status 500|',
  },
  // Codes that errors share: the status tells which is meant.
  { client: 'mixed', status: 503, body: { code: 7, message: 'Busy' }, reads: '7|-|503|true|9|-|Busy|' },
  { client: 'mixed', status: 409, body: { code: 7, message: 'Taken' }, reads: '7|-|409|false|-|-|Taken|' },
  {
    client: 'mixed',
    status: 418,
    body: { code: '7', message: 'A text' },
    reads: '7|-|418|false|-|-|A text|',
  },
  {
    client: 'mixed',
    status: 503,
    body: { code: -5, message: 'Negative' },
    reads: '-5|-|503|true|30|-|Negative|',
  },
  {
    client: 'mixed',
    status: 410,
    body: {
      code: 3_000_000_000,
      message: 'Big',
      errors: [
        { code: 'OLD', message: 'Old' },
        { code: 7, message: 'Busy' },
      ],
    },
    reads: '3000000000|-|410|false|-|-|Big|OLD,7',
  },
  // All answers are 200.
  { client: 'always200', status: 200, body: { code: 'fine', message: 'Fine' }, reads: 'success of 32' },
  {
    client: 'always200',
    status: 200,
    body: { code: 'common', message: '(special) Special' },
    reads: 'special|common|200|false|-|-|(special) Special|',
  },
  {
    client: 'always200',
    status: 200,
    body: { code: 'newer', message: '(optional) New' },
    reads: 'newer|-|200|false|-|-|(optional) New|',
  },
  {
    client: 'problem',
    status: 410,
    headers: PROBLEM,
    body: { code: 0x8000_0000, detail: 'Gone', title: 'Gone', status: 410 },
    reads: '2147483648|-|410|false|-|-|Gone|',
  },
  {
    client: 'custom',
    status: 507,
    headers: { 'X-Request-ID': 'r', 'Retry-After': '1' },
    body: { code: 0, message: 'Full' },
    reads: '-|-|507|true|1|r|custom: status 507|',
  },
  { client: 'custom', status: 200, body: { code: 0, message: 'Full' }, reads: 'success of 27' },
  // Deeper than any parser should go: some read it, none falls over.
  { client: 'cloudWaf', status: 400, body: DEEP, reads: 'DEEP' },
]
