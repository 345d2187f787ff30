import { appendFileSync } from 'node:fs'
import { github } from '../findings/formats/github.ts'
import { human } from '../findings/formats/human.ts'
import { json } from '../findings/formats/json.ts'
import { markdown } from '../findings/formats/markdown.ts'
import { sarif } from '../findings/formats/sarif.ts'
import { exitCodeOf, type Report } from '../findings/report.ts'
import type { Config } from './config.ts'
import { findCatalogs } from './find-catalogs.ts'
import type { Loader } from './load/loader.ts'
import { readFile, writeFiles } from './output.ts'
import type { Format, LoadedCatalog, Surroundings } from './surroundings.ts'
import type { Terminal } from './terminal.ts'

/** What a command line says, checked. */
export interface Said {
  readonly command: string
  /** Of this package. */
  readonly version: string
  readonly cwd: string
  readonly config: Config
  readonly loader: Loader
  readonly terminal: Terminal
  readonly format: Format
  readonly quiet: boolean
  readonly noColor: boolean
  readonly catalogs: readonly string[]
}

/** Steps of long work that are not told: a terminal shows so many in a second. */
const MS_BETWEEN_STEPS = 100

/** Makes what the commands have in common. */
export function createSurroundings(said: Said): Surroundings {
  const { command, version, cwd, config, loader, terminal, format, quiet, noColor } = said
  const colors = terminal.colors && !noColor
  let loaded: Promise<readonly LoadedCatalog[]> | undefined
  let shownAt = 0

  function note(text: string): void {
    if (!quiet) terminal.err(`${text}\n`)
  }

  function printReport(report: Report): void {
    const { out } = terminal
    if (format === 'json') out(json(report))
    else if (format === 'sarif') out(sarif(report, version))
    else if (format === 'markdown') out(pageOf(report))
    else if (format === 'github') {
      out(github(report))
      addToSummary(pageOf(report))
    } else out(report.pages?.human(colors) ?? human(report, colors))
  }

  /** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary */
  function addToSummary(text: string): void {
    const file = terminal.env['GITHUB_STEP_SUMMARY']
    if (file === undefined || file === '') return
    try {
      appendFileSync(file, `${text}\n`)
    } catch (error) {
      note(`The summary of the job was not written: ${String(error)}`)
    }
  }

  return {
    cwd,
    format,
    colors,
    quiet,
    config,
    catalogs: ({ asWritten = false } = {}) =>
      (loaded ??= findCatalogs(said.catalogs, cwd, config, loader, note, asWritten)),
    report(findings, rest) {
      const report = { command, findings, ...rest }
      printReport(report)
      return exitCodeOf(report)
    },
    print: terminal.out,
    note,
    progress(done, all, what) {
      if (quiet || performance.now() - shownAt < MS_BETWEEN_STEPS) return
      shownAt = performance.now()
      terminal.showProgress(`${what} ${done}/${all}`)
    },
    write(files, { check, differences, remedy }) {
      const stdout = files.get('-')
      if (stdout !== undefined) terminal.out(stdout)
      const others = new Map([...files].filter(([path]) => path !== '-'))
      if (!check) {
        writeFiles(cwd, others)
        return 0
      }
      let code: 0 | 1 = 0
      for (const [path, made] of others) {
        const written = readFile(cwd, path)
        const differs =
          written === undefined
            ? ['is not there']
            : (differences?.(written, made) ?? (written === made ? [] : ['differs']))
        if (differs.length === 0) continue
        code = 1
        terminal.out(`${path} ${differs.join('; ')}. ${remedy}\n`)
      }
      return code
    },
  }
}

function pageOf(report: Report): string {
  return report.pages?.markdown() ?? markdown(report)
}
