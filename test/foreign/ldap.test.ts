import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import ldapjs from 'ldapjs'
import { Client } from 'ldapts'
import { afterAll, beforeAll } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { becomes, type Row } from './becomes.ts'

/** Refuses to bind `cn=BusyError` with that error. */
const directory = ldapjs.createServer()
directory.bind(
  'o=shop',
  ({ dn }: { readonly dn: { toString(): string } }, _response: unknown, next: (error: Error) => void) => {
    const name = /^cn=(\w+)/.exec(dn.toString())![1]!
    const errors = ldapjs as unknown as Readonly<Record<string, new (message: string) => Error>>
    next(new errors[name]!('hunter2'))
  },
)

/** Closes every connection that asks for something. */
const sockets: Socket[] = []
const closing = createServer((socket) => sockets.push(socket.on('data', () => socket.destroy())))
const silent = createServer((socket) => sockets.push(socket.on('error', () => {})))

const portOf = (server: Server): number => (server.address() as AddressInfo).port

beforeAll(async () => {
  await new Promise<void>((resolve) => directory.listen(0, '127.0.0.1', resolve))
  for (const server of [closing, silent]) await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  for (const server of [closing, silent]) server.close()
  await new Promise<void>((resolve) => directory.close(resolve))
})

async function bindByLdapts(port: number, dn: string): Promise<void> {
  const client = new Client({ url: `ldap://127.0.0.1:${port}` })
  try {
    await client.bind(dn, 'hunter2')
  } finally {
    await client.unbind()
  }
}

async function bindByLdapjs(port: number, dn: string, timeout = 0): Promise<void> {
  const client = ldapjs.createClient({ url: `ldap://127.0.0.1:${port}`, timeout })
  client.on('error', () => {})
  try {
    await new Promise<void>((resolve, reject) =>
      client.bind(dn, 'hunter2', (error) => (error ? reject(error) : resolve())),
    )
  } finally {
    client.destroy()
  }
}

/** By the names of ldapjs, which has a server; ldapts has other names for some. */
const RESULTS: Readonly<Record<string, Condition | undefined>> = {
  InvalidCredentialsError: 'not-authenticated',
  EntryAlreadyExistsError: 'already-exists',
  AttributeOrValueExistsError: 'already-exists',
  NotAllowedOnNonLeafError: 'conflict',
  ConstraintViolationError: 'validation-failed',
  InvalidAttributeSyntaxError: 'validation-failed',
  ObjectclassViolationError: 'validation-failed',
  BusyError: 'unavailable',
  UnavailableError: 'unavailable',
  TimeLimitExceededError: 'timeout',
  // A fault of the server's: its base, its account, its statement.
  NoSuchObjectError: undefined,
  InsufficientAccessRightsError: undefined,
  InvalidDnSyntaxError: undefined,
  SizeLimitExceededError: undefined,
  OtherError: undefined,
}

function results(bind: (port: number, dn: string) => Promise<void>): readonly Row[] {
  return Object.entries(RESULTS).map(([name, becomes]) => ({
    what: name,
    fail: () => bind(Number(new URL(directory.url).port), `cn=${name},o=shop`),
    becomes,
  }))
}

becomes('R13: what a directory answers to ldapts becomes what it means', results(bindByLdapts))

becomes('R13: what a directory answers to ldapjs becomes what it means', [
  ...results(bindByLdapjs),
  {
    what: 'a connection that is closed',
    fail: () => bindByLdapjs(portOf(closing), 'o=shop'),
    becomes: 'unavailable',
    logged: { type: 'ConnectionError' },
  },
  {
    what: 'a request that is not answered in time',
    fail: () => bindByLdapjs(portOf(silent), 'o=shop', 50),
    becomes: 'timeout',
    logged: { type: 'TimeoutError' },
  },
])
