import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

export const SERVER_CORE = 0
export const CLIENT_CORE = 1

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

/** Whether server and client each have a core of their own. */
export const isPinned = canPin

/** Command and arguments that run a program on one core, where the system can do that. */
export function pinned(
  core: number,
  command: string,
  args: readonly string[],
): [command: string, args: string[]] {
  return canPin ? ['taskset', ['-c', String(core), command, ...args]] : [command, [...args]]
}
