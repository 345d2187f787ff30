import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, expect, test } from 'vitest'
import { frameworkNames } from '../support/frameworks.ts'

const folder = mkdtempSync(join(tmpdir(), 'texts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('P-K14: texts that are imported stay with the code in a bundle, far from any file', async () => {
  const source = join(folder, 'source', 'shop.json')
  mkdirSync(join(folder, 'source'))
  writeFileSync(source, JSON.stringify({ 1: { message: 'Vergeben' } }))
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const entry = `
    import { frameworks, listen } from ${JSON.stringify(join(root, 'test/support/frameworks.ts'))}
    import { send } from ${JSON.stringify(join(root, 'test/support/raw.ts'))}
    import { defineCatalog } from ${JSON.stringify(join(root, 'src/error/define-catalog.ts'))}
    import texts from ${JSON.stringify(source)}
    const shop = defineCatalog({
      name: 'shop',
      locales: { de: { shop: texts } },
      errors: { 1: { status: 409, message: 'Taken' } },
    })
    const routes = { '/': () => { throw new shop.BizError(1) } }
    async function main() {
      for (const { name, listener } of frameworks) {
        const { port, server } = await listen(listener({ options: { catalog: shop }, routes }))
        for (const path of ['/', '/nowhere']) {
          const raw = await send(port, { path, headers: { 'Accept-Language': 'de' } })
          console.log(name, raw.slice(raw.indexOf('{')))
        }
        server.close()
      }
    }
    void main()
  `
  const outfile = join(folder, 'far away', 'bundle.cjs')
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  })
  rmSync(source)
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [outfile], { cwd: tmpdir() })
  // The package's own are lost, which is told once, whatever the number of apps.
  const [warning, ...more] = stderr.split('\n').filter((line) => line !== '')
  expect((JSON.parse(warning!) as { readonly msg: string }).msg).toBe(
    'The translations of bizerror are not where its code is, as in a bundle: its own texts (http, fields) are in English alone. ' +
      "Give them as resources, beside yours: locales: { de: { …, http, fields } }, from 'bizerror/locales/de/fields.json'; " +
      'those of en, if English is all that you want. Or leave bizerror out of the bundle (external)',
  )
  expect(more).toEqual([])
  expect(stdout.trim().split('\n')).toEqual(
    frameworkNames.flatMap((name) => [
      `${name} {"code":1,"message":"Vergeben"}`,
      // The generic texts of the package are files, and not in the bundle: those of the code serve.
      `${name} {"code":404,"message":"Not found"}`,
    ]),
  )
})
