import { read } from '../../../guard/read.ts'
import type { LibraryRule } from '../../library-rule.ts'

const from = 'nano'
const property = 'statusCode'

/** https://docs.couchdb.org/en/stable/api/basics.html#http-status-codes, which nano keeps on an error of its own. */
export const nano: readonly LibraryRule[] = [
  { from, property, matches: isMissing, condition: 'not-found' },
  {
    // The revision is not the newest.
    from,
    property,
    matches: (error) => isOfNano(error) && read(error, 'statusCode') === 409,
    condition: 'write-conflict',
  },
  {
    // A database of this name.
    from,
    property,
    matches: (error) => isOfNano(error) && read(error, 'error') === 'file_exists',
    condition: 'already-exists',
  },
  {
    from,
    property,
    matches: (error) => isOfNano(error) && [429, 502, 503].includes(statusOf(error)),
    condition: 'unavailable',
  },
  {
    from,
    property,
    matches: (error) => isOfNano(error) && [408, 504].includes(statusOf(error)),
    condition: 'timeout',
  },
  {
    // A request that is wrong, a database that is missing, a password that is refused.
    from,
    property,
    matches: (error) => isOfNano(error) && statusOf(error) >= 400 && statusOf(error) < 500,
    isFault: true,
  },
]

function isOfNano(error: object): boolean {
  return read(error, 'scope') === 'couch' && read(error, 'errid') === 'non_200'
}

function statusOf(error: object): number {
  const status = read(error, 'statusCode')
  return typeof status === 'number' ? status : 0
}

/** A document or attachment. HEAD is answered without a reason. */
function isMissing(error: object): boolean {
  return isOfNano(error) && statusOf(error) === 404 && !OURS.has(read(error, 'reason'))
}

/** What CouchDB says of a database or view that is not there. */
const OURS = new Set<unknown>(['Database does not exist.', 'no_db_file', 'missing_named_view'])
