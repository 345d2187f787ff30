import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Responder } from '../../handler/responder.ts'
import { noteAnswer } from '../../report/answered.ts'
import { inContextOf } from './context.ts'
import { readFacts } from './facts.ts'
import { writeLast, writeReply } from './reply.ts'

/** Makes what answers a thrown value on Node's own response, which Express's is. What it makes never throws. */
export function answerThroughNode<TRequest extends IncomingMessage>(
  responder: Responder<TRequest>,
): (thrown: unknown, request: TRequest, response: ServerResponse) => void {
  function answer(thrown: unknown, request: TRequest, response: ServerResponse): void {
    try {
      const facts = readFacts(request, response)
      const answered = responder(thrown, facts, request)
      noteAnswer(response, answered.status, answered.code)
      answered.report(writeReply(response, answered, facts))
    } catch (failure) {
      const answered = responder.last(thrown, failure, request)
      noteAnswer(response, answered.status, answered.code)
      answered.report(writeLast(response, answered))
    }
  }
  // A library that lost the context may have passed the error on.
  return (thrown, request, response) => inContextOf(request, () => answer(thrown, request, response))
}
