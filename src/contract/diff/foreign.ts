import type { Code } from '../../catalog/code.ts'
import { CONDITIONS, isCondition } from '../../catalog/condition.ts'
import { nearestStatus } from '../../catalog/http-status.ts'
import { getOrMake } from '../../guard/memo.ts'
import type { Dump, DumpForeign, DumpForeignAnswer } from '../dump/dump.ts'
import { listed, said } from './change.ts'
import { isAlways200, type Comparison } from './comparison.ts'

/** Tells which foreign errors have another code. That an error has another code itself is told there. */
export function compareForeign(comparison: Comparison): void {
  compareTable(comparison, 'byStatus', 'foreign-status')
  compareTable(comparison, 'byCondition', 'foreign-condition')
}

function compareTable(
  comparison: Comparison,
  table: keyof DumpForeign,
  rule: 'foreign-status' | 'foreign-condition',
): void {
  const { old, next, tell } = comparison
  const isSame = createIsSame(comparison)
  const [oldLabel, nextLabel] = [createLabel(old), createLabel(next)]
  const groups = new Map<string, { readonly names: string[]; readonly was: string; readonly is: string }>()
  for (const [name, before] of Object.entries(old.foreign[table])) {
    const after = answerOf(next, table, name)
    // A condition that this version of the package does not know any more.
    if (after === undefined || isSame(before, after)) continue
    if (table === 'byCondition' && followsStatus(old, name, before) && followsStatus(next, name, after))
      continue
    const isOtherStatus = before.status !== after.status
    const [was, is] = [oldLabel(before, isOtherStatus), nextLabel(after, isOtherStatus)]
    getOrMake(groups, `${was}, ${is}`, () => ({ names: [], was, is })).names.push(name)
  }
  for (const { names, was, is } of groups.values()) {
    const which = table === 'byStatus' ? 'of status' : 'for'
    const message = `foreign errors ${which} ${listed(names)} have ${is}, had ${was}`
    tell(rule, 'breaking', message, { before: { names, answer: was }, after: { names, answer: is } })
  }
}

function answerOf({ foreign }: Dump, table: keyof DumpForeign, name: string): DumpForeignAnswer | undefined {
  return Object.hasOwn(foreign[table], name) ? foreign[table][name] : undefined
}

/** Whether a condition is answered as its status, or the class of it: then what has become of that is told. */
function followsStatus(dump: Dump, condition: string, { code }: DumpForeignAnswer): boolean {
  if (!isCondition(condition)) return false
  const status = CONDITIONS[condition]
  const answer =
    answerOf(dump, 'byStatus', String(status)) ?? answerOf(dump, 'byStatus', String(nearestStatus(status)))
  return answer?.code === code
}

/** Whether two answers are the same to clients but for what is told of their errors. */
function createIsSame({
  next,
  pairs,
}: Comparison): (was: DumpForeignAnswer, is: DumpForeignAnswer) => boolean {
  const nextCodes = new Map(pairs.kept.map((pair) => [pair.old.code, pair.next.code]))
  const isStatusSent = !isAlways200(next)
  return (was, is) => {
    if (was.key !== undefined && is.key !== undefined && pairs.nextKey.get(was.key) === is.key) return true
    if (isStatusSent && was.status !== is.status) return false
    return was.code === is.code || nextCodes.get(was.code) === is.code
  }
}

/** Says an answer in words that those to many statuses have in common. */
function createLabel({ entries }: Dump): (answer: DumpForeignAnswer, withStatus: boolean) => string {
  const codes = new Set<Code>(entries.map(({ code }) => code))
  return ({ code, status }, withStatus) => {
    const own = typeof code === 'number' ? 'the number of the status' : 'the words of the status'
    return `${codes.has(code) ? `the code ${said(code)}` : own}${withStatus ? ` and status ${status}` : ''}`
  }
}
