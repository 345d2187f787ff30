import { isDeepStrictEqual } from 'node:util'
import { readOwn } from '../../../guard/own.ts'
import { isRecord } from '../../../guard/read.ts'
import type { OpenapiVersion, Section } from '../schema.ts'

/** A component of a document that is there. */
export interface Present {
  /** What its x-bizerror holds. Undefined: it is the user's. */
  readonly mark: Readonly<Record<string, unknown>> | undefined
  /** Whether it says what another one says. */
  readonly says: (component: object) => boolean
}

/** One that is written somewhere else. */
export const USERS: Present = { mark: undefined, says: () => false }

/** What is there as plain data. */
export function presentOf(component: unknown): Present {
  const mark = readOwn(component, 'x-bizerror')
  return {
    mark: isRecord(mark) ? mark : undefined,
    says: (other) => isDeepStrictEqual(component, other),
  }
}

/** A component as it is to be. Undefined: it is to go. */
export type Changes = Readonly<Record<Section, ReadonlyMap<string, object | undefined>>>

/** An OpenAPI document as its author wrote it. */
export interface AuthoredDocument {
  readonly version: OpenapiVersion
  readonly present: (section: Section) => ReadonlyMap<string, Present>
  /** Returns the text with the changes, and everything else as it was. */
  readonly changed: (changes: Changes) => string
}

/** A document that cannot be changed: one line that says what, and what to do. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
}
