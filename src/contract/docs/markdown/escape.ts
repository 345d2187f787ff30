const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // VitePress would look for a value, even in backticks, and MDX run what stands there.
  '{': '&#123;',
  '}': '&#125;',
}

/**
 * Makes a text that is nothing but text in Markdown: in CommonMark, in tables of GFM, in VitePress and in MDX. It stands on
 * one line.
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replaceAll('\0', '\uFFFD')
      .replaceAll(/[&<>{}]/g, (char) => ENTITIES[char]!)
      .replaceAll(/[\\`*[\]|~$]/g, '\\$&')
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replaceAll(/:(?=\w+:)/g, '\\:')
      .replaceAll(/\s*[\r\n]+\s*/g, ' ')
      .replace(/^\s+/, '')
      // What begins a heading, a list, a rule or a container.
      .replace(/^(?:[#+=-]|:::)/, '\\$&')
      .replace(/^(\d+)([.)])/, '$1\\$2')
  )
}

/** Text in a code span, in which nothing can be escaped: what a program reads there goes by other means. */
export function codeSpan(text: string): string {
  if (/[{}|\r\n]/.test(text)) return escapeMarkdown(text)
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  if (longest === 0) return `\`${text}\``
  const fence = '`'.repeat(longest + 1)
  return `${fence} ${text} ${fence}`
}

/** A block of code, in a fence that its own lines cannot end. */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** The target of a link. */
export function target(href: string): string {
  return href
    .replaceAll(/[()\s<>\\]/g, encodeURIComponent)
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
}
