import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/contract/findings/finding.ts'
import { github } from '../../../src/contract/findings/formats/github.ts'
import { human } from '../../../src/contract/findings/formats/human.ts'
import { json } from '../../../src/contract/findings/formats/json.ts'
import { markdown } from '../../../src/contract/findings/formats/markdown.ts'
import { sarif } from '../../../src/contract/findings/formats/sarif.ts'
import { exitCodeOf, type Report } from '../../../src/contract/findings/report.ts'

const FINDINGS: readonly Finding[] = [
  {
    rule: 'text-entity',
    level: 'warning',
    message: 'The message holds &amp;, 100%: write it out',
    catalog: 'shop',
    key: 'GONE',
    code: 10003,
    file: 'locales/de/my shop.json',
    line: 3,
    column: 17,
    fingerprint: '0123456789ab',
  },
  {
    rule: 'code-removed',
    level: 'breaking',
    message: 'was not deprecated before\nat all | @someone <b>',
    catalog: 'shop',
    key: 10004,
    code: 10004,
    fingerprint: 'ba9876543210',
  },
]
const REPORT: Report = {
  command: 'lint',
  findings: FINDINGS,
  summary: '1 breaking, 1 warning',
  failOn: ['breaking'],
}

describe('findings', () => {
  test('for a terminal stand in columns under their file, controls shown', () => {
    const text = human(
      {
        ...REPORT,
        findings: [...FINDINGS, { ...FINDINGS[0]!, line: 12, message: 'a\u001B[2Jb\u202E', key: 'A' }],
      },
      false,
    )
    expect(text).toMatchInlineSnapshot(`
      "locales/de/my shop.json
        3:17   warning  GONE (10003)  text-entity  The message holds &amp;, 100%: write it out
        12:17  warning  A (10003)     text-entity  a\\u001b[2Jb\\u202e

      breaking  10004  code-removed  was not deprecated before at all | @someone <b>  ba9876543210

      1 breaking, 1 warning
      "
    `)
  })

  test('for a terminal have colors where these are wanted', () => {
    expect(human(REPORT, true)).toContain('\u001B[31mbreaking')
    expect(human(REPORT, false)).not.toContain('\u001B')
  })

  test('for programs are one JSON value', () => {
    expect(JSON.parse(json(REPORT))).toEqual({
      command: 'lint',
      ok: false,
      summary: '1 breaking, 1 warning',
      findings: FINDINGS,
    })
  })

  test('for GitHub are escaped, the gravest first', () => {
    expect(github(REPORT)).toBe(
      [
        '::error title=code-removed (bizerror lint)::shop 10004: was not deprecated before%0Aat all | @someone <b> [ba9876543210]',
        '::warning file=locales/de/my shop.json,line=3,col=17,title=text-entity (bizerror lint)::shop GONE: The message holds &amp;, 100%25: write it out',
        '1 breaking, 1 warning',
        '',
      ].join('\n'),
    )
  })

  test.each(['breaking', 'risky'] as const)('for GitHub show code and fingerprint of what is %s', (level) => {
    const change = { ...FINDINGS[1]!, level, message: '409 is 410', key: 'SOLD_OUT', code: 10002 }
    expect(github({ ...REPORT, findings: [change] })).toContain(
      '::shop SOLD_OUT (10002): 409 is 410 [ba9876543210]\n',
    )
  })

  test('for GitHub are ten of each level, and one line for the rest', () => {
    const many = Array.from({ length: 41 }, () => FINDINGS[0]!)
    const lines = github({ ...REPORT, findings: [...many, FINDINGS[1]!] })
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(13)
    expect(lines[0]).toMatch(/^::error /)
    expect(lines[11]).toBe(
      '::notice title=bizerror lint::And 31 more: they stand in the summary of this job.',
    )
  })

  test('as SARIF have a place, a level and what tells them apart', () => {
    const log = JSON.parse(sarif(REPORT, '1.2.3')) as {
      readonly runs: readonly [{ readonly results: unknown }]
    }
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'bizerror', version: '1.2.3' } } }],
    })
    expect(log.runs[0].results).toEqual([
      {
        ruleId: 'text-entity',
        ruleIndex: 0,
        level: 'warning',
        message: { text: 'shop GONE: The message holds &amp;, 100%: write it out' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'locales/de/my%20shop.json' },
              region: { startLine: 3, startColumn: 17 },
            },
          },
        ],
        partialFingerprints: { 'bizerror/v1': '0123456789ab' },
      },
      {
        ruleId: 'code-removed',
        ruleIndex: 1,
        level: 'error',
        message: { text: 'shop 10004: was not deprecated before\nat all | @someone <b>' },
        locations: [],
        partialFingerprints: { 'bizerror/v1': 'ba9876543210' },
      },
    ])
  })

  test('as Markdown are a table in which nothing is read as Markdown, and nobody is called', () => {
    expect(markdown(REPORT)).toMatchInlineSnapshot(`
      "### bizerror lint

      | level | error | rule | what | where |
      | --- | --- | --- | --- | --- |
      | breaking | 10004 | \`code-removed\` | was not deprecated before at all \\| @​someone &lt;b&gt; |  |
      | warning | GONE | \`text-entity\` | The message holds &amp;amp;, 100%: write it out | locales/de/my shop.json:3 |

      1 breaking, 1 warning
      "
    `)
  })

  test.each([
    [['breaking'], 1],
    [['error'], 0],
    [[], 0],
  ] as const)('with --fail-on %j end with %i', (failOn, code) => {
    expect(exitCodeOf({ findings: FINDINGS, failOn })).toBe(code)
  })
})
