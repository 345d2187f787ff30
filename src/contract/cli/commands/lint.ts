import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Catalog } from '../../../catalog/catalog.ts'
import { isRecord } from '../../../guard/read.ts'
import { catalogOf } from '../../dump/catalog.ts'
import type { Finding, Level } from '../../findings/finding.ts'
import { countOf } from '../../findings/levels.ts'
import { IGNORE_RULE, withoutIgnored } from '../../lint/ignore.ts'
import { levelsOf, parseLevel, PRESETS, type LevelOf } from '../../lint/levels.ts'
import { createLines } from '../../lint/lines.ts'
import { lint } from '../../lint/lint.ts'
import { readTranslations, type Read } from '../../lint/read.ts'
import type { RuleFacts } from '../../lint/rule.ts'
import { RULES } from '../../lint/rules.ts'
import { SOURCE_RULES } from '../../lint/source-rules.ts'
import { subjectOf, type LocalesInCode, type Subject } from '../../lint/subject.ts'
import { compileTerms } from '../../lint/terms.ts'
import { defineCommand, UsageError } from '../command.ts'
import type { Config } from '../config.ts'
import { scanCatalogs, SOURCES_OPTION } from '../sources.ts'
import type { LoadedCatalog, Surroundings } from '../surroundings.ts'

const ALL_RULES: readonly RuleFacts[] = [...RULES, ...SOURCE_RULES, IGNORE_RULE]

/** The levels that end with exit code 1, by the least that does. */
const FAIL_ON: Readonly<Record<string, readonly Level[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
}

export const command = defineCommand({
  name: 'lint',
  summary: 'Finds mistakes in catalogs, in their translations, and in the source code that throws them.',
  options: {
    locales: {
      type: 'string',
      multiple: true,
      value: 'PATH',
      help: 'translations beside those that the catalogs name',
    },
    ...SOURCES_OPTION,
    only: {
      type: 'string',
      value: 'WHAT',
      choices: ['catalog', 'locales', 'sources'],
      help: 'look there alone',
    },
    preset: { type: 'string', value: 'PRESET', choices: PRESETS, help: 'the levels to begin with' },
    rule: {
      type: 'string',
      multiple: true,
      value: 'ID=LEVEL',
      help: 'error, warning, info or off; * stands for any part of an id',
    },
    'fail-on': {
      type: 'string',
      value: 'LEVEL',
      choices: Object.keys(FAIL_ON),
      help: 'exit with 1 from this level on (error)',
    },
  },
  examples: [
    ['bizerror lint -c src/errors.ts', 'finds mistakes in the catalog and its translations'],
    ['bizerror lint --preset strict --fail-on warning', 'is content with nothing less than complete'],
    ["bizerror lint --rule 'style-*=warning' --only locales", 'looks at quotes and blanks, too'],
    ['bizerror lint -f github', 'shows the findings beside the code, in GitHub Actions'],
  ],
  async run(options, _, surroundings) {
    const { only, 'fail-on': failOn = 'error' } = options
    const { config } = surroundings
    const levels = levelsOf(ALL_RULES, options.preset ?? config.lint?.preset ?? 'recommended', [
      ...defaultsOf(config),
      ...Object.entries(config.lint?.rules ?? {}).map(([rule, level]): LevelOf => ({
        rule,
        level,
        origin: 'lint.rules',
      })),
      ...(options.rule ?? []).map(parseLevel),
    ])
    const sources = only === undefined || only === 'sources' ? (options.sources ?? config.sources ?? []) : []
    if (only === 'sources' && sources.length === 0) {
      throw new UsageError('No source code is named. Give --sources DIR, or "sources" in the config.')
    }
    const terms = compileTerms(config.lint?.terms ?? {})
    const loaded = await surroundings.catalogs({ asWritten: true })
    const subjects = loaded.map((each) => subjectFor(each, options.locales ?? []))
    const read =
      only === 'catalog' || only === 'sources' ? NOTHING : readTranslations(subjects, surroundings.cwd)
    const found = [
      ...withLines(
        lint({ subjects, ...read }, { levels, only, settings: { terms } }),
        subjects,
        surroundings,
      ),
      ...(sources.length === 0 ? [] : await findInSources(surroundings, sources, loaded)),
    ].flatMap((finding) => atLevel(finding, levels.get(finding.rule)))
    const isRun = ({ id, family }: RuleFacts): boolean =>
      levels.get(id) !== 'off' && (family === 'sources' ? sources.length > 0 : only === undefined)
    const findings = withoutIgnored(inOrder(found), config.lint?.ignore ?? [], ALL_RULES, levels, isRun)
    return surroundings.report(findings, {
      summary: summaryOf(findings, loaded, read),
      failOn: FAIL_ON[failOn]!,
    })
  },
})

const NOTHING: Read = { translations: [], languages: [], placeOf: () => undefined }

/** Where codegen is configured, keys become constants. */
function defaultsOf({ codegen = [] }: Config): readonly LevelOf[] {
  return codegen.length === 0 ? [] : [{ rule: 'key-numeric', level: 'warning', origin: 'codegen' }]
}

function subjectFor({ dump, file, locales, texts }: LoadedCatalog, given: readonly string[]): Subject {
  const catalog = catalogOf(dump)
  const own = given.map((path) => ({ catalog: dump.catalog, path }))
  const places = [...own, ...locales]
  return subjectOf(catalog, {
    file,
    places,
    texts: texts.length > 0 || places.length > 0 ? texts : textsOf(catalog),
  })
}

/** Those that a dump holds. */
function textsOf({ name, locales }: Catalog): readonly LocalesInCode[] {
  return isRecord(locales) ? [{ catalog: name, resources: locales }] : []
}

/** Tells where the error of a finding is defined, as far as its catalog's file shows it. */
function withLines(
  findings: readonly Finding[],
  subjects: readonly Subject[],
  { cwd }: Surroundings,
): readonly Finding[] {
  const lines = new Map(
    subjects.flatMap(({ file }) =>
      file === undefined || file.endsWith('.json')
        ? []
        : [[file, createLines(readFileSync(resolve(cwd, file), 'utf8'))]],
    ),
  )
  return findings.map((finding) => {
    const { file, key, line } = finding
    if (file === undefined || key === undefined || line !== undefined) return finding
    const position = lines.get(file)?.(key)
    return position === undefined ? finding : { ...finding, ...position }
  })
}

/** By file, as files were met; those of a file by line. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const files = new Map([...new Set(findings.map(({ file }) => file))].map((file, index) => [file, index]))
  return findings.toSorted(
    (a, b) =>
      files.get(a.file)! - files.get(b.file)! ||
      (a.line ?? Infinity) - (b.line ?? Infinity) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      0,
  )
}

/** What the rules of source code find. */
async function findInSources(
  surroundings: Surroundings,
  sources: readonly string[],
  loaded: readonly LoadedCatalog[],
): Promise<readonly Finding[]> {
  const scan = await scanCatalogs(surroundings, sources)
  const { sourceFindings } = await import('../../scan/source-findings.ts')
  return sourceFindings(
    scan,
    loaded.map(({ dump }) => dump),
  )
}

function atLevel(finding: Finding, level: string | undefined): readonly Finding[] {
  if (level === undefined || level === finding.level) return [finding]
  return level === 'off' ? [] : [{ ...finding, level: level as Level }]
}

/** In an installed package. */
const PAGES = 'node_modules/bizerror/examples/guide/lint/'

function summaryOf(
  findings: readonly Finding[],
  catalogs: readonly LoadedCatalog[],
  { translations }: Read,
): string {
  const names = catalogs.map(({ dump }) => dump.catalog).join(', ')
  const files = translations.filter(({ file }) => file !== undefined).length
  const looked =
    files === 0 ? names : `${names} and ${files} ${files === 1 ? 'file' : 'files'} of translations`
  return findings.length === 0
    ? `Nothing found in ${looked}.`
    : `${countOf(findings)} in ${looked}.\nWhat a rule means, and how to silence it: ${PAGES}<rule>.md`
}
