import { spawnSync } from 'node:child_process'
import { isAbsolute, relative, sep } from 'node:path'
import { read } from '../../guard/read.ts'
import { show } from '../../guard/setup-error.ts'
import { UsageError } from './command.ts'

/** A file as it is in a commit. */
export interface Committed {
  readonly text: string
  /** The branch's own name, where `origin/HEAD` was asked for. */
  readonly ref: string
  /** Whether the working folder's commit has all that the other has. Undefined where that cannot be known. */
  readonly isInHead: boolean | undefined
}

/** Bytes. A dump is read up to half of that. */
const MAX_BYTES = 536_870_912

/**
 * Reads a file out of a commit. No code of it is run, and nothing is checked out.
 *
 * @param ref - a branch, a tag or a commit
 * @param path - from the working folder, or else from the root of the repository
 * @throws UsageError - when git, the repository, the commit or the file is missing: says what to do
 */
export function readCommitted(cwd: string, ref: string, path: string): Committed {
  const asked = `${ref}:${path}`
  checkRepository(cwd, asked)
  const commit = commitOf(cwd, ref, path)
  const file = isAbsolute(path) ? relative(cwd, path).split(sep).join('/') : path.replace(/^\.\//, '')
  const blob = (place: string): Done => git(cwd, ['cat-file', 'blob', `${commit}:${place}`])
  let found = blob(`./${file}`)
  if (!found.isDone) found = blob(file)
  if (!found.isDone) {
    throw new UsageError(
      `${show(path)} is not in ${ref}. Commit it there first, as bizerror dump writes it, or name the file that it is in: ${ref}:PATH.`,
    )
  }
  return { text: found.out, ref: nameOf(cwd, ref), isInHead: isInHead(cwd, commit) }
}

/** Whether git knows a commit by this name. */
export function isRef(cwd: string, ref: string): boolean {
  return !ref.startsWith('-') && git(cwd, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]).isDone
}

function checkRepository(cwd: string, asked: string): void {
  const { isDone, isMissing, err } = git(cwd, ['rev-parse', '--git-dir'])
  if (isDone) return
  if (isMissing) {
    throw new UsageError(
      `git is needed to read ${asked}, and is not installed. Install it, or give the old dump as a file: bizerror diff old.json.`,
    )
  }
  // Containers run as another user than the one who checked out: https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory
  if (err.includes('dubious ownership')) {
    throw new UsageError(
      `git does not read ${cwd}, which belongs to another user. Run git config --global --add safe.directory ${cwd}.`,
    )
  }
  throw new UsageError(
    `${asked} is in git, and ${cwd} is in no git repository. Give the old dump as a file: bizerror diff old.json.`,
  )
}

/** Returns the id of a commit: a name can be an option, an id cannot. */
function commitOf(cwd: string, ref: string, path: string): string {
  if (!ref.startsWith('-')) {
    const { isDone, out } = git(cwd, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
    if (isDone) return out.trim()
  }
  throw new UsageError(`git knows no ${ref}. ${remedyFor(cwd, ref, path)}`)
}

function remedyFor(cwd: string, ref: string, path: string): string {
  if (ref === 'origin/HEAD') {
    // Without a remote there is no such branch, nor a head of it to set.
    if (git(cwd, ['remote']).out.trim() === '') return remedyWithoutRemote(cwd, path)
    return `Name the branch: bizerror diff origin/main:${path}. Or run git remote set-head origin --auto.`
  }
  if (!ref.includes('/') && isRef(cwd, `origin/${ref}`)) return `Did you mean origin/${ref}:${path}?`
  const [, remote, branch] = /^([\w.-]+)\/([\w./-]+)$/.exec(ref) ?? []
  if (remote === undefined || remote.startsWith('-')) {
    return 'Name a branch, a tag or a commit, as in origin/main.'
  }
  const fetch = `git fetch ${remote} ${branch}:refs/remotes/${ref}`
  return isShallow(cwd)
    ? `This is a shallow clone: run ${fetch} --depth=1, or check out with fetch-depth: 0.`
    : `Run ${fetch}.`
}

function remedyWithoutRemote(cwd: string, path: string): string {
  const local = ['main', 'master', 'HEAD'].find((name) => isRef(cwd, name))
  return local === undefined
    ? `The repository has no remote, and no commit yet. Commit ${path}, and name it: bizerror diff HEAD:${path}.`
    : `The repository has no remote. Name a branch or a commit of its own: bizerror diff ${local}:${path}.`
}

function isShallow(cwd: string): boolean {
  return git(cwd, ['rev-parse', '--is-shallow-repository']).out.trim() === 'true'
}

function nameOf(cwd: string, ref: string): string {
  if (/^[\da-f]{40,}$/.test(ref)) return ref.slice(0, 12)
  if (ref !== 'origin/HEAD') return ref
  return git(cwd, ['rev-parse', '--abbrev-ref', ref]).out.trim() || ref
}

function isInHead(cwd: string, commit: string): boolean | undefined {
  if (git(cwd, ['merge-base', '--is-ancestor', commit, 'HEAD']).isDone) return true
  return isShallow(cwd) || !isRef(cwd, 'HEAD') ? undefined : false
}

interface Done {
  readonly isDone: boolean
  readonly isMissing: boolean
  readonly out: string
  readonly err: string
}

/** Runs git without a shell. */
function git(cwd: string, args: readonly string[]): Done {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: MAX_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
    // It may fetch what a partial clone lacks, and nobody is there to log in. What it says is read.
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
  })
  return {
    isDone: status === 0,
    isMissing: read(error, 'code') === 'ENOENT',
    out: stdout ?? '',
    err: stderr ?? '',
  }
}
