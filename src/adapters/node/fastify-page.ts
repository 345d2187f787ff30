import type { ServerResponse } from 'node:http'
import type { ReferenceReply } from '../../contract/docs/replies.ts'
import { setPageHeaders } from './reference.ts'

/** The part of Fastify's reply that a page is sent by. */
export interface PageReply {
  getHeader(name: string): ReturnType<ServerResponse['getHeader']>
  header(name: string, value: string): unknown
  code(status: number): unknown
  send(payload?: Uint8Array): unknown
}

/** Sends a page by Fastify's reply. */
export function sendPage(reply: PageReply, page: ReferenceReply): void {
  reply.code(page.status)
  setPageHeaders(
    { getHeader: (name) => reply.getHeader(name), setHeader: (name, value) => reply.header(name, value) },
    page,
  )
  if (page.status === 304) reply.send()
  else reply.send(page.body)
}
