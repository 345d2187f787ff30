import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, onTestFinished } from 'vitest'

/** An answer that does not come is given up after so many milliseconds. */
export const WAIT = 60

const BEHAVIORS: Readonly<Record<string, RequestListener>> = {
  reset: (request) => request.socket.resetAndDestroy(),
  'hang-up': (request) => request.socket.destroy(),
  silence: () => {},
  loop: (request, response) => response.writeHead(302, { Location: request.url }).end(),
  page: (_request, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('<html>s3cr3t'),
  zipped: (_request, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end('s3cr3t'),
  cut: (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 })
    response.write('{', () => setTimeout(() => response.destroy(), 5))
  },
}

const answering =
  (status: number): RequestListener =>
  (_request, response) => {
    const error = { code: status, message: 's3cr3t', errors: [{ reason: 's3cr3t' }] }
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error }))
  }

/** Starts a server that behaves as the first name in its path says, or answers with that status: `/reset`, `/404`. */
export async function startUpstream(): Promise<string> {
  const server = createServer((request, response) => {
    const name = /^\/([\w-]+)/.exec(request.url!)![1]!
    const behave = BEHAVIORS[name] ?? answering(Number(name))
    behave(request, response)
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${await portOf(server)}`
}

/** Starts a server for one test, which greets as those of mail do, and answers commands as it is told, by their first word. */
export async function startMail(replies: Readonly<Record<string, string>> = {}): Promise<number> {
  const answers = { EHLO: '250-here\r\n250 AUTH PLAIN', '220': '220 here', MAIL: '250 ok', ...replies }
  const reply = (word: string): string => (answers as Readonly<Record<string, string>>)[word] ?? '250 ok'
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    let isMessage = false
    const say = (line: string): void => {
      if (line === 'close') socket.end()
      else if (line !== 'silence') socket.write(`${line}\r\n`)
    }
    socket.on('error', () => {})
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) {
        if (isMessage && line !== '.') continue
        const word = isMessage ? '.' : line.split(/[ :]/)[0]!
        isMessage = word === 'DATA' && reply('DATA').startsWith('354')
        say(reply(word))
      }
    })
    say(reply('220'))
  })
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return portOf(server)
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A port where nobody listens. */
export const REFUSING = 'http://127.0.0.1:1'
