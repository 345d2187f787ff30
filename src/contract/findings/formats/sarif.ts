import type { Finding } from '../finding.ts'
import { GRAVITY } from '../levels.ts'
import type { Report } from '../report.ts'

/** Findings as SARIF 2.1.0, for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif({ findings }: Report, version: string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'bizerror', version, rules: rules.map((id) => ({ id })) } },
        results: findings.map((finding) => resultOf(finding, rules)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function resultOf(finding: Finding, rules: readonly string[]): object {
  const { rule, level, message, file, key, catalog, fingerprint } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: GRAVITY[level],
    message: {
      text: key === undefined ? message : `${catalog === undefined ? '' : `${catalog} `}${key}: ${message}`,
    },
    locations: file === undefined ? [] : [locationOf(file, finding)],
    partialFingerprints: { 'bizerror/v1': fingerprint },
  }
}

function locationOf(file: string, { line, column }: Finding): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      ...(line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } }),
    },
  }
}
