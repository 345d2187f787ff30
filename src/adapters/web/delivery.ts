import { read } from '../../guard/read.ts'
import { SENT, type Delivery } from '../../handler/responder.ts'
import type { WebFacts } from './facts.ts'

const GONE: Delivery = { sent: false, clientGone: true, cut: false }

/**
 * Tells the fate of a response: at once, as far as it is known; on Deno when the response was sent, unless it is known
 * already that nobody is left.
 *
 * @param given - what the host gave beside the request
 */
export function onDelivered(
  facts: Pick<WebFacts, 'clientGone' | 'hasLeft'>,
  given: readonly unknown[],
  tell: (delivery: Delivery) => void,
): void {
  const completed = completionOf(given)
  if (completed === undefined || facts.hasLeft === true) {
    tell(facts.clientGone ? GONE : SENT)
    return
  }
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
