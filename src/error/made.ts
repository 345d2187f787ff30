import { channelNamed } from '../guard/channel.ts'
import type { Code } from '../catalog/code.ts'

/** What `bizerror.made` tells of an error that was made, whether or not it will be answered. */
export interface MadeError {
  /** The name of the catalog whose error it is. */
  readonly catalog: string
  /** Its name in the catalog. */
  readonly key: Code
  /** The code that clients know it by. */
  readonly code: Code
  /** The key that was asked for, when the catalog does not have it. */
  readonly unknownKey: string | undefined
  /** The error itself. */
  readonly error: Error
}

/** The channel of errors that are made: https://nodejs.org/api/diagnostics_channel.html. Undefined outside Node.js. */
export const made = channelNamed<MadeError>('bizerror.made')
