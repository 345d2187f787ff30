import { read } from '../../../guard/read.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { toldRetryAfter } from '../upstream-retry-after.ts'
import { has } from '../validators/fields.ts'

const from = '@elastic/elasticsearch, @opensearch-project/opensearch'
const property = 'name'
const values = ['ResponseError']

/**
 * https://www.elastic.co/docs/reference/elasticsearch/clients/javascript/client-errors. A status of theirs is nobody's
 * choice: it does not stand above the condition.
 */
export const elasticsearch: readonly LibraryRule[] = [
  {
    from,
    property,
    values,
    matches: (error) => isOfClient(error) && isMissing(error),
    condition: 'not-found',
  },
  {
    // Somebody else wrote the document, or has created it.
    from,
    property,
    values,
    matches: (error) => isOfClient(error) && typeOf(error) === 'version_conflict_engine_exception',
    condition: 'write-conflict',
  },
  {
    from,
    property,
    values,
    matches: (error) => isOfClient(error) && REFUSED_DOCUMENTS.has(typeOf(error)),
    condition: 'validation-failed',
  },
  {
    from,
    property,
    values,
    matches: (error) => isOfClient(error) && [429, 502, 503].includes(statusOf(error)),
    condition: 'unavailable',
    extract: toldRetryAfter,
  },
  {
    from,
    property,
    values,
    matches: (error) => isOfClient(error) && [408, 504].includes(statusOf(error)),
    condition: 'timeout',
  },
  {
    // A query that is wrong, an index that is missing, a key that is refused.
    from,
    property,
    values,
    matches: (error) => isOfClient(error) && statusOf(error) >= 400 && statusOf(error) < 500,
    isFault: true,
  },
  {
    from,
    property,
    values: ['ConnectionError'],
    matches: isOfClient,
    condition: 'unavailable',
  },
  {
    // OpenSearch leaves its `meta` empty.
    from,
    property,
    values: ['NoLivingConnectionsError'],
    matches: (error) => has(error, 'meta'),
    condition: 'unavailable',
  },
  {
    from,
    property,
    values: ['RequestAbortedError'],
    matches: (error, { clientGone }) => clientGone && isOfClient(error),
    condition: 'client-gone',
  },
  {
    from,
    property,
    values: ['TimeoutError', 'RequestAbortedError'],
    matches: isOfClient,
    condition: 'timeout',
  },
]

/** The fields of a document do not go with the mapping of its index. The second is of older versions, and OpenSearch. */
const REFUSED_DOCUMENTS = new Set<unknown>([
  'document_parsing_exception',
  'mapper_parsing_exception',
  'strict_dynamic_mapping_exception',
])

/** Every error of the clients tells how its request went. */
function isOfClient(error: object): boolean {
  const meta = read(read(error, 'meta'), 'meta')
  return typeof read(meta, 'attempts') === 'number' && typeof read(meta, 'request') === 'object'
}

function statusOf(error: object): number {
  const status = read(read(error, 'meta'), 'statusCode')
  return typeof status === 'number' ? status : 0
}

/** https://www.elastic.co/docs/troubleshoot/elasticsearch/troubleshooting-searches */
function typeOf(error: object): unknown {
  return read(read(bodyOf(error), 'error'), 'type')
}

function bodyOf(error: object): unknown {
  return read(read(error, 'meta'), 'body')
}

/** A document, and no index, alias or route: those have an error of another type. */
function isMissing(error: object): boolean {
  if (statusOf(error) !== 404) return false
  return (
    read(bodyOf(error), 'found') === false ||
    read(bodyOf(error), 'result') === 'not_found' ||
    typeOf(error) === 'document_missing_exception'
  )
}
