/** Appends a field name to a Vary header (RFC 9110, section 12.5.5): once, and not to `*`. */
export function appendVary(vary: string | undefined, name: string): string {
  if (!vary) return name
  const names = vary.split(',').map((part) => part.trim().toLowerCase())
  return names.includes('*') || names.includes(name.toLowerCase()) ? vary : `${vary}, ${name}`
}

/**
 * Appends the address of a page that helps to a Link header (RFC 8288, section 3.5, and `help` of the registry): once.
 */
export function appendHelp(link: string | undefined, address: string): string {
  // An address may not end the link.
  const target = address.toWellFormed().replace(/[^\x21-\x7e]|[<>"\\]/gu, encodeURIComponent)
  const help = `<${target}>; rel="help"`
  if (!link) return help
  return link.includes(help) ? link : `${link}, ${help}`
}

/**
 * Appends field names to an Access-Control-Expose-Headers header (Fetch standard, section 3.3.2): each once. `*` stays
 * as it is, and is no reason to leave a name out: for requests with credentials it is a name like others.
 */
export function appendExposed(current: string | undefined, names: readonly string[]): string {
  if (!current) return names.join(', ')
  const present = new Set(current.split(',').map((part) => part.trim().toLowerCase()))
  return [current, ...names.filter((name) => !present.has(name.toLowerCase()))].join(', ')
}
