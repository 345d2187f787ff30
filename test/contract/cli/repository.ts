import { cpSync } from 'node:fs'
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

/** Makes a repository of files by path, on the branch main. */
export function repository(files: Readonly<Record<string, string>>): Repository {
  const made = withGit(project(files))
  made.git('init', '--quiet', '--initial-branch', 'main', '--template=')
  made.commit()
  return made
}

/** Makes a copy of a repository. */
export function copied(folder: string): Repository {
  const made = project({})
  cpSync(folder, made.folder, { recursive: true })
  return withGit(made)
}

function withGit(made: Project): Repository {
  const git = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = run('git', [...AUTHOR, ...args], { cwd: made.folder })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  return {
    ...made,
    git,
    commit() {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', 'A commit')
    },
  }
}
