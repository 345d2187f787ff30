import type { RequestListener } from 'node:http'

/** A listener that is there at once, of an app that is ready later: a request waits until then. */
export function later(ready: Promise<RequestListener>): RequestListener {
  return (request, response) => {
    ready.then(
      (listener) => listener(request, response),
      (error: Error) => response.destroy(error),
    )
  }
}
