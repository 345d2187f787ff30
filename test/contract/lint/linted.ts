import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CatalogDefinition } from '../../../src/catalog/catalog.ts'
import { lint } from '../../../src/contract/lint/lint.ts'
import { readTranslations } from '../../../src/contract/lint/read.ts'
import type { Settings } from '../../../src/contract/lint/rule.ts'
import { subjectOf } from '../../../src/contract/lint/subject.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'

/** Contents of files by path: texts as they are, everything else as JSON. */
export type Files = Readonly<Record<string, unknown>>

/** A folder of its own, with files, that is gone after the test. */
export function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bizerror-lint-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    const isPlain = typeof content === 'string' || Buffer.isBuffer(content)
    writeFileSync(file, isPlain ? content : JSON.stringify(content, undefined, 2))
  }
  return folder
}

export interface Project {
  readonly catalog: Omit<CatalogDefinition, 'name'>
  /** Below `locales/`. */
  readonly files?: Files
  readonly settings?: Settings
}

/** What one rule finds in a catalog `shop` and its translations: `locales/de/shop.json:2:3 SOLD_OUT lacks …`. */
export function foundBy(rule: string, { catalog, files, settings }: Project): readonly string[] {
  const cwd = folderWith(
    Object.fromEntries(Object.entries(files ?? {}).map(([path, content]) => [`locales/${path}`, content])),
  )
  const places = files === undefined ? [] : [{ catalog: 'shop', path: 'locales' }]
  const shop = subjectOf(defineCatalog({ name: 'shop', ...catalog }), { file: 'shop.ts', places })
  const findings = lint(
    { subjects: [shop], ...readTranslations([shop], cwd) },
    { levels: new Map([[rule, 'error']]), ...(settings === undefined ? {} : { settings }) },
  )
  return findings.map(({ file, line, column, key, message }) => {
    const place = line === undefined ? file : `${file}:${line}:${column}`
    return [place, key, message].filter((part) => part !== undefined).join(' ')
  })
}
