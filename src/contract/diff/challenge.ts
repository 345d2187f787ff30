import type { DiffLevel } from './change.ts'
import type { RuleId } from './rules.ts'

/** What another WWW-Authenticate does to clients. */
export interface ChallengeChange {
  readonly rule: RuleId
  readonly level: DiffLevel
  readonly message: string
}

/** Compares two values of WWW-Authenticate (RFC 9110, section 11.6.1) by their schemes: a client that knows one can log in. */
export function challengeChange(
  before: string | undefined,
  after: string | undefined,
): ChallengeChange | undefined {
  const [olds, nexts] = [schemesOf(before), schemesOf(after)]
  const gone = [...olds.keys()].filter((scheme) => !nexts.has(scheme))
  const come = [...nexts.keys()].filter((scheme) => !olds.has(scheme))
  if (gone.length > 0) {
    const now = after === undefined ? 'gone' : after
    return { rule: 'challenge-removed', level: 'breaking', message: `WWW-Authenticate: ${before} is ${now}` }
  }
  if (come.length > 0) {
    const message = `WWW-Authenticate: ${before === undefined ? '' : `${before} is `}${after}`
    return { rule: 'challenge-added', level: 'safe', message }
  }
  const isSame = [...olds].every(([scheme, params]) => nexts.get(scheme) === params)
  return isSame
    ? undefined
    : { rule: 'challenge', level: 'risky', message: `WWW-Authenticate: ${before} is ${after}` }
}

// A comma that stands in no quoted string.
const COMMA = /,(?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*$)/
const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+/

/** The schemes of a list of challenges in lower case, each with its params as they are written. */
function schemesOf(challenges: string | undefined): ReadonlyMap<string, string> {
  const schemes = new Map<string, string>()
  let current = ''
  for (const part of (challenges ?? '').split(COMMA).map((part) => part.trim())) {
    const [token] = TOKEN.exec(part) ?? []
    if (token === undefined) continue
    const rest = part.slice(token.length).trim()
    if (rest.startsWith('=') && current !== '') {
      schemes.set(current, `${schemes.get(current)}, ${part}`)
    } else {
      current = token.toLowerCase()
      schemes.set(current, rest)
    }
  }
  return schemes
}
