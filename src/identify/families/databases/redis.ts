import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { DatabaseRule } from './codes.ts'

/** node-redis tells its errors apart by their classes alone. */
export const redis: readonly DatabaseRule[] = [
  {
    from: 'Redis (ioredis)',
    property: 'name',
    values: ['MaxRetriesPerRequestError', 'ClusterAllFailedError'],
    matches: isError,
    condition: 'unavailable',
  },
  {
    from: 'Redis (ioredis)',
    property: 'name',
    values: ['ReplyError'],
    matches: (error) =>
      typeof read(read(error, 'command'), 'name') === 'string' && CANNOT.has(prefixOf(error)),
    condition: 'unavailable',
  },
]

/** A server that cannot serve now, or not this. */
const CANNOT = new Set([
  'LOADING', // it starts
  'BUSY', // a script runs
  'OOM', // no memory is left
  'READONLY', // a replica
  'MASTERDOWN',
  'NOREPLICAS',
  'MISCONF', // nothing can be saved
  'CLUSTERDOWN',
  'TRYAGAIN',
])

/** The first word of a reply is its code: https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
function prefixOf(error: object): string {
  const message = read(error, 'message')
  return typeof message === 'string' ? message.slice(0, 16).split(' ', 1)[0]! : ''
}
