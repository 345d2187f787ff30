/** Where a member of an object stands in a text. */
export interface Member {
  readonly name: string
  /** Of its name. */
  readonly start: number
  readonly valueStart: number
  readonly valueEnd: number
}

/**
 * Finds the members of an object in a text that is JSON, in the order in which they are written.
 *
 * @param object - where its brace stands
 */
export function membersAt(text: string, object: number): readonly Member[] {
  const members: Member[] = []
  let at = skipSpace(text, object + 1)
  while (text[at] !== '}') {
    const nameEnd = endOfText(text, at)
    const valueStart = skipSpace(text, skipSpace(text, nameEnd) + 1)
    const valueEnd = endOfValue(text, valueStart)
    members.push({ name: JSON.parse(text.slice(at, nameEnd)) as string, start: at, valueStart, valueEnd })
    at = skipSpace(text, valueEnd)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return members
}

/** Where a value ends that begins here. Values may stand inside each other as deep as they like. */
export function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfText(text, start)
  if (text[start] !== '{' && text[start] !== '[') {
    END_OF_WORD.lastIndex = start
    return END_OF_WORD.exec(text)?.index ?? text.length
  }
  let depth = 0
  for (let at = start; ; at++) {
    const char = text[at]
    if (char === '"') at = endOfText(text, at) - 1
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1
  }
}

const END_OF_WORD = /[\s,\]}]/g

function endOfText(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return at
}
