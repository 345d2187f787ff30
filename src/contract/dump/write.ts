import { isArray, isRecord } from '../../guard/read.ts'
import type { Dump } from './dump.ts'

/** The text of a dump's file: what is short stands on a line of its own, so that a change can be reviewed. */
export function writeDump(dump: Dump): string {
  return `${written(dump, '')}\n`
}

const MAX_LINE = 100

function written(value: unknown, indent: string): string {
  const short = onOneLine(value)
  // The file itself, and its lists of modules and entries, are never one line.
  if (indent.length >= 4 && indent.length + short.length <= MAX_LINE) return short
  const deeper = `${indent}  `
  if (isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((each) => deeper + written(each, deeper)).join(',\n')}\n${indent}]`
  }
  if (!isRecord(value)) return short
  const members = Object.entries(value)
  if (members.length === 0) return '{}'
  return `{\n${members.map(([name, each]) => `${deeper}${JSON.stringify(name)}: ${written(each, deeper)}`).join(',\n')}\n${indent}}`
}

/** JSON with blanks between members, as Prettier has it. */
function onOneLine(value: unknown): string {
  if (isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${onOneLine(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
