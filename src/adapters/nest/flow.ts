import type { IncomingMessage, ServerResponse } from 'node:http'
import { getOrMake } from '../../guard/memo.ts'
import { checkOptions } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import { DEFAULTS, HANDLER_CHECKS, type HandlerOptions } from '../../handler/options.ts'
import { createResponder } from '../../handler/responder.ts'
import type { FastifyReplyPart, FastifyRequestPart } from '../node/fastify-facts.ts'
import { answerThroughFastify } from '../node/through-fastify.ts'
import { answerThroughNode } from '../node/through-node.ts'
import { dropFastifysId } from './drop-fastifys-id.ts'
import { nestLogger } from './nest-logger.ts'
import { originOf } from './origin.ts'
import { createTell, type Tell } from './without-response.ts'

/** The ways that options lay from a thrown value to its client. */
export interface Flow {
  /** Answers a request, by the response of its platform. */
  readonly answer: (thrown: unknown, request: unknown, response: unknown) => void
  /** Tells of an error where there is no response, by the kind of its context. */
  readonly tell: Readonly<Record<string, Tell>>
}

const flows = new WeakMap<object, Flow>()

/**
 * Returns what was made of the same options before: Nest makes a filter for each module that asks for one, and rules are
 * compiled, and files read, once.
 *
 * @param caller - what was given them, for what is said of a mistake in them
 * @throws SetupError - when an option is wrong
 */
export function flowOf(given: HandlerOptions, caller = 'BizErrorsFilter'): Flow {
  return getOrMake(flows, given, () => {
    const options = {
      logger: nestLogger(),
      ...checkOptions(caller, given, HANDLER_CHECKS, 'an object of options, or nothing'),
    }
    const responder = createResponder(options, originOf, caller)
    const throughNode = answerThroughNode(responder)
    const throughFastify = answerThroughFastify(responder)
    return {
      answer(thrown, request, response) {
        if (isReply(response)) throughFastify(thrown, request as FastifyRequestPart, response)
        else {
          dropFastifysId(request as IncomingMessage)
          throughNode(thrown, request as IncomingMessage, response as ServerResponse)
        }
      },
      // That there is none is told once.
      tell: createTell({ ...options, catalog: options.catalog ?? DEFAULTS.catalog }),
    }
  })
}

/** Middleware of Nest gets Node's own messages on Fastify, too. */
function isReply(response: unknown): response is FastifyReplyPart {
  return typeof read(response, 'hijack') === 'function'
}
