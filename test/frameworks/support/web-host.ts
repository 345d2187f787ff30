/** What every host of Request and Response has: https://min-common-api.proposal.wintertc.org */
export const WEB = {
  AbortController,
  AbortSignal,
  Headers,
  ReadableStream,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  crypto,
  setTimeout,
}
