import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as oxc from 'oxc-parser'
import { onTestFinished } from 'vitest'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import type { Parser } from '../../../src/contract/scan/syntax.ts'
import { scanSources, type ScannedCatalog } from '../../../src/contract/scan/scan-sources.ts'
import type { Scan, Use } from '../../../src/contract/scan/scan.ts'

export const parser = oxc as unknown as Parser

/** A catalog of an app, as its file says it. */
export const SHOP = `import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { status: 410, message: 'Gone' },
    SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
    1006: { status: 409, message: 'Taken' },
    1007: { status: 404, message: 'Not found' },
  },
})
export const { errors, BizError } = shop
`

/** Writes files into a new folder, which is removed after the test. Returns its path. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bizerror-scan-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** Scans `src` of a project that has these files. */
export function scanOf(
  files: Readonly<Record<string, string>>,
  catalogs: readonly ScannedCatalog[] = [
    { name: 'shop', keys: new Set(['GONE', 'SOLD_OUT', 1006, 1007]), file: 'src/errors.ts' },
  ],
): Scan {
  return scanSources({ cwd: folderWith(files), sources: ['src'], catalogs, parser })
}

/** What a file beside the catalog's own does: `made shop GONE`, once for each place. */
export function usesOf(source: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { uses } = scanOf({ 'src/errors.ts': SHOP, 'src/main.ts': source, ...files })
  return uses.map(said)
}

export function said({ how, catalog = '?', key = '?', params, as }: Use): string {
  const given =
    how !== 'made' ? '' : params === undefined ? ' …' : params.length === 0 ? '' : ` { ${params.join(', ')} }`
  return `${how} ${catalog} ${key}${given}${as === undefined ? '' : ` as ${as}`}`
}

export function scannedOf(catalog: Catalog, file: string): ScannedCatalog {
  return { name: catalog.name, keys: new Set([...catalog].map(({ key }) => key)), file }
}
