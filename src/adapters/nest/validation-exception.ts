import type { HttpException } from '@nestjs/common'
import { BadRequestException } from './packages.ts'

/**
 * Makes the exception of a ValidationPipe that keeps what was found wrong, so that it is answered as `details.fields`:
 * the pipe's own keeps texts alone.
 *
 * @param errors - what class-validator found
 * @example
 * app.useGlobalPipes(new ValidationPipe({ exceptionFactory: validationException }))
 */
export function validationException(errors: readonly object[]): HttpException {
  return new BadRequestException(errors)
}
