import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { coverageFindings, type CoverageDemand } from '../../coverage/coverage-findings.ts'
import { coverageOf, type CatalogCoverage } from '../../coverage/covered.ts'
import { parseFacts, type Fact } from '../../coverage/facts.ts'
import { operationFindings } from '../../coverage/operation-findings.ts'
import { operationsOf, type Operation } from '../../coverage/operations.ts'
import { countOf } from '../../findings/levels.ts'
import { show } from '../../../guard/setup-error.ts'
import { defineCommand, UsageError, type ExitCode } from '../command.ts'
import { readDocument } from '../document.ts'

/** Where `bizerror/testing/coverage` writes, unless BIZERROR_COVERAGE says otherwise. */
const FOLDER = 'coverage/bizerror'
const FACTS = /\.jsonl$/
const MAX_FILE_BYTES = 64 * 1024 * 1024
const STALE_HOURS = 12

export const command = defineCommand({
  name: 'coverage',
  summary:
    'Tells which errors no test has got as an answer. The tests have to load bizerror/testing/coverage.',
  operands: '[DIR]',
  maxOperands: 1,
  options: {
    min: { type: 'string', value: 'PERCENT', help: 'of the errors that tests have to get' },
    per: { type: 'string', choices: ['code', 'module'], help: 'whether each module has to reach it' },
    openapi: {
      type: 'string',
      value: 'FILE',
      help: 'find codes that an operation answers and does not name',
    },
    clear: { type: 'boolean', help: 'remove what was recorded; to be done before the tests' },
  },
  examples: [
    ['bizerror coverage --clear && vitest run && bizerror coverage', 'tells what the tests leave out'],
    ['bizerror coverage --min 90 --per module', 'fails where a module has less than 90 %'],
    ['bizerror coverage --openapi openapi.yaml', 'compares what routes answer with the document'],
  ],
  async run({ min, per, openapi, clear }, [given], surroundings): Promise<ExitCode> {
    const { cwd, config, catalogs, note, report } = surroundings
    const name = given ?? process.env['BIZERROR_COVERAGE'] ?? FOLDER
    const folder = resolve(cwd, name)
    if (clear === true) {
      for (const file of factFilesIn(folder)) rmSync(file, { force: true })
      return 0
    }
    const demand: CoverageDemand = {
      min: min === undefined ? percentOf('coverage.min', config.coverage?.min ?? 0) : percentOf('--min', min),
      per: per ?? config.coverage?.per ?? 'code',
    }
    const facts = readFacts(folder, name, note)
    const dumps = (await catalogs()).map(({ dump }) => dump)
    const operations: readonly Operation[] | undefined =
      openapi === undefined ? undefined : operationsOf(await readDocument(openapi, cwd))
    const covered = dumps.map((dump) => coverageOf(dump, facts))
    const findings = [
      ...covered.flatMap((coverage) => coverageFindings(coverage, demand)),
      ...dumps.flatMap((dump) =>
        operations === undefined ? [] : operationFindings(dump, facts, operations),
      ),
    ]
    return report(findings, {
      heading: covered.map((coverage) => headingOf(coverage, demand)).join('\n'),
      summary: findings.length === 0 ? 'Tests get every error in every language.' : countOf(findings),
      failOn: ['error'],
    })
  },
})

function headingOf(coverage: CatalogCoverage, { per }: CoverageDemand): string {
  const { catalog, answered, errors, percent, modules } = coverage
  const lines = [`${catalog}  tests get ${answered} of ${errors.length} errors as an answer, ${percent} %`]
  if (per === 'code') return lines[0]!
  const width = Math.max(...[...modules.keys()].map(({ length }) => length), 0) + 2
  for (const [name, part] of modules) {
    const count = `${part.answered} of ${part.errors.length}`
    lines.push(`  ${(name === '' ? '-' : name).padEnd(width)}${`${part.percent} %`.padStart(5)}  ${count}`)
  }
  return lines.join('\n')
}

/** @throws UsageError - as well for a part of 1, which is hardly meant as less than one percent */
function percentOf(where: string, given: string | number): number {
  const percent = Number(given)
  if (/^\d+(?:\.\d+)?$/.test(String(given)) && percent <= 100 && (percent === 0 || percent >= 1))
    return percent
  throw new UsageError(`${where} is ${show(given)}. Give percent: 0, or a number from 1 to 100.`)
}

function factFilesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => FACTS.test(file))
    .sort()
    .map((file) => join(folder, file))
}

/** @throws UsageError - when nothing was recorded */
function readFacts(folder: string, name: string, note: (text: string) => void): readonly Fact[] {
  const files = factFilesIn(folder)
  const facts = files.flatMap((file) => {
    if (statSync(file).size <= MAX_FILE_BYTES) return parseFacts(readFileSync(file, 'utf8'))
    note(`${file} is larger than 64 MiB and was left out.`)
    return []
  })
  if (facts.length === 0) {
    throw new UsageError(
      `Nothing was recorded in ${name}. Name bizerror/testing/coverage in setupFiles of vitest or jest, or run node --import bizerror/testing/coverage, and run the tests.`,
    )
  }
  const times = files.map((file) => statSync(file).mtimeMs)
  if (Math.max(...times) - Math.min(...times) > STALE_HOURS * 3_600_000) {
    note('Some of it is from an earlier day. Run bizerror coverage --clear before the tests.')
  }
  return facts
}
