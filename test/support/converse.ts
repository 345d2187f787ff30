import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { asRead } from './as-read.ts'

/** A connection that stays open until somebody ends it. */
export interface Conversation {
  readonly socket: Socket
  /** All bytes so far, the Date masked. */
  readonly text: () => string
  /** Resolves once the bytes so far fulfil a condition; rejects after ten seconds, or when no more can come. */
  readonly until: (condition: (text: string) => boolean, what: string) => Promise<string>
  /** Resolves with all bytes when the server ends the connection, cleanly or not. */
  readonly closed: () => Promise<string>
}

/** Only a hang is to be seen: how long an answer takes is for the tests to measure. */
const PATIENCE = 10_000

/** Opens a connection and writes the first bytes. */
export async function converse(port: number, bytes: string): Promise<Conversation> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A reset is one way for the server to end.
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(bytes)

  const text = (): string =>
    asRead(
      Buffer.concat(chunks)
        .toString('latin1')
        .replace(/^Date: .*$/gm, 'Date: *'),
    )

  function until(condition: (text: string) => boolean, what: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (condition(text())) finish(() => resolve(text()))
        else if (socket.destroyed) finish(() => reject(new Error(`${what}: closed after ${show(text())}`)))
      }
      const timer = setTimeout(
        () => finish(() => reject(new Error(`${what}: not in time, after ${show(text())}`))),
        PATIENCE,
      )
      const finish = (settle: () => void): void => {
        clearTimeout(timer)
        socket.off('data', look)
        socket.off('close', look)
        settle()
      }
      socket.on('data', look)
      socket.on('close', look)
      look()
    })
  }

  return {
    socket,
    text,
    until,
    closed: () => until(() => socket.destroyed, 'the server closes the connection'),
  }
}

function show(text: string): string {
  return JSON.stringify(text.slice(0, 300))
}

/** Bytes of a request over a connection that is kept. */
export function keepAlive(path: string, headers: readonly string[] = [], method = 'GET'): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: test', ...headers, '', ''].join('\r\n')
}
