import { expect, test } from 'vitest'
import { isTodo, type ImportedEntry } from '../../../src/contract/import/model.ts'
import { importText, type Given } from './imported.ts'

interface Format {
  readonly title: string
  readonly file: string
  readonly text: string
  readonly given?: Given
  /** `key code status message`, a TODO as `?`, other texts behind it. */
  readonly errors: readonly string[]
  readonly doubts?: readonly string[]
  readonly success?: string
  readonly modules?: readonly string[]
  /** `language key field text` */
  readonly translations?: readonly string[]
}

const formats: readonly Format[] = [
  {
    title: 'Markdown: bars that are escaped, breaks, entities, statuses that are none, ranges, repeated rows',
    file: 'errors.md',
    text: `# API errors

## User errors

| Code | HTTP Status | Message | Solution |
| :--- | :---: | --- | --- |
| **\`0\`** | 200 | Success | |
| \`1001\` | 404 | Use a \\| b or \`x\\|y\` | See [docs](https://x.y/a) |
| 1002 | 400/422 | Bad %s of %d | Give {0} |
| 1003 | 302 | Moved<br>away | - |
| 1003 | 400 | other text | |
| 1003 | 400 | other text | |
| 1004-1009 | 400 | Reserved | |
|  | 400 | more text | |
| 1010 | 401 | Hello {name} | |

## Order errors

Code | Description
--- | ---
\`2002\` | Order \`100%\` full &amp; &lt;closed&gt;
`,
    errors: [
      '0 0 200 Success',
      '1001 1001 404 Use a | b or `x|y` action: See [docs](https://x.y/a)',
      '1002 1002 ? Bad {{p0}} of {{p1}} action: Give {{p0}}',
      '1003 1003 ? Moved away',
      'E1003_2 1003 400 other text',
      '1010 1010 401 ?Hello {{name}}',
      '2002 2002 ? Order `100%` full & <closed>',
    ],
    doubts: [
      '9 status-unclear',
      '10 status-unclear',
      '13 code-unclear',
      '14 code-unclear',
      '11 code-repeated',
      '15 message-unclear',
      '9 status-missing',
      '10 status-missing',
      '21 status-missing',
    ],
    success: '0 Success',
    modules: ['user-errors', 'order-errors'],
  },
  {
    title: 'Markdown: lists that begin with codes, and headings that are codes with what they are labeled',
    file: 'errors.md',
    text: `## Codes
- **1001**: User not found
- \`bad_thing\` - something bad

## Others

### \`amount_too_large\`
The amount is too large.

**HTTP status**: 400

**Solution**: Use a lower amount.
`,
    given: { status: 500 },
    errors: [
      '1001 1001 - User not found',
      'bad_thing bad_thing - something bad',
      'amount_too_large amount_too_large 400 The amount is too large. action: Use a lower amount.',
    ],
    modules: ['codes', 'others'],
  },
  {
    title: 'HTML: merged cells, two rows of headings, a row that is a heading, a table in a cell',
    file: 'errors.html',
    text: `<!doctype html><h1>Errors</h1><h2>Auth</h2>
<table><thead><tr><th rowspan=2>Code<th colspan=2>Details</tr><tr><th>HTTP Status<th>Message</tr></thead>
<tbody><tr><td rowspan="2">A100<td rowspan=2>401<td>Token <b>missing</b></tr><tr><td>Token expired</tr>
<tr><td colspan=3>Permissions</td></tr>
<tr><td>A200<td>403<td>No<br>rights</tr></table>
<h2>Pay</h2><table><tr><td>Code<td>HTTP<td>Meaning</tr>
<tr><td><code>P1</code><td>402 Payment Required<td>Pay &lt;first&gt;<table><tr><td>in<td>ner</table></tr></table>`,
    errors: [
      'A100 A100 401 Token missing',
      'A100_2 A100 401 Token expired',
      'A200 A200 403 No rights',
      'P1 P1 402 Pay <first>',
    ],
    modules: ['auth', 'pay'],
  },
  {
    title: 'CSV: a mark of byte order, semicolons, doubled quotes, a break in a cell, two languages',
    file: 'errors.csv',
    text: '\u{feff}错误码;HTTP状态码;错误信息(英文);错误信息(中文);处理建议\r\n40001;400;"Invalid ""name"", retry";"无效的名称\r\n请重试";检查\r\n40002;404;Not found;未找到;检查\r\n',
    errors: ['40001 40001 400 Invalid "name", retry', '40002 40002 404 Not found'],
    translations: [
      'zh-CN 40001 message 无效的名称 请重试',
      'zh-CN 40001 action 检查',
      'zh-CN 40002 message 未找到',
      'zh-CN 40002 action 检查',
    ],
  },
  {
    title: 'CSV without headings: read by what cells look like, which has to be confirmed',
    file: 'errors.csv',
    text: '1001,404,User not found\n1002,403,"User locked, sorry"\n',
    errors: ['1001 1001 404 User not found', '1002 1002 403 User locked, sorry'],
    doubts: ['1 no-headings'],
  },
  {
    title: 'CSV with a quote that is never closed: told',
    file: 'errors.csv',
    text: 'code,status,message\n1001,404,"User not found\n1002,403,x\n',
    errors: ['1001 1001 404 User not found 1002,403,x'],
    doubts: ['2 csv-quote'],
  },
  {
    title: 'JSON: modules, texts by language, codes that are texts, a name that all objects have',
    file: 'errors.json',
    text: `{
  "auth": { "EXPIRED": { "code": 1001, "httpStatus": 401, "message": { "en": "Expired", "zh-CN": "已过期" } } },
  "pay": { "NO_MONEY": { "code": "0402", "httpStatus": 402, "message": { "en": "{amount} lack" }, "retryable": true } },
  "__proto__": { "x": { "message": "odd", "code": "9", "status": 400, "__proto__": "evil" } }
}`,
    errors: ['EXPIRED 1001 401 Expired', 'NO_MONEY "0402" 402 {{amount}} lack retryable', 'x "9" 400 odd'],
    modules: ['auth', 'pay', 'proto'],
    translations: ['zh-CN EXPIRED message 已过期'],
  },
  {
    title: 'JSON: a name that stands twice is told with its line',
    file: 'errors.json',
    text: '{\n"1001": {"status": 404, "message": "Gone"},\n"1001": {"status": 410, "message": "Left"}\n}',
    errors: ['1001 1001 404 Gone', 'E1001_2 1001 410 Left'],
    doubts: ['3 name-repeated', '3 code-repeated'],
  },
  {
    title: 'YAML: lists by section, leading zeros, a text over lines, an alias',
    file: 'errors.yml',
    text: `users:
  - code: 0100
    http: 404
    message: Not there
    description: |
      Two
      lines
orders:
  - &order
    code: 0200
    http: 400
    message: "Bad: \${name}"
  - *order
`,
    errors: ['E0100 "0100" 404 Not there description: Two lines', 'E0200 "0200" 400 Bad: {{name}}'],
    modules: ['users', 'orders'],
  },
  {
    title: 'YAML: a map of codes and texts',
    file: 'errors.yaml',
    text: '# codes\n1001: User not found\n1002: User locked\n',
    given: { status: 400 },
    errors: ['1001 1001 - User not found', '1002 1002 - User locked'],
  },
  {
    title: 'Go: iota with a step, conversions, maps of texts and statuses, errors made by calls',
    file: 'errs.go',
    text: `package errs

const maxSize = 10

type Code int

const (
	_ Code = iota*100 + 1000
	ErrA         // first thing
	ErrB
	_
	ErrD Code = 0x10
)

var msgs = map[Code]string{
	ErrA: "Thing A is gone",
	ErrB: "B" + " failed",
	ErrD: "Dee %s",
}
var statuses = map[Code]int{ErrA: http.StatusNotFound, ErrB: 409, ErrD: 500}

var (
	ErrX = New(20001, http.StatusBadRequest, "Bad x")
	ErrY = &Errno{Code: 20002, Message: "Bad y", HTTP: 422}
)
`,
    errors: [
      'ErrA 1100 404 Thing A is gone',
      'ErrB 1200 409 B failed',
      'ErrD 16 500 Dee {{p0}}',
      'ErrX 20001 400 Bad x',
      'ErrY 20002 422 Bad y',
    ],
  },
  {
    title: 'Java: arguments by the names of the constructor, a comment of several lines, escapes, a body',
    file: 'ErrorCode.java',
    text: `package com.x;
@Getter
public enum ErrorCode implements IErrorCode {
    SUCCESS(0, HttpStatus.OK, "OK"),
    // users
    /** The user is not there. */
    USER_NOT_FOUND(1001, HttpStatus.NOT_FOUND, "User " + "not found"),
    @Deprecated
    USER_LOCKED(1_002, HttpStatus.FORBIDDEN, "User \\"{0}\\" locked \\u00fc") { int x() { return 1; } },
    ;
    private final int code;
    ErrorCode(int code, HttpStatus httpStatus, String message) { this.code = code; }
}
`,
    errors: [
      'SUCCESS 0 200 OK',
      'USER_NOT_FOUND 1001 404 User not found description: The user is not there.',
      'USER_LOCKED 1002 403 User "{{p0}}" locked ü',
    ],
  },
  {
    title: 'Java: three texts, whose names say what they are',
    file: 'Err.java',
    text: `public enum Err { USER_ERROR("A0001", "User error", "Check it"), SYS("B0001", "System error", "Later");
 Err(String errorCode, String errorMsg, String userTip) {} }`,
    given: { status: 400 },
    errors: ['USER_ERROR A0001 - User error action: Check it', 'SYS B0001 - System error action: Later'],
  },
  {
    title: 'Kotlin: an enum whose class names its values',
    file: 'Errors.kt',
    text: `enum class ApiError(val code: Int, val status: HttpStatus, val description: String) {
    NOT_FOUND(10, HttpStatus.NOT_FOUND, "Nothing there"),
    CONFLICT(11, HttpStatus.CONFLICT, "Taken");
}`,
    errors: ['NOT_FOUND 10 404 Nothing there', 'CONFLICT 11 409 Taken'],
  },
  {
    title: "Protocol Buffers: Google's codes, whose comments name the status",
    file: 'code.proto',
    text: `syntax = "proto3";
enum Code {
  // Not an error; returned on success.
  //
  // HTTP Mapping: 200 OK
  OK = 0;

  // Unknown error.  For example, this
  // error may be returned.
  //
  // Second paragraph.
  //
  // HTTP Mapping: 500 Internal Server Error
  UNKNOWN = 2;
}
message Foo { enum Color { RED = 0; } }
`,
    errors: [
      'OK 0 200 Not an error; returned on success.',
      'UNKNOWN 2 500 Unknown error. For example, this error may be returned. description: Second paragraph.',
    ],
  },
  {
    title: 'Protocol Buffers: statuses as options, where the names are the codes',
    file: 'reason.proto',
    text: `enum ErrorReason {
  option (errors.default_code) = 500;
  ERROR_REASON_UNSPECIFIED = 0;
  USER_NOT_FOUND = 1 [(errors.code) = 404]; // User is not there
  BROKEN = 2; // Broken
  reserved 5 to 9;
}`,
    errors: ['USER_NOT_FOUND USER_NOT_FOUND 404 User is not there', 'BROKEN BROKEN 500 Broken'],
  },
  {
    title: "properties: a bundle of two languages, continued lines, MessageFormat's apostrophes",
    file: 'messages.properties',
    text: `# Spring
error.user.notFound=User {0} wasn''t found
error.user.locked : User is locked \\
    for {1,number,integer} minutes, {0}
error.plain=It''s fine
`,
    given: {
      status: 400,
      translations: {
        'de=messages_de.properties':
          'error.user.notFound=Benutzer {0} fehlt\nerror.user.locked=Gesperrt\nerror.plain=Gut \\u00fc\nerror.other=x\n',
      },
    },
    errors: [
      "error.user.notFound error.user.notFound - User {{p0}} wasn't found",
      'error.user.locked error.user.locked - User is locked for {{p1}} minutes, {{p0}}',
      "error.plain error.plain - It''s fine",
    ],
    doubts: ['2 placeholders-differ', '4 code-unknown'],
    translations: ['de error.user.notFound message Benutzer {{p0}} fehlt', 'de error.plain message Gut ü'],
  },
  {
    title: 'properties: fields of an error on lines of their own',
    file: 'codes.properties',
    text: 'errors.1001.status=404\nerrors.1001.message=Not found\nerrors.1002.message=Locked\n',
    errors: ['1001 1001 404 Not found', '1002 1002 ? Locked'],
    doubts: ['3 status-missing'],
  },
  {
    title: 'text: lines that begin with a code',
    file: 'codes.txt',
    text: 'Error codes\n\n1001: User not found\n1002 - User locked\n1003 Order gone\n',
    given: { status: 400 },
    errors: ['1001 1001 - User not found', '1002 1002 - User locked', '1003 1003 - Order gone'],
  },
  {
    title: 'digits are a status only where all codes have one',
    file: 'wx.md',
    text: `|错误码|错误描述|
|---|---|
|-1|system error|
|0|ok|
|40001|invalid credential|
|41001|access_token missing|
|45009|reach max api daily quota limit|
`,
    errors: [
      'E1 -1 ? system error',
      '0 0 200 ok',
      '40001 40001 ? invalid credential',
      '41001 41001 ? access_token missing',
      '45009 45009 ? reach max api daily quota limit',
    ],
    doubts: ['3 status-missing', '5 status-missing', '6 status-missing', '7 status-missing'],
    success: '0 ok',
  },
  {
    title: 'a column that nobody expects is a note, and a status that is none is open',
    file: 's3.md',
    text: `| Error code | Description | HTTP status code | SOAP fault code prefix |
|---|---|---|---|
| AccessDenied | Access Denied | 403 Forbidden | Client |
| Odd | Nothing | N/A | |
`,
    errors: [
      'AccessDenied AccessDenied 403 Access Denied SOAP fault code prefix: Client',
      'Odd Odd ? Nothing',
    ],
    doubts: ['4 status-missing'],
  },
]

function shown(value: unknown): string {
  if (isTodo(value)) return `?${value.proposal ?? ''}`
  return typeof value === 'string' ? value : value === undefined ? '-' : String(value as number)
}

function lineOf({ key, code, status, texts, isRetryable, notes }: ImportedEntry): string {
  const { message, ...others } = texts
  // A code that could be a number shows that it is none.
  const written =
    typeof code === 'string' && /^\d/.test(code) && code !== key ? JSON.stringify(code) : shown(code)
  return [
    `${key} ${written} ${shown(status)} ${shown(message)}`,
    ...Object.entries(others).map(([field, text]) => `${field}: ${shown(text)}`),
    ...(isRetryable ? ['retryable'] : []),
    ...Object.entries(notes).map(([name, text]) => `${name}: ${text}`),
  ].join(' ')
}

for (const {
  title,
  file,
  text,
  given,
  errors,
  doubts = [],
  success,
  modules = [],
  translations = [],
} of formats) {
  test(title, async () => {
    const { imported, doubts: found } = await importText(file, text.replace(/^\u{feff}/u, ''), given)
    expect(imported.entries.map(lineOf)).toEqual(errors)
    expect(found).toEqual(doubts)
    expect(imported.modules.map(({ name }) => name)).toEqual(modules)
    expect(
      [...imported.translations].flatMap(([language, texts]) =>
        [...texts].flatMap(([key, own]) =>
          Object.entries(own).map(([field, each]) => `${language} ${key} ${field} ${each}`),
        ),
      ),
    ).toEqual(translations)
    if (success !== undefined) expect(`${imported.success?.code} ${imported.success?.message}`).toBe(success)
  })
}

test('a code that stands under two names is told', async () => {
  const table =
    '|Code|Status|Name|Message|\n|-|-|-|-|\n|30001|404|ITEM_GONE|Gone|\n|30001|404|DUP_GONE|Left|\n'
  expect((await importText('errors.md', table)).notes).toContain('4 code-shared')
})

test.each(['A %s and {0} and {1}', 'A %2$s and %s', 'A {} and {0}'])(
  'a text that numbers its places in two ways stays as it is, and is a doubt: %j',
  async (text) => {
    const { imported, doubts } = await importText('e.md', `|Code|Status|Message|\n|-|-|-|\n|1|400|${text}|\n`)
    expect(JSON.stringify([imported, doubts])).toContain('numbers its places in two ways')
  },
)
