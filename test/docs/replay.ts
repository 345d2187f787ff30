import { request as send } from 'node:http'
import type { Exchange } from './transcript.ts'

/** Sends what a page shows and returns the answer in the form in which it shows it. */
export function replay(port: number, { request, answer }: Exchange): Promise<Exchange['answer']> {
  const { method, path, body, headers } = request
  const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = send(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: `${response.statusCode} ${response.statusMessage}`,
            headers: Object.fromEntries(
              Object.keys(answer.headers).map((name) => [name, String(response.headers[name.toLowerCase()])]),
            ),
            body: answer.body === undefined ? undefined : shown(Buffer.concat(chunks).toString()),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A text whose last line may be ended as well. */
function shown(body: string): string {
  return body.replace(/\n$/, '')
}
