import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sendgrid from '@sendgrid/client'
import sendgridMail from '@sendgrid/mail'
import { afterAll, beforeAll } from 'vitest'
import { becomes } from './becomes.ts'

// Their types have what is exported beside the default under a directive that hides it.
const { Client } = sendgrid as unknown as { readonly Client: new () => typeof sendgrid }
const { MailService } = sendgridMail as unknown as { readonly MailService: new () => typeof sendgridMail }

/** Answers with the status that its path begins with, as SendGrid does. */
const server = createServer((request, response) => {
  const [status, retryAfter] = request.url!.split('/')[1]!.split('-')
  response
    .writeHead(Number(status), {
      'content-type': 'application/json',
      ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
    })
    .end(JSON.stringify({ errors: [{ message: 'hunter2', field: 'from.email', help: null }] }))
})

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

function sendTo(baseUrl: () => string): () => Promise<unknown> {
  return () => {
    const client = new Client()
    client.setApiKey('SG.hunter2')
    client.setDefaultRequest('baseUrl', baseUrl())
    const mail = new MailService()
    mail.setClient(client)
    return mail.send({ to: 'ada@example.com', from: 'shop@example.com', subject: 'Offer', text: 'Tea' })
  }
}

const answered = (path: string): (() => Promise<unknown>) =>
  sendTo(() => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}/`)

becomes('R13: what SendGrid answers to us is not what our client is told', [
  ...[400, 401, 403, 404, 413, 500].map((status) => ({
    what: String(status),
    fail: answered(String(status)),
    becomes: 'upstream-failed' as const,
    logged: { type: 'ResponseError', code: status },
  })),
  { what: '504', fail: answered('504'), becomes: 'upstream-timeout' },
  { what: '429', fail: answered('429'), becomes: 'unavailable' },
  {
    what: '429 for a time',
    fail: answered('429-7'),
    becomes: 'unavailable',
    headers: { 'retry-after': '7' },
  },
  {
    what: '503 for a time',
    fail: answered('503-60'),
    becomes: 'unavailable',
    headers: { 'retry-after': '60' },
  },
  {
    what: '503 for no time',
    fail: answered('503-0'),
    becomes: 'unavailable',
    headers: { 'retry-after': '1' },
  },
  { what: '503 for who knows how long', fail: answered('503-soon'), becomes: 'upstream-failed' },
  {
    what: 'a connection that is refused',
    fail: sendTo(() => 'http://127.0.0.1:1/'),
    becomes: 'upstream-failed',
    logged: { code: 'ECONNREFUSED' },
  },
])
