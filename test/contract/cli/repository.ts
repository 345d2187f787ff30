import { join } from 'node:path'
import { run } from '../../support/command.ts'
import { project, type Project } from './run.ts'

/** A project in a git repository of its own. */
export interface Repository extends Project {
  /** Runs git there, and returns what it printed. */
  readonly git: (...args: readonly string[]) => string
  /** Commits all that is there. */
  readonly commit: () => void
}

const AUTHOR = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']

/**
 * Makes a repository of files by path, on the branch main.
 *
 * @param folder - of the project, where the repository begins
 */
export function repository(files: Readonly<Record<string, string>>, folder = '.'): Repository {
  const made = project(files)
  const cwd = join(made.folder, folder)
  const git = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = run('git', [...AUTHOR, ...args], { cwd })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  const commit = (): void => {
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', 'A commit')
  }
  git('init', '--quiet', '--initial-branch', 'main')
  commit()
  return { ...made, git, commit }
}
