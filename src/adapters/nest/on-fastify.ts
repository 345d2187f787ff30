import type { IncomingMessage, ServerResponse } from 'node:http'
import { dropFastifysId } from './fastify-id.ts'
import { read } from '../../guard/read.ts'
import type { Answer } from '../../handler/answer.ts'
import { noteAnswer } from '../../report/answered.ts'
import { canBegin, deliveryOf, SENT } from '../node/delivery.ts'
import { readFacts } from '../node/facts.ts'
import { headersFor, prepareReply, writeLast, writeReply } from '../node/reply.ts'

export interface FastifyRequest {
  readonly raw: IncomingMessage
}

export interface FastifyReply {
  readonly raw: ServerResponse
  readonly sent: boolean
  getHeaders(): Readonly<Record<string, unknown>>
  getHeader(name: string): unknown
  removeHeader(name: string): unknown
  header(name: string, value: string): unknown
  code(status: number): unknown
  serializer(serialize: (text: string) => string): unknown
  send(text: string): unknown
  hijack(): unknown
}

export function isReply(response: unknown): response is FastifyReply {
  return typeof read(response, 'hijack') === 'function'
}

// FIXME shared with adapters/fastify
export function respondOnFastify(
  answer: Answer<unknown>,
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { raw } = reply
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    reply.removeHeader(name)
    if (!raw.headersSent) raw.setHeader(name, value as string)
  }
  try {
    dropFastifysId(request.raw)
    const facts = readFacts(request.raw, raw, request)
    const { reply: made, code, report } = answer(thrown, facts, request)
    noteAnswer(raw, made.status, code)
    if (!canBegin(raw, facts.isDisconnected)) {
      reply.hijack()
      report(writeReply(raw, made, facts))
      return
    }
    prepareReply(raw, facts, made.status)
    const headers = headersFor(raw, made)
    for (const name of Object.keys(headers)) {
      reply.header(name, headers[name]!)
      raw.removeHeader(name)
    }
    reply.code(made.status)
    reply.serializer(asIs)
    reply.send(made.body)
    raw.once('close', () => report(raw.writableFinished ? SENT : deliveryOf(raw)))
  } catch (failure) {
    const { reply: made, code, report } = answer.last(thrown, failure, request)
    noteAnswer(raw, made.status, code)
    reply.hijack()
    report(writeLast(raw, made))
  }
}

function asIs(text: string): string {
  return text
}
