import type { Dump } from '../dump/dump.ts'
import type { Finding } from '../findings/finding.ts'
import { finding } from './coverage-findings.ts'
import type { Fact } from './facts.ts'
import { operationsAt, type Operation } from './operations.ts'

/** Says which codes a route answered in tests that its operation in the OpenAPI document does not name. */
export function operationFindings(
  dump: Dump,
  facts: readonly Fact[],
  operations: readonly Operation[],
): readonly Finding[] {
  const entries = new Map(dump.entries.map((entry) => [entry.key, entry]))
  const found = new Map<string, Finding>()
  for (const { fact, catalog, key, as, status, method, route } of facts) {
    const entry = entries.get(as ?? key)
    if (fact !== 'answered' || catalog !== dump.catalog || entry === undefined) continue
    if (method === undefined || route === undefined) continue
    const named = operationsAt(operations, method, route)
    const { code } = entry
    if (named.some((operation) => operation.names(code, status))) continue
    const [only] = named
    const told =
      only === undefined
        ? finding(
            'coverage-operation-missing',
            'warning',
            catalog,
            `${method} ${route} answers with errors, and the document has no such operation.`,
          )
        : Object.assign(
            finding(
              'coverage-operation',
              'error',
              catalog,
              `${method} ${only.path} answered with it, and the operation does not name it.`,
              code,
            ),
            { key: entry.key, code },
          )
    found.set(told.fingerprint, told)
  }
  return [...found.values()]
}
