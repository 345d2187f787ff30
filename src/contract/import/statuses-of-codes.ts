import type { Draft } from './draft.ts'
import { isRegisteredError } from './statuses.ts'
import { remark, type Remark } from './table.ts'

/**
 * Reads the status from the digits of codes, where all of them have it: `404` is one, and `40401` begins with one.
 * One code that does not, or that has another status in the table, shows that digits say nothing here.
 */
export function readDigits(drafts: readonly Draft[], add: (found: Omit<Remark, 'file'>) => void): void {
  const open = drafts.filter(({ status, code }) => status === undefined && code !== undefined)
  const found = new Map<Draft, number>()
  for (const draft of open) {
    const status = statusIn(draft.code)
    if (status === undefined) return
    found.set(draft, status)
  }
  const contradicts = drafts.some(({ code, status }) => {
    const read = statusIn(code)
    return status !== undefined && status !== 200 && read !== undefined && read !== status
  })
  if (contradicts || found.size === 0) return
  for (const [draft, status] of found) draft.status = status
  for (const isWhole of [true, false]) {
    const read = [...found].filter(([{ code }]) => (String(code).length === 3) === isWhole)
    const first = read.find(([, status]) => status !== 200) ?? read[0]
    if (first === undefined) continue
    const [{ code, line }, status] = first
    const how = isWhole ? 'the codes themselves' : 'the first three digits of the codes'
    const count = read.length === 1 ? 'The status of 1 error is' : `The statuses of ${read.length} errors are`
    add(remark('status-from-digits', line, `${count} read from ${how}: ${code} → ${status}.`, 'note'))
  }
}

function statusIn(code: Draft['code']): number | undefined {
  const text = String(code)
  if (!/^(?:\d{3}|\d{5,8})$/.test(text)) return undefined
  const status = Number(text.slice(0, 3))
  return isRegisteredError(status) || text === '200' ? status : undefined
}
