import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs'
import { afterAll } from 'vitest'
import { becomes } from './becomes.ts'

const brokers: Server[] = []
const sockets: Socket[] = []

afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const broker of brokers) broker.close()
})

/** Connects a producer to a broker of this behavior. */
async function connectTo(serve: (socket: Socket) => void, config: Partial<KafkaConfig> = {}): Promise<void> {
  const broker = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    serve(socket)
  })
  brokers.push(broker)
  await once(broker.listen(0, '127.0.0.1'), 'listening')
  await producer((broker.address() as AddressInfo).port, config).connect()
}

function producer(port: number, config: Partial<KafkaConfig> = {}): ReturnType<Kafka['producer']> {
  return new Kafka({
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    ...config,
  }).producer()
}

/** Answers ApiVersions, which is asked first, with an error (https://kafka.apache.org/protocol#protocol_messages). */
function refusing(error: number): () => Promise<void> {
  return () =>
    connectTo((socket) =>
      socket.on('data', (request) => {
        const answer = Buffer.alloc(18)
        answer.writeInt32BE(14, 0)
        // Whose answer it is.
        answer.writeInt32BE(request.readInt32BE(8), 4)
        answer.writeInt16BE(error, 8)
        socket.write(answer)
      }),
    )
}

const gaveUp = { type: 'KafkaJSNumberOfRetriesExceeded' }
const refused = { type: 'KafkaJSProtocolError' }

becomes('R13: a broker that does not help is unavailable, or too slow', [
  {
    what: 'a connection that is refused',
    fail: () => producer(1).connect(),
    becomes: 'unavailable',
    logged: gaveUp,
  },
  {
    what: 'a connection that is refused again',
    fail: () => producer(1, { retry: { retries: 1, initialRetryTime: 1 } }).connect(),
    becomes: 'unavailable',
    logged: gaveUp,
  },
  {
    what: 'a connection that is closed at once',
    fail: () => connectTo((socket) => socket.end()),
    becomes: 'unavailable',
    logged: gaveUp,
  },
  {
    what: 'a broker that does not speak TLS',
    fail: () => connectTo((socket) => socket.end('plain'), { ssl: true }),
    becomes: 'unavailable',
    logged: gaveUp,
  },
  {
    what: 'a request that is not answered in time',
    fail: () => connectTo(() => {}, { requestTimeout: 50 }),
    becomes: 'timeout',
    logged: gaveUp,
  },
  { what: '5 LEADER_NOT_AVAILABLE', fail: refusing(5), becomes: 'unavailable', logged: gaveUp },
  { what: '7 REQUEST_TIMED_OUT', fail: refusing(7), becomes: 'timeout', logged: gaveUp },
  { what: '8 BROKER_NOT_AVAILABLE', fail: refusing(8), becomes: 'unavailable', logged: refused },
  {
    what: 'a producer that is not connected',
    fail: () => producer(1).send({ topic: 'orders', messages: [{ value: 'x' }] }),
    becomes: 'unavailable',
    logged: { type: 'KafkaJSError' },
  },
])

becomes("R13: what Kafka refuses for a fault of the server's is an internal error", [
  { what: '10 MESSAGE_TOO_LARGE', fail: refusing(10), becomes: undefined, logged: refused },
  { what: '29 TOPIC_AUTHORIZATION_FAILED', fail: refusing(29), becomes: undefined, logged: refused },
  { what: '58 SASL_AUTHENTICATION_FAILED', fail: refusing(58), becomes: undefined, logged: refused },
  {
    what: 'a message without a topic',
    fail: () => producer(1).send({ topic: '', messages: [{ value: 'x' }] }),
    becomes: undefined,
    logged: { type: 'KafkaJSNonRetriableError' },
  },
  {
    what: 'no broker at all',
    fail: () => producer(1, { brokers: [] }).connect(),
    becomes: undefined,
    logged: { type: 'KafkaJSNonRetriableError' },
  },
])
