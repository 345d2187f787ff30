/** Characters that a language writes otherwise, and how. */
export const WRITTEN_OTHERWISE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ar: { ',': '،', ';': '؛', '?': '؟' },
  // In Greek it asks.
  el: { ';': '·' },
  // Thai parts by blanks; both are taken for English.
  th: { ',': ' ', ';': ' ' },
}
