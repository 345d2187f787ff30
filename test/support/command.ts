import { spawnSync, type SpawnSyncOptions, type SpawnSyncReturns } from 'node:child_process'

const MAX_MILLISECONDS = 900_000

/** Runs a command to its end, for a quarter of an hour at most, without colors. */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnSyncOptions = {},
): SpawnSyncReturns<string> {
  return spawnSync(command, args, {
    maxBuffer: Infinity,
    timeout: MAX_MILLISECONDS,
    // npm is a script of its shell on Windows.
    shell: command === 'npm' && process.platform === 'win32',
    ...options,
    env: { ...process.env, ...options.env, NO_COLOR: '1' },
    encoding: 'utf8',
  })
}

/** Runs a command that has to succeed, and returns what it printed. */
export function mustRun(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = run(command, args, { cwd })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`, { cause: error })
}
