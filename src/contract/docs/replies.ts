import type * as Crypto from 'node:crypto'
import { builtin } from '../../guard/host.ts'
import { toUtf8 } from '../../guard/utf8.ts'

/** A page, or what leads to it. */
export interface ReferenceReply {
  readonly status: 200 | 304 | 308
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A page with both of its answers, for who has it and who has not. */
export interface Prepared {
  readonly etag: string
  readonly whole: ReferenceReply
  readonly unchanged: ReferenceReply
}

const NOTHING = toUtf8('')

const FOR_MINUTES = 'max-age=300'
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Nothing is run or loaded but what comes with the page, and no script makes HTML of a text. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

/** A page, in a language and a format that the client has chosen. */
export function preparePage(text: string, type: string, locale: string): Prepared {
  return prepare(text, type, {
    'Content-Language': locale,
    Vary: 'Accept, Accept-Language',
    'Cache-Control': FOR_MINUTES,
    ...(type === 'text/html' && { 'Content-Security-Policy': POLICY }),
  })
}

/** All errors, which are the same for everybody. */
export function prepareCatalog(text: string): Prepared {
  return prepare(text, 'application/json', { 'Cache-Control': FOR_MINUTES })
}

/** A file whose name says what it holds. */
export function prepareAsset(text: string, type: string): Prepared {
  return prepare(text, type, { 'Cache-Control': FOR_EVER })
}

function prepare(text: string, type: string, more: Readonly<Record<string, string>>): Prepared {
  const body = toUtf8(text)
  const etag = `"${digest(text)}"`
  // A cache takes the headers of a page over from the answer that it is unchanged (RFC 9111, section 3.2).
  const headers = { ...more, ETag: etag, 'X-Content-Type-Options': 'nosniff' }
  return {
    etag,
    whole: {
      status: 200,
      headers: {
        'Content-Type': `${type}; charset=utf-8`,
        'Content-Length': String(body.length),
        ...headers,
      },
      body,
    },
    unchanged: { status: 304, headers, body: NOTHING },
  }
}

/** Names what a file holds, shortly. */
export function digest(text: string): string {
  const crypto = builtin('node:crypto') as typeof Crypto | undefined
  return crypto?.createHash('sha256').update(text).digest('base64url').slice(0, 16) ?? checksum(text)
}

/** FNV-1a in two halves, where the host has no hash that need not be waited for: http://www.isthe.com/chongo/tech/comp/fnv */
function checksum(text: string): string {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ (unit + index), 0x01000193)
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36)
}

/** @param ifNoneMatch - the tags of what the client has (RFC 9110, section 13.1.2) */
export function replyWith(
  { etag, whole, unchanged }: Prepared,
  ifNoneMatch: string | undefined,
): ReferenceReply {
  return ifNoneMatch !== undefined && isNamed(etag, ifNoneMatch) ? unchanged : whole
}

const MAX_TAGS_LENGTH = 2048

/** A compressor may have made the tag a weak one. */
function isNamed(etag: string, tags: string): boolean {
  if (tags === etag || tags === '*') return true
  if (tags.length > MAX_TAGS_LENGTH) return false
  return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/** Leads to the same path with a slash at its end, below which pages name each other. */
export function redirectTo(location: string): ReferenceReply {
  return {
    status: 308,
    headers: {
      Location: location,
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': '0',
      'Cache-Control': FOR_MINUTES,
    },
    body: NOTHING,
  }
}
