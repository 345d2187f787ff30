import { SetupError, show } from '../../guard/setup-error.ts'
import { isRequest, uncalled } from '../../guard/mounted.ts'
import { faceOf } from '../framework.ts'
import type { Next } from './next.ts'

/**
 * Makes an async handler's rejection reach the error handler in Express 4. Express 5 does this itself.
 *
 * @example
 * app.get('/users/:id', asyncHandler(async (req: Request, res: Response) => res.json(await find(req.params.id))))
 */
export function asyncHandler<TRequest, TResponse>(
  handler: (request: TRequest, response: TResponse, next: Next) => unknown,
): (request: TRequest, response: TResponse, next: Next) => void {
  if (isRequest(handler)) throw uncalled('asyncHandler(handler)')
  if (typeof handler !== 'function') {
    throw new SetupError(`asyncHandler was called with ${show(handler)}. Give the handler to wrap.`)
  }
  return function asyncHandler(request, response, next) {
    // Others hand on by what they return, and have no such `next`.
    const found = typeof next === 'function' ? undefined : faceOf(request)
    if (found !== undefined && found !== 'Express') {
      throw new SetupError(
        `asyncHandler is for Express: ${found} waits for its middleware, so mount the handler as it is`,
      )
    }
    // A falsy reason would mean "no error" to Express.
    new Promise((resolve) => resolve(handler(request, response, next))).catch((error: unknown) =>
      next(error || new Error('Rejected promise')),
    )
  }
}
