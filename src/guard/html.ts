const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Makes a text that is nothing but text in an element and in a quoted attribute. A page has no NUL (HTML, 13.2.3.5). */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ESCAPES[char]!).replaceAll('\0', '\uFFFD')
}
