/**
 * Waits for the first part of a body, so that one that fails at once is an error like others: a Response has sent its
 * status by then, and can only be cut off.
 *
 * @throws what the body failed with
 * @example
 * withErrors(async (request) => begun(new Response(rows(request))), { catalog: shop })
 */
export async function begun(response: Response): Promise<Response> {
  const { body } = response
  if (body === null) return response
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  const first = await reader.read()
  const rest = new ReadableStream<Uint8Array>({
    start(controller) {
      pass(first, controller)
    },
    async pull(controller) {
      pass(await reader.read(), controller)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return new Response(rest, response)
}

type Part = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>

function pass({ done, value }: Part, controller: ReadableStreamDefaultController<Uint8Array>): void {
  if (done) controller.close()
  else controller.enqueue(value)
}
