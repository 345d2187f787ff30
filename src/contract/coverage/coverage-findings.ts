import { show } from '../../guard/setup-error.ts'
import { fingerprintOf, type Finding, type Level } from '../findings/finding.ts'
import type { CatalogCoverage, Coverage, CoveredError } from './covered.ts'

/** What a project demands of its tests. */
export interface CoverageDemand {
  /** Percent of the errors that tests have to get as an answer. */
  readonly min: number
  /** Whether each module has to reach it, or all errors together. */
  readonly per: 'code' | 'module'
}

/** Says what no test does, of one catalog. */
export function coverageFindings(
  coverage: CatalogCoverage,
  { min, per }: CoverageDemand,
): readonly Finding[] {
  const { catalog, languages } = coverage
  const parts: readonly (readonly [name: string, Coverage])[] =
    per === 'module'
      ? [...coverage.modules].map(([name, part]) => [name === '' ? 'No module' : `Module ${name}`, part])
      : [[`Catalog ${catalog}`, coverage]]
  return [
    ...parts
      .filter(([, { percent }]) => percent < min)
      .map(([name, { answered, errors, percent }]) =>
        finding(
          'coverage-below',
          'error',
          catalog,
          `${name}: tests get ${answered} of ${errors.length} errors as an answer, ${percent} %. ${min} % are demanded.`,
        ),
      ),
    ...coverage.errors.flatMap((error) => errorFindings(catalog, error)),
    ...(languages.length === 0
      ? []
      : [
          finding('coverage-language', 'info', catalog, `No test gets an answer in ${languages.join(', ')}.`),
        ]),
  ]
}

function errorFindings(catalog: string, { entry, reach }: CoveredError): readonly Finding[] {
  if (reach === 'answered') return []
  const { key, code } = entry
  const [rule, message] =
    reach === 'made'
      ? ['coverage-never-answered', 'Tests make it, and none gets it as an answer.']
      : ['coverage-never-made', 'No test makes it.']
  return [{ ...finding(rule, 'warning', catalog, message, show(key)), key, code }]
}

export function finding(
  rule: string,
  level: Level,
  catalog: string,
  message: string,
  ...parts: readonly unknown[]
): Finding {
  return { rule, level, message, catalog, fingerprint: fingerprintOf(rule, catalog, message, ...parts) }
}
