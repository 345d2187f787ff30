import { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { afterEach } from 'vitest'
import { listen } from '../support/frameworks.ts'

/** An answer: its body is a text, or sent as JSON. */
export interface Answered {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A server, and the requests that it has met. */
export interface Answering {
  readonly url: string
  readonly requests: readonly Met[]
}

interface Met {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const running: (() => void)[] = []
afterEach(() => {
  for (const end of running.splice(0)) end()
})

/** Runs a listener until the test has ended, and returns its address. */
export async function serving(listener: RequestListener): Promise<string> {
  const { port, server } = await listen(listener)
  running.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${port}`
}

/** Runs a server that gives these answers one after the other, and the last one from then on. */
export async function answering(
  ...answers: readonly (Answered | ((response: ServerResponse) => void))[]
): Promise<Answering> {
  const requests: Met[] = []
  const url = await serving((request, response) => {
    let body = ''
    request.on('data', (part) => (body += String(part)))
    request.on('end', () => {
      requests.push({ method: request.method!, path: request.url!, headers: request.headers, body })
      const answer = answers[Math.min(requests.length, answers.length) - 1]!
      if (typeof answer === 'function') answer(response)
      else send(response, answer)
    })
  })
  return { url, requests }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answered): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body))
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('It was fulfilled')),
    (error: unknown) => error,
  )
}
