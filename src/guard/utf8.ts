/** Node's bytes, where the host has them: they measure a text without a copy. */
interface Host {
  readonly Buffer?: {
    readonly byteLength: (text: string) => number
    readonly from: (text: string) => Uint8Array
  }
}

const { Buffer } = globalThis as Host

/** Returns the bytes of a text in UTF-8. */
export function toUtf8(text: string): Uint8Array {
  return Buffer === undefined ? new TextEncoder().encode(text) : Buffer.from(text)
}

/** Returns how many bytes a text has in UTF-8. */
export function utf8Length(text: string): number {
  return Buffer === undefined ? toUtf8(text).length : Buffer.byteLength(text)
}
