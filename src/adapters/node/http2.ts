import type { ServerResponse } from 'node:http'
import { NodeResponse } from './http.ts'

/**
 * HTTP/2 has no reason phrase, and a request that is not read to its end does not hold the connection. Its response is
 * of another class; to ask the request for its version is a look that Express makes slow.
 */
export function isHttp2(response: ServerResponse): boolean {
  return !(response instanceof NodeResponse)
}

interface Http2Stream {
  readonly destroyed: boolean
  readonly aborted: boolean
  close(code: number): void
}

/** The stream of a response over HTTP/2. */
export function streamOf(response: ServerResponse): Http2Stream | undefined {
  return (response as { stream?: Http2Stream }).stream
}
