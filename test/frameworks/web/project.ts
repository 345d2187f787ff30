import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { afterAll } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A project with the files of `served`, which has the package installed as it was built. It stands until the tests have run. */
export function makeProject(): string {
  if (!existsSync(join(ROOT, 'dist/esm/web.js'))) {
    throw new Error('There is no whole dist to test. Run `npm run build` first.')
  }
  const project = mkdtempSync(join(tmpdir(), 'bizerror-web-'))
  afterAll(() => rmSync(project, { recursive: true, force: true }))
  cpSync(fileURLToPath(new URL('served', import.meta.url)), project, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  mkdirSync(join(project, 'node_modules/@hono'), { recursive: true })
  symlinkSync(ROOT, join(project, 'node_modules/bizerror'), 'junction')
  for (const name of ['@hono/node-server', 'hono']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name), 'junction')
  }
  return project
}

/** Bundles a file of a project with all that it needs. */
export async function bundled(project: string, options: BuildOptions): Promise<string> {
  const { outputFiles, warnings } = await build({
    absWorkingDir: project,
    bundle: true,
    write: false,
    logLevel: 'silent',
    ...options,
  })
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'))
  return outputFiles![0]!.text
}
