import { read } from '../guard/read.ts'

const REQUEST = Symbol.for('bizerror.standIn')

/** Makes an Error that stands for what was thrown in a request and is none. It is known by the request it belongs to. */
export function standIn(message: string, request: object): Error {
  return Object.defineProperty(new Error(message), REQUEST, { value: request })
}

/** The request of an Error that stands for what was thrown there. */
export function requestOfStandIn(error: object): unknown {
  return read(error, REQUEST)
}
