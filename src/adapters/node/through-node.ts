import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Responder } from '../../handler/responder.ts'
import { noteAnswer } from '../../report/answered.ts'
import { readFacts } from './facts.ts'
import { writeLast, writeReply } from './reply.ts'

/** Makes what answers a thrown value on Node's own response, which Express's is. What it makes never throws. */
export function answerThroughNode<TRequest extends IncomingMessage>(
  responder: Responder<TRequest>,
): (thrown: unknown, request: TRequest, response: ServerResponse) => void {
  return (thrown, request, response) => {
    try {
      const facts = readFacts(request, response)
      const answer = responder(thrown, facts, request)
      noteAnswer(response, answer.status, answer.code)
      answer.report(writeReply(response, answer, facts))
    } catch (failure) {
      const answer = responder.last(thrown, failure, request)
      noteAnswer(response, answer.status, answer.code)
      answer.report(writeLast(response, answer))
    }
  }
}
