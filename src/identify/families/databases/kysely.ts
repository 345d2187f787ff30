import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'

/** The drivers' errors are passed on. */
export const kysely: readonly DatabaseRule[] = [
  {
    // `executeTakeFirstOrThrow`, whose error has the name of every Error, and the query's tree
    // (https://kysely-org.github.io/kysely-apidoc/classes/NoResultError.html).
    from: 'Kysely',
    property: 'name',
    values: ['Error'],
    matches: (error) =>
      QUERIES.has(read(read(error, 'node'), 'kind')) &&
      read(read(error, 'constructor'), 'name') === 'NoResultError',
    condition: 'not-found',
  },
]

const QUERIES: ReadonlySet<unknown> = new Set([
  'SelectQueryNode',
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
  'RawNode',
])
