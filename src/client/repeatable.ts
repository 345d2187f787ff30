// A stream is read once.
const KEPT = /(?:Null|String|URLSearchParams|FormData|Blob|File|Buffer|Array|DataView)\]$/

// What fetch makes of a key that the app has not got.
const NO_KEY = /^(?:undefined|null|false)?$/

/**
 * Whether a request may be sent again: one that changes nothing (RFC 9110, section 9.2.1), or whose Idempotency-Key lets
 * the server know it again; and whose body can be sent again.
 */
export function isRepeatable(
  request: Partial<Request>,
  init: RequestInit,
  headers: { get?(name: string): string | number | boolean | null | undefined },
): boolean {
  const method = (init.method ?? request.method ?? 'GET').toUpperCase()
  const key = String(headers.get?.('idempotency-key') ?? '').trim()
  if (!/^(?:GET|HEAD|OPTIONS)$/.test(method) && NO_KEY.test(key)) return false
  // A Request has a stream, whatever it was made of. Not every host tells.
  const own = request.method === undefined || /^(?:GET|HEAD)$/.test(method) ? null : request.body
  return KEPT.test(Object.prototype.toString.call(init.body ?? own))
}
