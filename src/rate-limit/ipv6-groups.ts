/** Returns the eight numbers of a valid IPv6 address. It reads each letter once, since every request comes this way. */
export function groupsOf(address: string): readonly number[] {
  const end = address.indexOf('%')
  const unzoned = end === -1 ? address : address.slice(0, end)
  const text = unzoned.includes('.') ? undotted(unzoned) : unzoned
  const beforeGap: number[] = []
  const afterGap: number[] = []
  let groups = beforeGap
  let group = 0
  for (let index = 0; index < text.length; index++) {
    const letter = text.charCodeAt(index)
    if (letter !== COLON) {
      group = group * 16 + valueOfHex(letter)
      continue
    }
    groups.push(group)
    group = 0
    if (text.charCodeAt(index + 1) !== COLON) continue
    groups = afterGap
    index++
  }
  groups.push(group)
  while (beforeGap.length + afterGap.length < 8) beforeGap.push(0)
  return beforeGap.concat(afterGap)
}

const COLON = 0x3a

function valueOfHex(letter: number): number {
  // 0 to 9, else a to f in either case.
  return letter <= 0x39 ? letter - 0x30 : (letter | 0x20) - 0x57
}

/** Rewrites the dotted end of an address such as `::ffff:1.2.3.4` as two groups. */
function undotted(address: string): string {
  const start = address.lastIndexOf(':') + 1
  const [a = 0, b = 0, c = 0, d = 0] = address.slice(start).split('.').map(Number)
  return `${address.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}
