// `npm start`: eight requests that show what the server answers, and a page to try it on. `--once` ends it after them.
import { request as send, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSite } from './web/site.ts'

interface Shown {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly language?: string
  readonly body?: string
}

const requests: readonly Shown[] = [
  { what: 'A name that is taken', method: 'POST', path: '/users', body: '{"username":"admin"}' },
  {
    what: 'The same, for a Chinese reader',
    method: 'POST',
    path: '/users',
    body: '{"username":"admin"}',
    language: 'zh-CN',
  },
  {
    what: 'Malformed JSON: nothing of it comes back',
    method: 'POST',
    path: '/users',
    body: '{"password":"hunter2",}',
  },
  { what: 'No such route', method: 'GET', path: '/nowhere' },
  { what: 'An alert sent again too soon', method: 'POST', path: '/alerts/1/send' },
  { what: 'Revoking a key that is gone: idempotent, so 200', method: 'DELETE', path: '/api-keys/99' },
  {
    what: 'Login of a locked user, answered like a wrong password',
    method: 'POST',
    path: '/login',
    body: '{"username":"mallory"}',
  },
  {
    what: 'HEAD, for a German reader',
    method: 'HEAD',
    path: '/users/99',
    language: 'de',
  },
]

const HEADERS = [
  'content-type',
  'content-length',
  'content-language',
  'vary',
  'retry-after',
  'www-authenticate',
  'link',
  'x-request-id',
]

const site = await createSite()
const server = site.listen(0, '127.0.0.1', () => {
  void run((server.address() as AddressInfo).port)
})

async function run(port: number): Promise<void> {
  // The first alert goes out; the one that is shown comes too soon.
  await exchange(port, { what: '', method: 'POST', path: '/alerts/1/send' })
  for (const shown of requests) print(shown, await exchange(port, shown))
  if (process.argv.includes('--once')) {
    server.close()
    return
  }
  console.log(`The server is up. See for yourself:

  http://127.0.0.1:${port}/

Its errors, for people to read:

  http://127.0.0.1:${port}/errors/

Try:

  curl -i -H 'Accept-Language: ja' http://127.0.0.1:${port}/users/99

Ctrl+C ends it.`)
}

interface Answer {
  readonly message: IncomingMessage
  readonly body: string
}

function exchange(port: number, { method, path, language, body }: Shown): Promise<Answer> {
  const headers = {
    ...(language && { 'Accept-Language': language }),
    ...(body && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
  }
  return new Promise((resolve, reject) => {
    const sent = send({ host: '127.0.0.1', port, method, path, headers, agent: false }, (message) => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.on('end', () => resolve({ message, body: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function print({ what, method, path, language, body }: Shown, answer: Answer): void {
  const { message } = answer
  console.log(`# ${what}`)
  console.log(`> ${method} ${path}`)
  if (language) console.log(`> Accept-Language: ${language}`)
  if (body) console.log(`> ${body}`)
  console.log(`< ${message.statusCode} ${message.statusMessage}`)
  for (const name of HEADERS) {
    if (message.headers[name]) console.log(`< ${name}: ${String(message.headers[name])}`)
  }
  if (answer.body) console.log(`< ${answer.body}`)
  console.log()
}
