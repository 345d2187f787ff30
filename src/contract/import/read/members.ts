import type { Role } from '../table.ts'
import { WORDS } from '../words.ts'
import { memberName } from './tree.ts'

const ORDER: readonly Role[] = ['status', 'code', 'message', 'action', 'description', 'title']

/** What a field or parameter of a program holds: `errCode`, `httpStatus`, `msg`, `desc`. */
export function memberRole(name: string): Role | undefined {
  const plain = memberName(name.replace(/^_+|_+$/g, ''))
  const words = WORDS['en']!
  const sure = ORDER.find((role) =>
    (role === 'code' ? words.code!.slice(0, 18) : words[role]!).includes(plain),
  )
  return sure ?? GUESSES.find(([, pattern]) => pattern.test(plain))?.[0]
}

const GUESSES: readonly (readonly [role: Role, words: RegExp])[] = [
  ['code', /\bcode\b|errno|^value$|^number$/],
  ['action', /\b(?:tips?|hint|advice|suggest\w*|solution)\b/],
  ['message', /\bmsg\b|message/],
]
