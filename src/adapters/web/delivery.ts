import { read } from '../../guard/read.ts'
import { SENT, type Delivery } from '../../handler/responder.ts'

const GONE: Delivery = { sent: false, clientGone: true, cut: false }

/** Whether nobody is left to be answered. Deno says so of each request, once it was answered. */
export function hasLeft({ signal }: Request): boolean {
  return signal.aborted
}

/**
 * Tells the fate of a response: at once, as far as it is known, or on Deno when the response was sent, which warns of who
 * asks for the signal.
 *
 * @param given - what the host gave beside the request
 */
export function onDelivered(
  request: Request,
  given: readonly unknown[],
  tell: (delivery: Delivery) => void,
): void {
  const completed = completionOf(given)
  if (completed === undefined) tell(hasLeft(request) ? GONE : SENT)
  else
    completed.then(
      () => tell(SENT),
      () => tell(GONE),
    )
}

/** https://docs.deno.com/api/deno/~/Deno.ServeHandlerInfo */
function completionOf([info]: readonly unknown[]): Promise<unknown> | undefined {
  const completed = read(info, 'completed')
  return completed instanceof Promise ? completed : undefined
}
