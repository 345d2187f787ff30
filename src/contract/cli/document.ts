import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { read } from '../../guard/read.ts'
import { UsageError } from './command.ts'
import { readFile } from './output.ts'
import { peer } from './peer.ts'

interface Yaml {
  parse(text: string, options: { readonly maxAliasCount: number }): unknown
}

const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
// Aliases of aliases make a document that is larger than memory.
const MAX_ALIASES = 1000

/**
 * Reads a document in JSON or YAML.
 *
 * @throws UsageError - when it is not there, or is neither
 */
export async function readDocument(given: string, cwd: string): Promise<unknown> {
  const size = statSync(resolve(cwd, given), { throwIfNoEntry: false })?.size
  if (size !== undefined && size > MAX_DOCUMENT_BYTES) throw new UsageError(`${given} is larger than 64 MiB.`)
  const text = readFile(cwd, given)
  if (text === undefined) throw new UsageError(`There is no file ${given}; paths start at ${cwd}.`)
  try {
    if (given.endsWith('.json')) return JSON.parse(text)
    const yaml = await peer<Yaml>('yaml', cwd, 'to read YAML')
    return yaml.parse(text, { maxAliasCount: MAX_ALIASES })
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${given} cannot be read: ${String(read(error, 'message')).split('\n')[0]}`)
  }
}
