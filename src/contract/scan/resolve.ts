import { isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import type { Target } from './evaluate.ts'
import { Packages } from './packages.ts'
import { sourceAt } from './source-at.ts'
import { fillStar, matchStar } from './star.ts'
import { createMappings } from './tsconfig.ts'

const OURS = /^bizerror(?:$|\/)/
const RELATIVE = /^(?:\.{1,2}(?:$|\/)|\/)/
const READABLE = /\.(?:[cm]?[jt]sx?|json)$/

/**
 * Makes what finds the file that an import means, as TypeScript, Node.js and bundlers do.
 *
 * @param parse - of JSON in which comments may stand
 */
export function createResolver(
  parse: (text: string) => unknown,
): (from: string, specifier: string) => Target {
  const known = new Map<string, Target>()
  const mappingsOf = createMappings(parse)
  const packages = new Packages(parse)

  function find(folder: string, specifier: string): Target {
    if (OURS.test(specifier)) return { kind: 'ours', name: specifier }
    if (isBuiltin(specifier)) return { kind: 'foreign' }
    if (RELATIVE.test(specifier)) return targetOf(sourceAt(resolve(folder, specifier)))
    for (const { pattern, targets } of mappingsOf(folder)) {
      const star = matchStar(pattern, specifier)
      if (star === undefined) continue
      for (const target of targets) {
        const file = sourceAt(fillStar(target, star))
        if (file !== undefined) return targetOf(file)
      }
    }
    const found = specifier.startsWith('#')
      ? packages.ownImport(folder, specifier)
      : packages.find(folder, specifier)
    return typeof found === 'object' ? targetOf(found.file) : { kind: found }
  }

  return (from, specifier) => {
    const folder = dirname(from)
    const question = `${folder}\0${specifier}`
    let target = known.get(question)
    if (target === undefined) known.set(question, (target = find(folder, specifier)))
    return target
  }
}

function targetOf(file: string | undefined): Target {
  if (file === undefined) return { kind: 'unknown' }
  // A style sheet, an image.
  return READABLE.test(file) ? { kind: 'file', file } : { kind: 'foreign' }
}
