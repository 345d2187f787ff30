import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'

interface Output {
  readonly failed: boolean
  readonly stdout: string
  readonly stderr: string
}

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Compilers take as long as the machine is busy. */
export const PATIENCE = 300_000

const execute = promisify(execFile)

/** Runs a command in a clean environment. */
export async function attempt(command: string, args: readonly string[], folder: string): Promise<Output> {
  const own = /^(?:NODE_ENV|NODE_OPTIONS|FORCE_COLOR|VITEST|JEST)/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
  // npm is a script of its shell on Windows.
  const shell = command === 'npm' && process.platform === 'win32'
  try {
    return {
      failed: false,
      ...(await execute(command, args, { cwd: folder, env, timeout: PATIENCE, shell })),
    }
  } catch (error) {
    const { stdout = '', stderr = String(error) } = error as Partial<Output>
    return { failed: true, stdout, stderr }
  }
}

/** Runs a command that must succeed. */
export async function run(command: string, args: readonly string[], folder: string): Promise<Output> {
  const output = await attempt(command, args, folder)
  if (!output.failed) return output
  // A line of a bundle may be its whole code.
  const lines = `${output.stdout}\n${output.stderr}`.split('\n').map((line) => line.slice(0, 300))
  throw new Error(`${command} ${args.join(' ')} failed in ${folder}\n${lines.join('\n')}`)
}

/** Runs a project's script, which prints a line of JSON for each answer and, but for warnings, nothing else. */
export async function answersOf(
  folder: string,
  script: string,
  warnings: readonly string[] = [],
): Promise<readonly unknown[]> {
  const { stdout, stderr } = await run(process.execPath, [script], folder)
  const lines = stderr.split('\n').filter((line) => line !== '')
  expect(lines).toEqual(warnings.map((warning) => expect.stringContaining(warning) as unknown))
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

/** Installs what npm packs of this repository, and further packages. */
export async function install(folder: string, packages: readonly string[]): Promise<void> {
  const built = ['esm/index.js', 'cjs/index.cjs'].every((file) => existsSync(join(root, 'dist', file)))
  if (!built) throw new Error('There is no whole dist to pack. Run `npm run build` first.')
  const args = ['--install-links', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  await run('npm', ['install', ...args, root, ...packages], folder)
}

/** The text that the translators gave a code. */
export function text(language: string, catalog: string, code: string | number): string {
  const file = join(root, 'locales', language, `${catalog}.json`)
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly message: string }>
  return texts[code]!.message
}

export function reply(path: string, status: number, language: string, body: object): object {
  return { path, status, requestId: 't-1', language, body }
}

/** What a compiler finds in a project and in the package's types, and which files it read. */
export interface Compiled {
  readonly errors: readonly string[]
  readonly files: readonly string[]
}

/** Compiles projects, each given by the arguments of `tsc`. */
export async function compile(
  compiler: string,
  projects: readonly (readonly string[])[],
  folder: string,
): Promise<readonly Compiled[]> {
  const outputs =
    compiler === 'typescript' ? await native(projects, folder) : await older(compiler, projects, folder)
  return outputs.map((output) => {
    const lines = output.split(/\r?\n/).map((line) => line.replaceAll('\\', '/'))
    return {
      errors: lines.filter((line) => line.includes(': error TS') && !line.includes('node_modules/@types/')),
      files: lines.filter(
        (line) => line.startsWith(folder.replaceAll('\\', '/')) && !line.includes(': error TS'),
      ),
    }
  })
}

async function native(projects: readonly (readonly string[])[], folder: string): Promise<readonly string[]> {
  const outputs: string[] = []
  for (const args of projects) {
    const tsc = [
      join(root, 'node_modules/typescript/bin/tsc'),
      '--pretty',
      'false',
      '--listFiles',
      '--singleThreaded',
    ]
    // The types of others have errors of their own, so the compiler may fail.
    outputs.push((await attempt(process.execPath, [...tsc, ...args], folder)).stdout)
  }
  return outputs
}

async function older(
  compiler: string,
  projects: readonly (readonly string[])[],
  folder: string,
): Promise<readonly string[]> {
  const script = fileURLToPath(new URL('check.mjs', import.meta.url))
  const { stdout } = await run(process.execPath, [script, compiler, JSON.stringify(projects)], folder)
  return JSON.parse(stdout) as readonly string[]
}
