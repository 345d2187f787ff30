import type { LoggerService } from '@nestjs/common'
import type { Logger as OurLogger } from '../../report/logger.ts'
import { Logger } from './packages.ts'

/**
 * Makes of a logger of Nest one that the options take, which is what they have by default here: one object with the
 * text as its `msg`, for 5xx and warnings. 4xx are not logged, as Nest logs none of its HTTP exceptions.
 *
 * @param logger - of Nest @default the app's, with the context `BizErrors`
 */
export function nestLogger(
  logger: Pick<LoggerService, 'error' | 'warn'> = new Logger('BizErrors'),
): Required<Pick<OurLogger, 'error' | 'warn'>> {
  return {
    error: (record, msg) => logger.error(told({ msg, ...record })),
    warn: (record, msg) => logger.warn(told({ msg, ...record })),
  }
}

/** Leaves out what is undefined: Nest's console would print it. */
function told(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}
