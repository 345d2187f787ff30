import { isArray, isRecord } from '../../guard/read.ts'
import type { Dump } from './dump.ts'

/** The text of a dump's file. */
export function writeDump(dump: Dump): string {
  return writeJson(dump)
}

/** The text of a file, as Prettier would have it: a change of a text is a change of one line. */
export function writeJson(value: object): string {
  return `${written(value, '', '')}\n`
}

const MAX_WIDTH = 80

/** @param before - what stands on the line already */
function written(value: unknown, indent: string, before: string): string {
  const deeper = `${indent}  `
  if (isArray(value)) {
    const items = value.map((each) => written(each, deeper, deeper))
    // One line for each of several that have members themselves.
    const isList = value.length > 1 && value.every((each) => sizeOf(each) > 1)
    return (isList ? undefined : onOneLine('[', items, ']', before)) ?? onLines('[', items, ']', indent)
  }
  if (!isRecord(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, each]) => {
    const key = `${JSON.stringify(name)}: `
    return key + written(each, deeper, deeper + key)
  })
  // The file itself, its modules, its entries and its tables are never one line.
  const isFlat = indent.length >= 4 && members.length > 0
  return (
    (isFlat || members.length === 0 ? onOneLine('{', members, '}', before) : undefined) ??
    onLines('{', members, '}', indent)
  )
}

function sizeOf(value: unknown): number {
  return isArray(value) ? value.length : isRecord(value) ? Object.keys(value).length : 0
}

function onOneLine(
  open: string,
  items: readonly string[],
  close: string,
  before: string,
): string | undefined {
  if (items.length === 0) return open + close
  if (items.some((item) => item.includes('\n'))) return undefined
  const blank = open === '{' ? ' ' : ''
  const line = `${open}${blank}${items.join(', ')}${blank}${close}`
  // A comma may follow.
  return widthOf(before + line) < MAX_WIDTH ? line : undefined
}

function onLines(open: string, items: readonly string[], close: string, indent: string): string {
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`
}

// Shown in two columns: https://www.unicode.org/reports/tr11/
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/g
const NARROW = /^[\u0020-\u0FFF]*$/

function widthOf(line: string): number {
  return NARROW.test(line) || line.length > MAX_WIDTH
    ? line.length
    : line.length + (line.match(WIDE)?.length ?? 0)
}
