import { AsyncResource } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { isStale, STALE_HEADERS } from '../../answer/stale-headers.ts'
import type { Answered, Delivery, Responder } from '../../handler/responder.ts'
import { noteAnswer } from '../../report/answered.ts'
import { inContextOf } from './context.ts'
import { abandon, canBegin, deliveryOf, isDisconnected } from './delivery.ts'
import {
  readReplyFacts,
  type FastifyReplyPart,
  type FastifyRequestPart,
  type ReplyFacts,
} from './fastify-facts.ts'
import { clearTrailers, nextHandlerOf } from './fastify-symbols.ts'
import { isHttp2 } from './http2.ts'
import { writeLast, writeReply } from './reply.ts'
import { headersFor } from './upgrade.ts'

/** An answer that was handed to Fastify, which writes it once the onSend hooks have run. */
interface Underway {
  readonly responder: Responder<unknown>
  readonly request: object
  readonly facts: ReplyFacts
  readonly answered: Answered
  /** As it was before: Fastify's own, or that of a library around it. */
  readonly send: FastifyReplyPart['send']
  /** The error handler that Fastify asks where one of the hooks fails. */
  readonly nextHandler: unknown
  /** Known where one has. */
  delivery: Delivery | undefined
}

// The note is on the reply itself, where whoever is asked next finds it.
const UNDERWAY = Symbol('bizerror.underway')

type Held = FastifyReplyPart & { [UNDERWAY]?: Underway }

/**
 * Makes what answers a thrown value through Fastify's reply: CORS, cookies and compression live there, and are lost to
 * who writes on the raw response. What it makes never throws.
 */
export function answerThroughFastify(
  responder: Responder<unknown>,
): (thrown: unknown, request: FastifyRequestPart, reply: FastifyReplyPart) => void {
  function answer(thrown: unknown, request: FastifyRequestPart, reply: Held): void {
    const underway = reply[UNDERWAY]
    if (underway !== undefined) {
      sendPast(reply, underway, thrown)
      return
    }
    const { raw } = reply
    try {
      const facts = readReplyFacts(request, reply)
      const answered = responder(thrown, facts, request)
      noteAnswer(raw, answered.status, answered.code)
      if (canBegin(raw, facts.isDisconnected)) {
        const nextHandler = nextHandlerOf(reply)
        deliver(reply, {
          responder,
          request,
          facts,
          answered,
          send: reply.send,
          nextHandler,
          delivery: undefined,
        })
        return
      }
      // Else Fastify tries to write, and asks the next error handler.
      reply.hijack()
      answered.report(abandon(raw))
    } catch (failure) {
      const answered = responder.last(thrown, failure, request)
      noteAnswer(raw, answered.status, answered.code)
      answered.report(writePast(reply, answered, false))
    }
  }
  // A library that lost the context may have passed the error on.
  return (thrown, request, reply) => inContextOf(request.raw, () => answer(thrown, request, reply))
}

/** Whether a value was thrown that is being answered. */
export function isUnderway(reply: FastifyReplyPart & { [UNDERWAY]?: Underway }): boolean {
  return reply[UNDERWAY] !== undefined
}

/** Hands an answer to Fastify, and reports it once its fate is known. */
function deliver(reply: Held, underway: Underway): void {
  const { raw } = reply
  const { answered, facts, send } = underway
  reply[UNDERWAY] = underway
  reply.send = sendAgain
  try {
    clearTheWay(reply, facts, answered.status)
    reply.code(answered.status)
    reply.headers(headersFor(raw, answered))
    // A text with a serializer goes out as it is: else a charset is added to its type.
    reply.serializer(asItIs)
    send.call(reply, answered.body)
  } catch (failure) {
    sendPast(reply, underway, failure)
  }
  if (underway.delivery !== undefined) answered.report(underway.delivery)
  else if (raw.writableEnded) answered.report()
  // A hook takes its time. A response is closed outside of the request's context, and others end their span then.
  else if (answered.isWanted)
    raw.prependOnceListener(
      'close',
      AsyncResource.bind(() => report(raw, underway)),
    )
}

function report(raw: ServerResponse, { answered, delivery }: Underway): void {
  answered.report(delivery ?? deliveryOf(raw))
}

function asItIs(payload: string): string {
  return payload
}

/** What the app set for the browser stays; what described the lost success goes. */
function clearTheWay(reply: FastifyReplyPart, facts: ReplyFacts, status: number): void {
  const { raw } = reply
  const { present, hasLargeBodyPending } = facts
  for (const name of Object.keys(present)) {
    if (!STALE_HEADERS.has(name) || !isStale(name, status, present[name])) continue
    reply.removeHeader(name)
    // Fastify 4 leaves those of a stream that has failed.
    raw.removeHeader(name)
  }
  clearTrailers(reply)
  if (hasLargeBodyPending) raw.shouldKeepAlive = false
  if (!isHttp2(raw) && raw.statusMessage) raw.statusMessage = ''
}

/**
 * `reply.send`, once there is an answer. Where an onSend hook fails for that too, Fastify asks the next error handler:
 * its own, which sends what was thrown to the client.
 */
function sendAgain(this: Held, payload: unknown): unknown {
  const underway = this[UNDERWAY]!
  // Fastify logs that it was sent before.
  if (this.sent) return underway.send.call(this, payload)
  if (nextHandlerOf(this) !== underway.nextHandler) sendPast(this, underway, payload)
  // The app itself sends once more, while a hook takes its time.
  else if (payload instanceof Error) reportUnsent(underway, payload)
  else this.log.warn({ err: new Error(SENT_TWICE) })
  return this
}

const SENT_TWICE = 'A reply was sent while the answer to an error was on its way, and is lost'

/** Sends an answer past the hooks, of which one has failed: an error of its own, which nobody is told as an answer. */
function sendPast(reply: Held, underway: Underway, failure: unknown): void {
  if (reply.raw.writableEnded || underway.delivery !== undefined) return
  const { facts, answered } = underway
  copyHeaders(facts.present, reply.raw)
  underway.delivery = writePast(reply, answered, facts.hasLargeBodyPending)
  reportUnsent(underway, failure)
}

function reportUnsent({ responder, request, facts }: Underway, error: unknown): void {
  responder(error, facts, request).report(NOT_SENT)
}

const NOT_SENT: Delivery = { sent: false, clientGone: false, cut: false }

/** Writes an answer on the raw response. Never throws. */
function writePast(reply: FastifyReplyPart, answered: Answered, hasLargeBodyPending: boolean): Delivery {
  const { raw } = reply
  try {
    // Else Fastify writes, too.
    reply.hijack()
    const headerNames = raw.getHeaderNames()
    return writeReply(raw, answered, {
      headerNames,
      isDisconnected: isDisconnected(raw),
      hasLargeBodyPending,
    })
  } catch {
    return writeLast(raw, answered)
  }
}

function copyHeaders(headers: object, raw: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      raw.setHeader(name, value as string)
    } catch {
      // It may be why the answer could not be written.
    }
  }
}
