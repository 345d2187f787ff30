import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from './command.ts'

/**
 * Loads a package that few commands need, and that a project installs when it uses one of these: the project's own, or
 * one that stands beside this package.
 *
 * @param cwd - the working folder
 * @param why - the rest of "bizerror needs the package X …": `'to read TypeScript'`
 * @throws UsageError - when it is not there
 */
export async function peer<TModule>(name: string, cwd: string, why: string): Promise<TModule> {
  const file = resolved(name, join(cwd, 'package.json')) ?? resolved(name, import.meta.url)
  if (file !== undefined) return (await import(pathToFileURL(file).href)) as TModule
  throw new UsageError(`The package ${name} is needed ${why}. Run npm install --save-dev ${name}.`)
}

function resolved(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name)
  } catch {
    return undefined
  }
}
