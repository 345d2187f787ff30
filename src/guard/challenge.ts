// RFC 9110, section 5.6.2 (token), 5.6.4 (quoted-string) and 11.2 (token68)
const TOKEN = String.raw`[!#$%&'*+\-.^_\`|~0-9A-Za-z]+`
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`
const TOKEN68 = String.raw`[\w.~+/-]+=*`

/**
 * One part of a list of challenges, with the comma after it (RFC 9110, section 11.6.1): `scheme`, `scheme token68`,
 * `scheme name=value`, or a further `name=value`.
 */
const PART = new RegExp(
  String.raw`[ \t]*(?:(?:(?<scheme>${TOKEN}) +)?(?<param>(?<name>${TOKEN})[ \t]*=[ \t]*(?:${TOKEN}|${QUOTED}))` +
    `|(?<bare>${TOKEN})(?: +(?<token>${TOKEN68}))?)?` +
    String.raw`[ \t]*(?:,|$)`,
  'y',
)

/** The params that say how to log in. */
const LOGIN_PARAMS = new Set([
  'realm', // RFC 9110, section 11.5
  'charset', // RFC 7617, section 2.1
  'algorithm', // RFC 7616, section 3.3
  'domain',
  'nonce',
  'opaque',
  'qop',
  'userhash',
  'scope', // RFC 6750, section 3
  'algs', // RFC 9449, section 5.1
  'resource_metadata', // RFC 9728, section 5.1
])

/** The schemes of several steps, whose token is the next one (RFC 4559, section 4.2). */
const STEPWISE = new Set(['negotiate', 'ntlm'])

/**
 * Returns what a WWW-Authenticate says of how to log in, without why the last try failed (`error="invalid_token"` of
 * RFC 6750, section 3, which only SHOULD be sent): the causes of a 401 stay one to the client.
 *
 * @returns undefined when the header is not a list of challenges
 */
export function loginPartOf(challenges: string): string | undefined {
  const kept: string[] = []
  // Params belong to the scheme before them.
  let current: string | undefined
  let hasParams = false
  PART.lastIndex = 0
  while (PART.lastIndex < challenges.length) {
    const groups = PART.exec(challenges)?.groups
    if (groups === undefined) return undefined
    const { scheme, bare, token, param, name } = groups
    if (scheme !== undefined || bare !== undefined) {
      if (current !== undefined) kept.push(current)
      const isStep = token !== undefined && STEPWISE.has(bare!.toLowerCase())
      current = isStep ? `${bare} ${token}` : (scheme ?? bare)
      hasParams = false
    }
    if (param === undefined) continue
    if (current === undefined) return undefined
    if (!LOGIN_PARAMS.has(name!.toLowerCase())) continue
    current += `${hasParams ? ', ' : ' '}${param}`
    hasParams = true
  }
  if (current !== undefined) kept.push(current)
  return kept.length === 0 ? undefined : kept.join(', ')
}
