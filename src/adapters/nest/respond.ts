import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../../handler/answer.ts'
import { noteAnswer } from '../../report/answered.ts'
import { dropFastifysId } from './fastify-id.ts'
import { readFacts } from '../node/facts.ts'
import { writeLast, writeReply } from '../node/reply.ts'

/** Answers on messages of node:http: on Express, and where middleware of Nest failed on Fastify. */
export function respondOnNode(
  answer: Answer<unknown>,
  thrown: unknown,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  try {
    dropFastifysId(request)
    const facts = readFacts(request, response)
    const { reply, code, report } = answer(thrown, facts, request)
    noteAnswer(response, reply.status, code)
    report(writeReply(response, reply, facts))
  } catch (failure) {
    const { reply, code, report } = answer.last(thrown, failure, request)
    noteAnswer(response, reply.status, code)
    report(writeLast(response, reply))
  }
}
