import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A server that speaks as much of TDS as a client needs to be refused. */
export interface TdsServer {
  readonly port: number
  readonly close: () => void
}

/**
 * Starts a server that fails a statement which holds `fail <number> <message> end` with that error, has no answer to
 * `wait`, and ends the connection at `drop`. It refuses `user<number>` with that error. All the rest succeeds.
 */
export async function startTdsServer(): Promise<TdsServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

// https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/7af53667-1b72-4703-8258-7984e838f746
const PRELOGIN = 0x12
const LOGIN = 0x10
const ATTENTION = 0x06
const REPLY = 0x04
const HEADER_LENGTH = 8
const LAST = 1

function serve(socket: Socket): void {
  let received = Buffer.alloc(0)
  let message = Buffer.alloc(0)
  socket.on('data', (data) => {
    received = Buffer.concat([received, data])
    while (received.length >= HEADER_LENGTH && received.length >= received.readUInt16BE(2)) {
      const length = received.readUInt16BE(2)
      const [type, status] = [received[0]!, received[1]!]
      message = Buffer.concat([message, received.subarray(HEADER_LENGTH, length)])
      received = received.subarray(length)
      if ((status & LAST) === 0) continue
      answer(socket, type, message)
      message = Buffer.alloc(0)
    }
  })
}

function answer(socket: Socket, type: number, message: Buffer): void {
  // Texts begin at an odd place or at an even one.
  const text = message.toString('utf16le') + message.subarray(1).toString('utf16le')
  if (type === PRELOGIN) return reply(socket, preloginReply)
  if (type === ATTENTION) {
    // The end of the answer that was canceled, and the acknowledgment.
    reply(socket, done)
    return reply(socket, canceled)
  }
  const [, user] = /user(\d+)/.exec(text) ?? []
  if (type === LOGIN) return reply(socket, user === undefined ? loggedIn : errorReply(Number(user), 'no'))
  if (text.includes('wait')) return
  if (text.includes('drop')) return void socket.end()
  const [, number, said] = /fail (\d+) ([^\0]*?)(?: end|\0|$)/.exec(text) ?? []
  reply(socket, number === undefined ? done : errorReply(Number(number), said!))
}

function reply(socket: Socket, data: Buffer): void {
  const header = Buffer.from([REPLY, LAST, 0, 0, 0, 0, 1, 0])
  header.writeUInt16BE(HEADER_LENGTH + data.length, 2)
  socket.write(Buffer.concat([header, data]))
}

/** Version 16, no encryption. */
const preloginReply = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 2])

const done = doneToken(0)
const failed = doneToken(2)
const canceled = doneToken(0x20)
const loggedIn = Buffer.concat([loginAck(), done])

function errorReply(number: number, message: string): Buffer {
  const head = Buffer.alloc(6)
  head.writeInt32LE(number)
  // State and severity.
  head.set([1, 14], 4)
  const line = Buffer.from([1, 0, 0, 0])
  const body = Buffer.concat([head, text(message, 2), text('server', 1), text('', 1), line])
  return Buffer.concat([token(0xaa, body), failed])
}

function loginAck(): Buffer {
  const version = Buffer.from([1, 0x74, 0, 0, 4])
  return token(0xad, Buffer.concat([version, text('server', 1), Buffer.from([16, 0, 0, 0])]))
}

function doneToken(status: number): Buffer {
  const data = Buffer.alloc(13)
  data[0] = 0xfd
  data.writeUInt16LE(status, 1)
  return data
}

function token(type: number, body: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0])
  head.writeUInt16LE(body.length, 1)
  return Buffer.concat([head, body])
}

/** A text with its length before it, in so many bytes. */
function text(value: string, lengthBytes: 1 | 2): Buffer {
  const length = Buffer.alloc(lengthBytes)
  length.writeUIntLE(value.length, 0, lengthBytes)
  return Buffer.concat([length, Buffer.from(value, 'utf16le')])
}
