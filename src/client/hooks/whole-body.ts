import { bodyText } from '../body.ts'

/** The body that a library has not parsed, since it was told to download it: bytes, a Blob, a stream of the web or Node's. */
type Download = ConstructorParameters<typeof Response>[0]

/** Returns a body as a reader takes it. */
export function wholeBody(body: unknown): unknown {
  const isDownload =
    typeof body === 'object' &&
    body !== null &&
    (body instanceof ArrayBuffer ||
      ArrayBuffer.isView(body) ||
      body instanceof Blob ||
      Symbol.asyncIterator in body)
  return isDownload ? bodyText(new Response(body as Download)).catch(() => undefined) : body
}
