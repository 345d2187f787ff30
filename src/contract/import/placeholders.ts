import { placeholders } from '../../catalog/template.ts'

/** A text with its placeholders as a catalog writes them. */
export interface Filled {
  readonly text: string
  /** What became a placeholder, as it was written. */
  readonly changed: readonly string[]
  /** What may be one and stays as it is, and why. */
  readonly unclear?: string
}

// printf: https://pubs.opengroup.org/onlinepubs/9799919799/functions/printf.html, with what Go, Java and Python add.
// Without a blank as a flag: `100% discount`.
const PRINTF =
  /[%％](?:%|(\d{1,2})\$)?(?<named>\([A-Za-z_]\w{0,40}\))?[-+#0]{0,3}\d{0,4}(?:\.\d{1,4})?(?:hh|h|ll|l|q|z|j|t|L)?[sdifuxXoeEgGcvqpbTtUwn@](?![A-Za-z]{2})/g
// MessageFormat, Python and .NET, SLF4J
const BRACES = /(?<![{$\\])\{(?:(\d{1,2}|[A-Za-z_]\w{0,60})(?:[,:][^{}]{0,60})?)?\}(?!\})/g
const SHELL = /\$\{([A-Za-z_]\w{0,60})\}/g

/** How texts write placeholders, where only the file tells: MessageFormat doubles its apostrophes. */
export interface Dialect {
  readonly isMessageFormat: boolean
}

/** Turns `%s`, `{0}`, `{name}` and `${name}` into `{{…}}`. */
export function toPlaceholders(text: string, { isMessageFormat }: Dialect): Filled {
  const changed: string[] = []
  if (/\{\s*\w+\s*,\s*(?:choice|plural|select|selectordinal)\s*,/.test(text)) {
    return {
      text,
      changed,
      unclear: 'holds a choice between texts. Write one text, or plural forms in the locale files',
    }
  }
  if (text.includes('{{')) {
    const wrong = badPlaceholder(text)
    return wrong === undefined ? { text, changed } : { text, changed, unclear: wrong }
  }
  let next = 0
  // One name would stand for two places.
  const numberings = new Set<'counted' | 'printf' | 'braces'>()
  let unclear: string | undefined
  const take = (whole: string, name: string): string => {
    changed.push(whole)
    return `{{${name}}}`
  }
  let filled = text.replaceAll(PRINTF, (whole: string, ...args: readonly unknown[]) => {
    const offset = args.at(-3) as number
    if (whole.startsWith('%%')) return whole
    if (/\d$/.test(text.slice(Math.max(0, offset - 1), offset))) {
      unclear ??= `holds ${whole} behind a number, which may be a percentage`
      return whole
    }
    const position = args[0] as string | undefined
    const named = /\(([A-Za-z_]\w*)\)/.exec(whole)?.[1]
    if (named !== undefined) return take(whole, named)
    numberings.add(position === undefined ? 'counted' : 'printf')
    return take(whole, `p${position === undefined ? next++ : Number(position) - 1}`)
  })
  if (changed.length > 0) filled = filled.replaceAll('%%', '%')
  const before = changed.length
  // An object of JSON is no placeholder.
  if (!/\{\s*["']|["']\s*:/.test(text)) {
    filled = filled.replaceAll(BRACES, (whole: string, name: string | undefined) => {
      if (name !== undefined && !/^\d/.test(name)) return take(whole, name)
      numberings.add(name === undefined ? 'counted' : 'braces')
      return take(whole, `p${name === undefined ? next++ : Number(name)}`)
    })
    filled = filled.replaceAll(SHELL, (whole: string, name: string) => take(whole, name))
  }
  if (isMessageFormat && changed.length > before) filled = filled.replaceAll("''", "'")
  if (numberings.size > 1) {
    return { text, changed: [], unclear: 'numbers its places in two ways. Name each of them: {{name}}' }
  }
  const wrong = badPlaceholder(filled)
  if (wrong !== undefined) return { text, changed: [], unclear: wrong }
  return { text: filled, changed, ...(unclear === undefined ? {} : { unclear }) }
}

function badPlaceholder(text: string): string | undefined {
  try {
    placeholders(text, 'text')
    return undefined
  } catch {
    return 'holds a placeholder that no param can have. Name it with letters, digits and _'
  }
}
