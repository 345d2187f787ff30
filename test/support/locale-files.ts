import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

/** Returns what writes files into a new folder, by their paths in it. They are taken away after the tests of the file. */
export function localeFolders(): (files: Readonly<Record<string, string>>) => string {
  const folders: string[] = []
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })
  return (files) => {
    // A path that is another in a URL.
    const folder = mkdtempSync(join(tmpdir(), 'bizerror # 100% ü '))
    folders.push(folder)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return folder
  }
}
