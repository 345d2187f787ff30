import type { Code } from './code.ts'
import type { EnvelopeName } from './envelope.ts'

/** What a client knows of a catalog: JSON that `clientCatalog` or `bizerror client-catalog` makes. */
export interface ClientCatalog {
  /** The shape of bodies. Needed for `composite` alone: the others are told apart by what they hold. */
  // The type of imported JSON has a text here.
  readonly envelope?: EnvelopeName | (string & {}) | undefined
  /** The code of a success, where errors come with the status 200, too: as JSON. @default a 200 is a success, and is not read */
  readonly success?: Code | undefined
  /** Codes of which the same request may succeed later, whatever the status. @default the status tells */
  readonly retryable?: readonly Code[] | undefined
  /** Codes of which it never does, whatever the status. @default the status tells */
  readonly final?: readonly Code[] | undefined
}
