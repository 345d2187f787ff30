import type { Code } from '../../../catalog/code.ts'
import { getOrMake } from '../../../guard/memo.ts'
import { show } from '../../../guard/setup-error.ts'
import { levels, OFF, type Found, type Rule } from '../rule.ts'
import type { Subject } from '../subject.ts'

export const CODE_RULES: readonly Rule[] = [
  {
    id: 'challenge-missing',
    family: 'catalog',
    levels: levels('warning'),
    what: 'An error of status 401 has no challenge, and its catalog has none.',
    why: 'A 401 must have a WWW-Authenticate header, which says how to authenticate (RFC 9110, section 15.5.2).',
    of: 'entry',
    check: ({ status, challenge }, { catalog }) =>
      status === 401 && challenge === undefined && catalog.challenge === undefined
        ? "is a 401 without WWW-Authenticate. Give the catalog a challenge, such as 'Bearer'."
        : undefined,
  },
  {
    id: 'entry-same-message',
    family: 'catalog',
    levels: levels('warning'),
    what: 'Two errors have the same message.',
    why: 'People who read the message cannot tell them apart. Those of status 401 should not be told apart.',
    of: 'catalog',
    check: sameMessages,
  },
  {
    id: 'foreign-code-style',
    family: 'catalog',
    levels: levels('warning'),
    what: 'Some codes are numbers and others are words: those of the catalog, or those that foreign errors get.',
    why: 'Clients in Go or Java read the code as a number or as a text, and not as both.',
    of: 'catalog',
    check: mixedCodes,
  },
  {
    id: 'key-numeric',
    family: 'catalog',
    levels: OFF,
    what: 'The key of an error is a number. A warning where codegen is configured.',
    why: 'Constants in other languages are named after keys: a number becomes E10002, which says nothing.',
    of: 'entry',
    check: ({ key }) =>
      typeof key === 'number'
        ? `becomes the constant E${String(key).replace('-', '_')} in other languages. Name it by a word: SOLD_OUT: { code: ${key}, … }.`
        : undefined,
  },
  {
    id: 'code-path-unsafe',
    family: 'catalog',
    levels: levels('info'),
    what: 'A code cannot stand in an address as it is, or stands for two errors there.',
    why: 'Its page, and docsUrl, have the code in their address: it is encoded there, and hard to read and to type.',
    of: 'catalog',
    check: unsafePaths,
  },
]

function* sameMessages({ entries }: Subject): Iterable<Found> {
  const first = new Map<string, Code>()
  for (const entry of entries) {
    if (entry.isSuccess || entry.status === 401) continue
    const known = first.get(entry.message)
    if (known === undefined) first.set(entry.message, entry.key)
    else yield { entry, message: `has the message of ${known}. Say in each what only it means.` }
  }
}

/** Statuses that every app meets without a line of its own. */
const COMMON = [400, 404, 405, 413, 415, 429, 500, 503]

function* mixedCodes({ entries, catalog }: Subject): Iterable<Found> {
  const errors = entries.filter(({ isSuccess }) => !isSuccess)
  const words = errors.filter(({ code }) => typeof code === 'string')
  const [word] = words
  if (word === undefined) return
  const number = errors.find(({ code }) => typeof code === 'number')
  if (number !== undefined) {
    yield {
      message: `the catalog has codes that are numbers, such as ${number.code}, and others that are texts, such as ${show(word.code)}. Give all of them one type.`,
    }
    return
  }
  if (!words.every(({ code }) => /^-?\d+$/.test(String(code)))) return
  const generic = COMMON.map((status) => catalog.forStatus(status)).find(
    ({ code }) => catalog.byCode(code).length === 0,
  )
  if (generic === undefined) return
  yield {
    message: `the catalog has codes of digits, such as ${show(word.code)}, but foreign errors of status ${generic.status} get ${show(generic.code)}. Name errors for 400 and 500 in foreign.byStatus.`,
  }
}

function* unsafePaths({ entries }: Subject): Iterable<Found> {
  const types = new Map<string, Set<string>>()
  for (const entry of entries) {
    const text = String(entry.code)
    if (encodeURIComponent(text) !== text || /^\.+$/.test(text)) {
      yield {
        entry,
        message: `has the code ${show(entry.code)}, which an address has as ${encodeURIComponent(text)}. Letters, digits, - and _ stand there as they are.`,
      }
    }
    const known = getOrMake(types, text, () => new Set())
    if (known.add(typeof entry.code).size > 1) {
      yield {
        entry,
        message: `has the code ${show(entry.code)}, beside one of the other type: both have one address.`,
      }
    }
  }
}
