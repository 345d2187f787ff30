import { bodyText } from '../body.ts'

type Body = ConstructorParameters<typeof Response>[0]

/** Returns the body of an answer that a library has, read where that was told to download it. */
export async function wholeBody(body: unknown): Promise<unknown> {
  if (!isDownload(body)) return body
  try {
    return await bodyText(new Response(body))
  } catch {
    // Somebody else has read it, or it broke off.
    return undefined
  }
}

/** Bytes, a Blob, a stream of the web (which Safari cannot iterate), or one of Node.js. */
function isDownload(body: unknown): body is Body {
  if (typeof body !== 'object' || body === null) return false
  const isBytes = body instanceof ArrayBuffer || ArrayBuffer.isView(body)
  return isBytes || body instanceof Blob || 'getReader' in body || Symbol.asyncIterator in body
}
