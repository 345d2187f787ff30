import type { Code } from '../../catalog/code.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import type { Client } from './client.ts'

/** How a language names constants. */
export interface Naming {
  /** How people call the language. */
  readonly language: string
  /** Makes a name of a key. */
  readonly name: (key: Code) => string
  /** Whether a name can stand as it is. Else it has an E in front, as numbers have. */
  readonly isFree: (name: string) => boolean
}

/**
 * Names the constants of a client, by key.
 *
 * @throws SetupError - when two keys would have the same name
 */
export function constantNames(client: Client, naming: Naming): ReadonlyMap<Code, string> {
  const names = new Map<Code, string>()
  const keys = new Map<string, Code>()
  for (const { key } of client.errors) {
    const plain = naming.name(key)
    const name = naming.isFree(plain) ? plain : `E${plain}`
    const other = keys.get(name)
    if (other !== undefined) {
      throw new SetupError(
        `Catalog ${client.catalog}, errors ${show(other)} and ${show(key)}: both would be ${name} in ${naming.language}. Give one of them another key, and its code, which clients see, as code.`,
      )
    }
    keys.set(name, key)
    names.set(key, name)
  }
  return names
}
