import type { Dump } from '../dump/dump.ts'
import { clientOf } from './client.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { kotlin } from './kotlin.ts'
import type { Language, Target } from './language.ts'
import { python } from './python.ts'
import { typescript } from './typescript.ts'

export const LANGUAGES = { typescript, go, python, java, kotlin } satisfies Readonly<Record<string, Language>>

/** The languages that clients are written in. */
export type LanguageName = keyof typeof LANGUAGES

/**
 * Writes the part of a client that knows a catalog's errors: their codes as constants, and a reader of answers.
 *
 * @throws SetupError - for errors that cannot have names in the language, and for a package that cannot be one
 */
export function generateClient(dump: Dump, language: LanguageName, target: Partial<Target> = {}): string {
  const { path, package: home } = target
  return LANGUAGES[language].generate(clientOf(dump), { path, package: home })
}

/**
 * Says where a client goes: into a file of the language, or under the name of its catalog into a folder. `{{catalog}}`
 * stands for that name.
 */
export function fileOf(output: string, catalog: string, language: LanguageName): string {
  const { extension, fileName } = LANGUAGES[language]
  const path = output.replaceAll('\\', '/').replaceAll('{{catalog}}', catalog)
  if (path === '' || path.endsWith(extension)) return path || fileName(catalog)
  return `${path.replace(/\/+$/, '')}/${fileName(catalog)}`
}
