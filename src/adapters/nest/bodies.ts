import type { Readable } from 'node:stream'
import type { HttpServer, StreamableFile as File } from '@nestjs/common'
import { read } from '../../guard/read.ts'
import { watchBodies } from '../node/fastify-bodies.ts'
import { fileOpened } from '../node/file-opened.ts'
import { addHook } from './mount.ts'
import { StreamableFile } from './packages.ts'

type Answer = (thrown: unknown, request: unknown, response: unknown) => void

/** Lets bodies whose stream fails be answered as any error is. */
export function answerBodies(server: HttpServer, answer: Answer): void {
  const platform = server.getType()
  if (platform === 'fastify') {
    addHook(server, 'onSend', watchBodies(answer))
    beforeFiles(server, checkHead)
  } else if (platform === 'express') beforeFiles(server, (file) => watchFile(file, answer))
}

/** Looks at each file before Nest sends it, which waits for a promise. */
function beforeFiles(
  server: HttpServer,
  look: (file: File, response: unknown) => Promise<void> | void,
): void {
  const reply = server.reply.bind(server)
  server.reply = (response, body, ...rest: [statusCode?: number]) => {
    const looked = body instanceof StreamableFile ? look(body, response) : undefined
    // oxlint-disable-next-line typescript/no-unsafe-return
    return looked === undefined
      ? reply(response, body, ...rest)
      : looked.then(() => reply(response, body, ...rest))
  }
}

/** Of HEAD, Nest opens no file on Fastify: one that is not there would be answered as one that is. */
function checkHead(file: File, reply: unknown): Promise<void> | void {
  if (read(read(read(reply, 'raw'), 'req'), 'method') === 'HEAD') return opened(file.getStream())
}

async function opened(stream: Readable): Promise<void> {
  await fileOpened(stream)
  if (stream.errored) throw stream.errored
}

/** On Express, Nest blames the client for a file that fails, by a 400. One with an error handler of its own keeps it. */
function watchFile(file: File, answer: Answer): void {
  if (String(file.errorHandler) !== nests()) return
  // Express's response has its request.
  file.setErrorHandler((error, response) => answer(error, read(response, 'req'), response))
}

let source: string | undefined

/** Nest makes its error handler anew for each file: only its source says that it is Nest's. */
function nests(): string {
  return (source ??= String(new StreamableFile(new Uint8Array()).errorHandler))
}
