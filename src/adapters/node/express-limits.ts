import type { IncomingMessage } from 'node:http'
import { isArray, read } from '../../guard/read.ts'
import type { AddressSource, Trust } from '../../rate-limit/address-source.ts'

/** Where Express has the address of a client. */
export const express: AddressSource<IncomingMessage> = {
  believed: (request) => read(request, 'ip'),
  raw: (request) => request,
  trust: (app) => trustOf(read(read(app, 'settings'), 'trust proxy')),
  nameProxy: "app.set('trust proxy', 1)",
}

/** Express takes true, a number of proxies, a list of them, or a function: https://expressjs.com/en/guide/behind-proxies.html */
function trustOf(setting: unknown): Trust {
  if (setting === true) return 'everyone'
  const isNone =
    typeof setting === 'number' ? !(setting > 0) : !setting || (isArray(setting) && setting.length === 0)
  return isNone ? 'no one' : 'some'
}
