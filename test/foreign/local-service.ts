import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'

/** A service on loopback, whose next answer is chosen by the test. */
export interface LocalService {
  readonly port: number
  /** Makes an action whose request is answered so. */
  readonly answering: (respond: RequestListener, ask: () => Promise<unknown>) => () => Promise<unknown>
}

/** Serves while the tests of a file run. */
export function localService(): LocalService {
  let respond: RequestListener
  const server = createServer((request, response) => {
    request.on('end', () => respond(request, response)).resume()
  })
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    get port() {
      return (server.address() as AddressInfo).port
    },
    answering: (answer, ask) => () => {
      respond = answer
      return ask()
    },
  }
}

/** Answers a text. */
export const says =
  (
    status: number,
    type: string,
    text: string,
    headers: Readonly<Record<string, string>> = {},
  ): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'Content-Type': type, ...headers }).end(text)

export const silent: RequestListener = () => {}
export const hangingUp: RequestListener = (request) => request.socket.destroy()

/** What S3 and its likes answer: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const s3Error = (
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): RequestListener =>
  says(
    status,
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>s3cr3t</Message>` +
      '<Resource>/bucket/key</Resource><RequestId>R1</RequestId></Error>',
    { 'x-amz-request-id': 'R1', ...headers },
  )
