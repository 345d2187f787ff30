import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** The part of vitest's JSON report that is used. */
export interface Report {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages?: readonly string[]
      readonly meta?: { readonly node?: string }
    }[]
  }[]
}

const SHOWN_FAILURES = 20
const SHOWN_LINES = 12

/** Reads what vitest has written, if it came to that. */
export function readReport(file: string): Report | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined
}

/** Tells how many tests passed. */
export function countsOf(report: Report | undefined): string {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = report ?? {}
  return `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`
}

/**
 * Prints the first failures of a run.
 *
 * @param output - what the run printed. Tests that all pass may still leave an unhandled error behind, of which the
 * report says nothing.
 */
export function printFailures(report: Report | undefined, root: string, output: string): void {
  const failures = report ? failuresOf(report, root) : []
  if (failures.length === 0) console.log(stripVTControlCharacters(output))
  for (const failure of failures.slice(0, SHOWN_FAILURES)) console.log(failure)
  if (failures.length > SHOWN_FAILURES) console.log(`  … and ${failures.length - SHOWN_FAILURES} more.`)
}

function failuresOf({ testResults }: Report, root: string): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [`  ${file}\n${indent(message)}`]
    return failed.map(
      ({ fullName, failureMessages = [] }) => `  ${file}: ${fullName}\n${indent(failureMessages.join('\n'))}`,
    )
  })
}

function indent(text: string): string {
  const lines = stripVTControlCharacters(text).split('\n').slice(0, SHOWN_LINES)
  return lines.map((line) => `    ${line}`).join('\n')
}
