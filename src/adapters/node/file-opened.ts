import { ReadStream } from 'node:fs'
import type { Readable } from 'node:stream'

/**
 * Resolves once it is known whether a file can be opened, so that HEAD is answered as GET is. To know more, a stream
 * would have to be read, which HEAD does not.
 */
export async function fileOpened(stream: Readable): Promise<void> {
  // Sockets are pending too, some of them for ever.
  if (!(stream instanceof ReadStream) || !stream.pending) return
  await new Promise<void>((resolve) => {
    for (const event of ['ready', 'error', 'close']) stream.once(event, () => resolve())
  })
}
