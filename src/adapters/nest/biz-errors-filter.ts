import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common'
import type { Catalog } from '../../catalog/catalog.ts'
import { getOrMake } from '../../guard/memo.ts'
import { checkOptions } from '../../guard/options.ts'
import { createAnswer, type Answer } from '../../handler/answer.ts'
import { HANDLER_CHECKS, type HandlerOptions } from '../../handler/options.ts'
import type { AnyRequest } from './any-request.ts'
import { nestLogger } from './nest-logger.ts'
import { isReply, respondOnFastify, type FastifyRequest } from './on-fastify.ts'
import { originOf } from './origin.ts'
import { originalOf } from './original.ts'
import { Catch, Inject, Optional } from './packages.ts'
import { respondOnNode } from './respond.ts'
import { createTell, type Tell } from './without-response.ts'

/** The token of the filter's options, which `BizErrorsModule` provides: for `describeError(error, options)`. */
export const BIZ_ERRORS_OPTIONS = Symbol.for('bizerror.nest.options')

/**
 * Answers whatever is thrown: on HTTP by the platform's response, elsewhere as that context has it. The options are those
 * of `BizErrorsModule` where Nest makes the filter. For Nest 10 and 11, on Express and Fastify.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * app.useGlobalFilters(new BizErrorsFilter({ catalog: shop }))
 * @example
 * @UseFilters(BizErrorsFilter)
 */
export class BizErrorsFilter<
  TCatalog extends Catalog = Catalog,
  TRequest = AnyRequest,
> implements ExceptionFilter {
  private readonly flow: Flow

  /** @param options - those of `errorHandler` elsewhere @default those of `BizErrorsModule`, else none */
  constructor(options: HandlerOptions<TCatalog, TRequest> = NO_OPTIONS) {
    this.flow = flowOf(options as HandlerOptions)
  }

  /** Answers one error. Nest calls it. */
  catch(exception: unknown, host: ArgumentsHost): unknown {
    const { answer, tell } = this.flow
    const kind: string = host.getType()
    if (kind !== 'http') {
      const tellIt = tell[kind]
      if (tellIt === undefined) throw exception
      return tellIt(exception, host)
    }
    const thrown = originalOf(exception)
    const request: unknown = host.getArgByIndex(0)
    const response: unknown = host.getArgByIndex(1)
    if (isReply(response)) respondOnFastify(answer, thrown, request as FastifyRequest, response)
    else respondOnNode(answer, thrown, request as IncomingMessage, response as ServerResponse)
    return undefined
  }
}

Catch()(BizErrorsFilter)
Inject(BIZ_ERRORS_OPTIONS)(BizErrorsFilter, undefined, 0)
Optional()(BizErrorsFilter, undefined, 0)

const NO_OPTIONS = {}

interface Flow {
  readonly answer: Answer<unknown>
  readonly tell: Readonly<Record<string, Tell>>
}

const flows = new WeakMap<object, Flow>()

/** Nest makes a filter for each controller that asks for one: rules are compiled, and files read, once. */
function flowOf(given: HandlerOptions): Flow {
  return getOrMake(flows, given, () => {
    const options = {
      logger: nestLogger(),
      ...checkOptions('BizErrorsFilter', given, HANDLER_CHECKS, 'an object of options, or nothing'),
    }
    return { answer: createAnswer(options, originOf), tell: createTell(options) }
  })
}
