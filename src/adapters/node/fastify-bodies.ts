import { finished, type Readable } from 'node:stream'
import { read } from '../../guard/read.ts'
import { hasLeft } from './delivery.ts'
import { fileOpened } from './file-opened.ts'
import type { FastifyReplyPart } from './fastify-facts.ts'
import { isUnderway } from './through-fastify.ts'

/** Fastify's hook onSend. */
type OnSend = (request: object, reply: object, payload: unknown, done: (error?: unknown) => void) => void

type Answer = (thrown: unknown, request: object, reply: object) => void

type Failed = (error: unknown, stream?: Readable) => void

/** Who answers for a reply. A plugin of an app may have a bundle of its own: its hook comes last, and is nearer. */
const nearest = new WeakMap<object, Answer>()

function tell(error: unknown, request: object, reply: object): void {
  const answer = nearest.get(reply)
  // Each bundle watches.
  nearest.delete(reply)
  answer?.(error, request, reply)
}

/**
 * Makes the hook that watches streams without touching them. Fastify cuts a response off whose stream fails once it has
 * begun, and asks no error handler, as it does for one that fails before.
 *
 * @param answer - takes what failed
 */
export function watchBodies(answer: Answer): OnSend {
  return function watchBodies(request, reply, payload, done) {
    if (typeof payload !== 'object' || payload === null) {
      done()
      return
    }
    const { raw } = reply as FastifyReplyPart
    nearest.set(reply, answer)

    function failed(error: unknown, stream?: Readable): void {
      if (raw.writableEnded || hasLeft(raw)) return
      if (raw.headersSent) tell(error, request, reply)
      // What another hook has piped it into does not know, and would never end.
      else if (stream !== undefined && stream.listenerCount('data') > 0) {
        setImmediate(() => {
          if (!isUnderway(reply as FastifyReplyPart) && !raw.writableEnded) tell(error, request, reply)
        })
      }
    }

    if (!isStream(payload)) {
      watchWebStream(payload, failed)
      done()
    } else if (read(raw.req, 'method') === 'HEAD') void watchHead(payload, done)
    else {
      watchStream(payload, failed)
      done()
    }
  }
}

function isStream(payload: object): payload is Readable {
  return typeof read(payload, 'pipe') === 'function' && typeof read(payload, 'on') === 'function'
}

/** A stream that is closed before its end has no error. */
function watchStream(stream: Readable, failed: Failed): void {
  if (typeof stream.readableEnded !== 'boolean') stream.on('error', (error) => failed(error, stream))
  else finished(stream, { writable: false }, (error) => error && failed(error, stream))
}

/** Of HEAD, Fastify reads no stream: a file that is not there would be answered as one that is. */
async function watchHead(stream: Readable, done: (error?: unknown) => void): Promise<void> {
  let failure: unknown
  stream.once('error', (error) => {
    failure = error
  })
  await fileOpened(stream)
  try {
    done(failure)
  } catch (error) {
    // A header that cannot be written, say. Fastify does so for hooks that are called at once; here nobody else would hear.
    done(error)
  }
}

/** Fastify reads these by a reader, which tells nobody else of a failure. Of a Response it reads the body. */
function watchWebStream(payload: object, failed: Failed): void {
  const stream = [payload, read(payload, 'body')].find(isWebStream)
  if (stream === undefined) return
  const getReader = stream.getReader.bind(stream) as () => ReadableStreamDefaultReader
  stream.getReader = ((...mode: []) => {
    const reader = getReader(...mode)
    const next = reader.read.bind(reader)
    reader.read = () => {
      const chunk = next()
      chunk.catch(failed)
      return chunk
    }
    // Node's Readable.fromWeb, by which Fastify 4 reads, does not read on where it has heard of the failure by this.
    Promise.resolve(reader.closed).catch(failed)
    return reader
  }) as ReadableStream['getReader']
}

function isWebStream(value: unknown): value is ReadableStream {
  return typeof read(value, 'getReader') === 'function'
}
