// RFC 9110, sections 5.6.2 (token), 5.6.6 (parameters) and 8.3.1 (media type).
const TOKEN = String.raw`[!#$%&'*+\-.^_\`|~0-9A-Za-z]+`
const QUOTED = String.raw`"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e]|\\[\t\x20-\x7e])*"`
const MEDIA_TYPE = new RegExp(`^(${TOKEN})/(${TOKEN})(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|${QUOTED}))*$`)

const MAX_LENGTH = 256

/** Whether a value can be the Content-Type of a body, all of which are UTF-8. */
export function isMediaType(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !MEDIA_TYPE.test(value)) return false
  const charset = /;[ \t]*charset="?([^";\t ]*)/i.exec(value)?.[1]
  return charset === undefined || charset.toLowerCase() === 'utf-8'
}

/** Whether a body of this type is JSON by its name (RFC 6838, section 4.2.8: `+json`). */
export function isJsonType(type: string): boolean {
  return /^[^;]*[/+]json[ \t]*(?:;|$)/i.test(type)
}

/** Whether a body of this type is XML by its name (RFC 7303, section 8: `+xml`). */
export function isXmlType(type: string): boolean {
  return /^[^;]*[/+]xml[ \t]*(?:;|$)/i.test(type)
}

/** Whether a browser shows a body of this type as a page, and would run what is in it. */
export function isMarkupType(type: string): boolean {
  return isXmlType(type) || /^text\/html[ \t]*(?:;|$)/i.test(type)
}
