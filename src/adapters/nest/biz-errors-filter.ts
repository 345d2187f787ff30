import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common'
import type { Catalog } from '../../catalog/catalog.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import type { AnyRequest } from './any-request.ts'
import { flowOf, type Flow } from './flow.ts'
import { originalOf } from './original.ts'
import { Catch, Inject, Optional } from './packages.ts'

/** The token of the filter's options, which `BizErrorsModule` provides: for `describeError(error, options)`. */
export const BIZ_ERRORS_OPTIONS = Symbol.for('bizerror.nest.options')

/**
 * Answers whatever is thrown: on HTTP by the platform's response, elsewhere as that context has it. The options are those
 * of `BizErrorsModule` where Nest makes the filter. For Nest 10 to 12, on Express and Fastify.
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
    answer(originalOf(exception), host.getArgByIndex(0), host.getArgByIndex(1))
    return undefined
  }
}

Catch()(BizErrorsFilter)
Inject(BIZ_ERRORS_OPTIONS)(BizErrorsFilter, undefined, 0)
Optional()(BizErrorsFilter, undefined, 0)

const NO_OPTIONS = {}
