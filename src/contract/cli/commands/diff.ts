import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { show } from '../../../guard/setup-error.ts'
import { applyAllow, checkAllow } from '../../diff/allow.ts'
import type { Change } from '../../diff/change.ts'
import type { Compared } from '../../diff/compared.ts'
import { diff } from '../../diff/diff.ts'
import { human } from '../../diff/human.ts'
import { markdown } from '../../diff/markdown.ts'
import { verdictOn } from '../../diff/verdict.ts'
import { isMajorStep, isVersion, versionNotMajor } from '../../diff/version.ts'
import type { Dump } from '../../dump/dump.ts'
import type { Finding, Level } from '../../findings/finding.ts'
import { defineCommand, UsageError } from '../command.ts'
import type { DiffAllow } from '../config.ts'
import { dumpPath } from '../dump-path.ts'
import { readNamedDump, type NamedDump } from '../old-dump.ts'
import type { Surroundings } from '../surroundings.ts'

export const command = defineCommand({
  name: 'diff',
  summary: 'Tells what a change of the catalog breaks for clients, by the answers that they get.',
  operands: '[OLD] [NEW]',
  maxOperands: 2,
  options: {
    'fail-on': {
      type: 'string',
      value: 'LEVEL',
      choices: ['breaking', 'risky'],
      help: 'what ends with exit code 1, else breaking',
    },
    codes: {
      type: 'string',
      value: 'LIST',
      choices: ['open', 'closed'],
      help: 'closed where clients know no further codes',
    },
    'require-major': { type: 'boolean', help: 'breaking changes pass in a new major version alone' },
  },
  examples: [
    ['bizerror diff', 'compares the catalog with its dump at origin/HEAD'],
    ['bizerror diff origin/main:errors.json', 'with a file of a branch, a tag or a commit'],
    ['bizerror diff v1.4.0', 'with the dump at a tag'],
    ['bizerror diff old.json new.json', 'compares two dumps'],
    ['bizerror diff -f markdown', 'prints a comment for a pull request'],
  ],
  async run(options, operands, surroundings) {
    const { config, report } = surroundings
    const allow = checkedAllow(config.diff?.allow ?? [])
    const isMajorRequired = options['require-major'] ?? config.diff?.requireMajor ?? false
    const clients = {
      codes: options.codes ?? config.diff?.codes,
      codegen: config.codegen !== undefined && config.codegen.length > 0,
    }
    const pairs = await pairsOf(operands, surroundings)
    const today = new Date().toISOString().slice(0, 10)
    const all = pairs.map(({ old, next, file }): Compared => {
      const changes = diff(old.dump, next.dump, { ...clients, file })
      const judged = applyAllow(changes, allow, today)
      const faults = isMajorRequired ? versionFaults(old.dump, next.dump, judged.open) : []
      return { catalog: next.dump.catalog, old, next, ...judged, faults }
    })
    const told = checkAllow(allow, all.flatMap(changesOf), today)
    const failOn: readonly Level[] = [
      'error',
      ...(isMajorRequired ? [] : (['breaking'] as const)),
      ...(options['fail-on'] === 'risky' ? (['risky'] as const) : []),
    ]
    const { title, summary } = verdictOn(all, failOn)
    const findings = [...all.flatMap(({ faults, open }) => [...faults, ...open]), ...told]
    const code = report(findings, {
      summary,
      failOn,
      pages: {
        human: (colors) => human(all, told, summary, colors),
        markdown: () => markdown(all, told, title, summary),
      },
    })
    noteOldBase(pairs, surroundings)
    return code
  },
})

function changesOf({ open, accepted }: Compared): readonly Change[] {
  return [...open, ...accepted.map(({ change }) => change)]
}

interface DumpPair {
  readonly old: NamedDump
  readonly next: NamedDump
  /** Where findings are shown. */
  readonly file: string | undefined
}

async function pairsOf(
  [old, next]: readonly string[],
  { cwd, config, catalogs }: Surroundings,
): Promise<readonly DumpPair[]> {
  if (old !== undefined && next !== undefined) {
    const named = readNamedDump(cwd, next, dumpPath(config.dump, '{{catalog}}', 1))
    const before = readNamedDump(cwd, old, dumpPath(config.dump, named.dump.catalog, 1))
    return [{ old: before, next: named, file: named.ref === undefined ? named.path : undefined }]
  }
  const loaded = await catalogs()
  return loaded.map(({ dump, file }) => {
    const path = dumpPath(config.dump, dump.catalog, loaded.length)
    const given = old === undefined ? `origin/HEAD:${path}` : oldOf(cwd, old, dump, loaded.length)
    const named = readNamedDump(cwd, given, path)
    return { old: named, next: { dump, path: file, ref: undefined, isInHead: undefined }, file }
  })
}

/** A ref alone stands for the dump of each catalog there; one path cannot. */
function oldOf(cwd: string, given: string, { catalog }: Dump, count: number): string {
  const isPath = /:./.test(given) || existsSync(resolve(cwd, given))
  return isPath ? dumpPath(given, catalog, count) : given
}

function versionFaults(old: Dump, next: Dump, open: readonly Finding[]): readonly Finding[] {
  const { version } = next.api ?? {}
  if (version === undefined || !isVersion(version)) {
    throw new UsageError(
      `--require-major needs the version of the API, and api.version of ${next.catalog} is ${show(version)}. Give { "api": { "version": "1.4.0" } } in the config.`,
    )
  }
  const isBreaking = open.some(({ level }) => level === 'breaking')
  return isBreaking && !isMajorStep(old.api?.version, version) ? [versionNotMajor(old, next)] : []
}

/** @throws UsageError - for what is no fingerprint or no day */
function checkedAllow(allow: readonly DiffAllow[]): readonly DiffAllow[] {
  for (const [index, { fingerprint, until }] of allow.entries()) {
    if (!/^[\da-f]{12}$/i.test(fingerprint)) {
      throw new UsageError(
        `diff.allow[${index}] has fingerprint ${show(fingerprint)}. Give the twelve digits that bizerror diff prints.`,
      )
    }
    if (until !== undefined && !isDay(until)) {
      throw new UsageError(
        `diff.allow[${index}] has until ${show(until)}. Give the last day, such as 2027-03-31.`,
      )
    }
  }
  return allow
}

function isDay(text: string): boolean {
  const isWritten = /^\d{4}-\d\d-\d\d$/.test(text)
  const date = new Date(`${text}T00:00:00Z`)
  return isWritten && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** What landed there since looks as if it were taken back here. */
function noteOldBase(pairs: readonly DumpPair[], { note }: Surroundings): void {
  const { ref } = pairs.find(({ old }) => old.isInHead === false)?.old ?? {}
  if (ref === undefined) return
  note(
    `${ref} has commits that are not in HEAD: what came there since shows as gone. Merge it, or compare with $(git merge-base ${ref} HEAD).`,
  )
}
