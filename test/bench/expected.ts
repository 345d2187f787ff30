import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

/** What a variant must answer, whole. */
export interface Expected {
  /** @default 409 */
  readonly status?: number
  readonly body: (locale: string, requestId: string) => unknown
  readonly headers: (locale: string) => Readonly<Record<string, string | RegExp>>
  /** Other headers that it may set. */
  readonly others?: readonly string[]
  /** Whether it answers in the client's language. */
  readonly localized: boolean
}

// Headers that frame the message, and Express's own.
const FRAME = ['connection', 'content-length', 'date', 'etag', 'keep-alive', 'x-powered-by']

const MESSAGES: Readonly<Record<string, string>> = {
  en: 'Username already exists',
  de: 'Benutzername bereits vergeben',
  'zh-TW': '使用者名稱已存在',
}
const ACTIONS: Readonly<Record<string, string>> = {
  en: 'Choose another name',
  de: 'Anderen Namen wählen',
  'zh-TW': '請改用其他名稱',
}

const JSON_TYPE = /^application\/json(?:; charset=utf-8)?$/
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** The same bytes for everyone. */
export const CONSTANT: Expected = {
  localized: false,
  body: () => ({ code: 1006, message: MESSAGES['de'] }),
  headers: () => ({ ...ALONE.headers('de'), 'x-request-id': UUID }),
}

/** The same with limit headers. */
export const CONSTANT_LIMITED: Expected = {
  ...CONSTANT,
  headers: () => ({ ...BIZERROR.headers('de'), 'x-request-id': UUID }),
}

/** A short answer in English. */
export const DIRECT: Expected = {
  localized: false,
  body: () => ({ code: 1006, message: MESSAGES['en'] }),
  headers: () => ({ 'content-type': JSON_TYPE }),
}

/** An answer in which nothing went wrong. */
export const SUCCESS: Expected = {
  status: 200,
  localized: false,
  body: () => ({ id: 7, name: 'tea' }),
  headers: () => ({ 'content-type': JSON_TYPE }),
}

/** Express's page. It tells no message in production. */
export const PAGE: Expected = {
  localized: false,
  body: () =>
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Conflict</pre>\n</body>\n</html>\n',
  headers: () => ({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
  }),
}

/** The whole job: the client's language, its request id, limit headers. */
export const JOB: Expected = {
  localized: true,
  body: (locale) => ({ code: 1006, message: MESSAGES[locale] }),
  headers: (locale) => ({
    'content-type': JSON_TYPE,
    'content-language': locale,
    vary: 'Accept-Language',
    'x-ratelimit-limit': /^\d+$/,
    'x-ratelimit-remaining': /^\d+$/,
    'x-ratelimit-reset': /^\d+$/,
  }),
}

/** The job, and what this package adds for safety. */
export const BIZERROR: Expected = {
  ...JOB,
  headers: (locale) => ({
    ...JOB.headers(locale),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }),
}

/** The same where nobody sets limit headers. */
export const ALONE: Expected = {
  ...BIZERROR,
  headers: (locale) =>
    Object.fromEntries(
      Object.entries(BIZERROR.headers(locale)).filter(([name]) => !name.startsWith('x-ratelimit-')),
    ),
}

/** The job in another shape. */
export function envelope(
  shape: (code: number, message: string, requestId: string, action: string) => unknown,
  type: RegExp | string = JSON_TYPE,
): Expected {
  return {
    ...BIZERROR,
    headers: (locale) => ({ ...BIZERROR.headers(locale), 'content-type': type }),
    body: (locale, requestId) => shape(1006, MESSAGES[locale]!, requestId, ACTIONS[locale]!),
  }
}

/** What clients ask for, and the language they must get. */
const ASKED: readonly (readonly [acceptLanguage: string, locale: string])[] = [
  ['de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7', 'de'],
  ['zh-TW,zh;q=0.9', 'zh-TW'],
  ['en', 'en'],
]

/** Throws unless a server answers as it must: whole answers, in three languages, with the client's id and without. */
export async function checkAnswers(port: number, expected: Expected): Promise<void> {
  for (const [acceptLanguage, locale] of ASKED) {
    await checkAnswer(port, expected, acceptLanguage, locale, randomUUID())
    await checkAnswer(port, expected, acceptLanguage, locale, undefined)
  }
}

async function checkAnswer(
  port: number,
  expected: Expected,
  acceptLanguage: string,
  locale: string,
  sentId: string | undefined,
): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    headers: {
      'accept-language': acceptLanguage,
      ...(sentId === undefined ? {} : { 'x-request-id': sentId }),
    },
  })
  const received = Object.fromEntries(response.headers)
  for (const name of [...FRAME, ...(expected.others ?? [])]) delete received[name]
  const requestId = received['x-request-id'] ?? ''
  const text = await response.text()
  const wanted = {
    ...expected.headers(locale),
    ...(expected.localized ? { 'x-request-id': sentId ?? UUID } : {}),
  }
  assert.equal(response.status, expected.status ?? 409)
  assert.deepEqual(Object.keys(received).sort(), Object.keys(wanted).sort())
  for (const [name, value] of Object.entries(wanted)) {
    if (typeof value === 'string') assert.equal(received[name], value, name)
    else assert.match(received[name]!, value, name)
  }
  const isJson = received['content-type']!.includes('json')
  assert.deepEqual(isJson ? JSON.parse(text) : text, expected.body(locale, requestId))
}
