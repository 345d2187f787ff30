import type { IncomingMessage } from 'node:http'
import { listen } from '../support/frameworks.ts'

/** An answer as it is sent. Without a status, the connection breaks instead. */
export interface Sent {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A server that says what a test wants of it, and what it was asked. */
export interface Answering {
  readonly url: string
  /** The requests so far. */
  readonly asked: readonly IncomingMessage[]
  /** When each came, in seconds. */
  readonly times: readonly number[]
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

export const ok: Sent = { status: 200, headers: JSON_TYPE, body: '{"ok":true}' }

/** The answer that tells a code. */
export function tells(code: number, status: number, headers: Sent['headers'] = {}): Sent {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify({ code, message: 'Told' }) }
}

/** Lends a server that gives these answers in turn, and the last of them from then on. At silence it never answers. */
export async function answering<TResult>(
  answers: readonly (Sent | 'silence')[],
  use: (server: Answering) => Promise<TResult>,
): Promise<TResult> {
  const asked: IncomingMessage[] = []
  const times: number[] = []
  const { port, server } = await listen((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!
    asked.push(request)
    times.push(performance.now() / 1000)
    request.resume()
    if (answer === 'silence') return
    const { status, headers, body } = answer
    request.once('end', () => {
      if (status === undefined) request.socket.destroy()
      else response.writeHead(status, headers).end(body)
    })
  })
  try {
    return await use({ url: `http://127.0.0.1:${port}/`, asked, times })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}
