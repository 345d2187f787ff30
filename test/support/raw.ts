import { connect } from 'node:net'
import { asRead } from './as-read.ts'

export interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends one request over a socket of its own and returns the response byte for byte, the Date masked. */
export function send(
  port: number,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<string> {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: test', 'Connection: close']
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
  return exchange(port, `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`)
}

/**
 * Writes bytes to a socket and returns all that comes back until the server closes it.
 *
 * @param patience - how long the server may be silent, in milliseconds; 0 is for ever
 */
export function exchange(port: number, bytes: string | Buffer, patience = 20_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setTimeout(patience, () => socket.destroy(new Error(`no answer within ${patience} ms`)))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(asRead(maskDate(Buffer.concat(chunks).toString('utf8')))))
  })
}

function maskDate(response: string): string {
  return response.replace(/^Date: .*$/m, 'Date: *')
}
