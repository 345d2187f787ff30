import type { Code } from '../../catalog/code.ts'
import type { Position } from './subject.ts'
import { createPositions } from './translation.ts'

/**
 * Finds where a file of source code defines an error, by how it is written: `SOLD_OUT: {`. A catalog is loaded, not read,
 * so its entries do not know.
 *
 * @returns undefined where the key stands nowhere, or in more than one place
 */
export function createLines(source: string): (key: Code) => Position | undefined {
  const at = createPositions(source)
  const places = new Map<string, number | undefined>()
  for (const match of source.matchAll(DEFINITION)) {
    const name = match[2] ?? match[3]!
    places.set(name, places.has(name) ? undefined : match.index + match[0].length - match[1]!.length)
  }
  return (key) => {
    const offset = places.get(String(key))
    return offset === undefined ? undefined : at(offset)
  }
}

// At the start of a line, or behind a brace or a comma.
const DEFINITION = /(?:^|[{,])[ \t]*((?:['"]([^'"\n]+)['"]|([\w$]+))\s*:\s*\{)/gm
