import type { HttpServer, StreamableFile as File } from '@nestjs/common'
import { read } from '../../guard/read.ts'
import { watchBodies } from '../node/fastify-bodies.ts'
import { addHook } from './mount.ts'
import { StreamableFile } from './packages.ts'

type Answer = (thrown: unknown, request: unknown, response: unknown) => void

/** Lets bodies whose stream fails be answered as any error is. */
export function answerBodies(server: HttpServer, answer: Answer): void {
  if (server.getType() === 'fastify') addHook(server, 'onSend', watchBodies(answer))
  else if (server.getType() === 'express') answerFiles(server, answer)
}

/** On Express, Nest blames the client for a file that fails, by a 400. One with an error handler of its own keeps it. */
function answerFiles(server: HttpServer, answer: Answer): void {
  const reply = server.reply.bind(server)
  server.reply = (response, body, ...rest: [statusCode?: number]) => {
    if (body instanceof StreamableFile) watchFile(body, answer)
    // oxlint-disable-next-line typescript/no-unsafe-return
    return reply(response, body, ...rest)
  }
}

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
