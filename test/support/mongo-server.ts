import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { BSON } from 'mongodb'

const HELLO = { ok: 1, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 25, helloOk: true }
const HEADER = 21
const OP_MSG = 2013

/** What the server does with a command: answers, does not, or ends the connection. */
export type Reaction = object | 'wait' | 'drop'

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg */
function serve(socket: Socket, react: (command: string) => Reaction): void {
  let received = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (data) => {
    received = Buffer.concat([received, data])
    while (received.length >= HEADER && received.length >= received.readInt32LE(0)) {
      const message = received.subarray(0, received.readInt32LE(0))
      received = received.subarray(message.length)
      const reaction = react(commandOf(message))
      if (reaction === 'drop') socket.destroy()
      else if (reaction !== 'wait') socket.write(reply(message, reaction))
    }
  })
}

function commandOf(message: Buffer): string {
  const document = BSON.deserialize(message.subarray(HEADER), { allowObjectSmallerThanBufferSize: true })
  return Object.keys(document)[0]!
}

function reply(message: Buffer, answer: object): Buffer {
  const document = BSON.serialize(answer)
  const header = Buffer.alloc(HEADER)
  header.writeInt32LE(HEADER + document.length, 0)
  message.copy(header, 8, 4, 8)
  header.writeInt32LE(OP_MSG, 12)
  return Buffer.concat([header, document])
}

/** A server that speaks MongoDB's wire on a loopback port. It says hello, and to all else what it is told to. */
export interface MongoServer {
  readonly url: string
  reaction: Reaction | ((command: string) => Reaction)
  readonly close: () => void
}

export async function startMongo(): Promise<MongoServer> {
  const sockets = new Set<Socket>()
  const listening: Server = createServer((socket) => {
    sockets.add(socket)
    serve(socket, (command) => {
      if (command === 'hello') return HELLO
      if (command === 'endSessions') return { ok: 1 }
      return typeof server.reaction === 'function' ? server.reaction(command) : server.reaction
    })
  })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const server: MongoServer = {
    url: `mongodb://127.0.0.1:${(listening.address() as AddressInfo).port}/`,
    reaction: { ok: 1 },
    close() {
      listening.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  return server
}
