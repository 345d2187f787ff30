/** What can be read. */
export const FORMATS = [
  'md',
  'html',
  'csv',
  'json',
  'yaml',
  'go',
  'java',
  'proto',
  'properties',
  'txt',
] as const
export type Format = (typeof FORMATS)[number]

const BY_ENDING: Readonly<Record<string, Format>> = {
  md: 'md',
  markdown: 'md',
  mdx: 'md',
  mdown: 'md',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  go: 'go',
  java: 'java',
  kt: 'java',
  proto: 'proto',
  properties: 'properties',
}

/** The format of a file: by its name, `codes.go.txt` as well, else by what it holds. */
export function formatOf(file: string, text: string): Format {
  const endings = file.toLowerCase().split('.').slice(1).toReversed()
  for (const ending of endings.slice(0, 2)) {
    if (Object.hasOwn(BY_ENDING, ending)) return BY_ENDING[ending]!
    if (ending !== 'txt' && ending !== 'text') break
  }
  return formatOfText(text)
}

function formatOfText(text: string): Format {
  const start = text.slice(0, 200_000)
  if (/^\s*[[{]/.test(start) && isJson(text)) return 'json'
  if (/^\s*<(?:!doctype html|html)[\s>]/i.test(start)) return 'html'
  if (/^package \w+\s*$/m.test(start) && /^(?:const|var|func|type|import)\b/m.test(start)) return 'go'
  if (/^syntax\s*=\s*"proto/m.test(start) || /^enum \w+ \{[^}]*=\s*-?\d+\s*(?:\[[^\]]*\])?;/m.test(start))
    return 'proto'
  if (/^\s*(?:public |internal )?(?:enum|enum class|final class|class|interface) \w+[^;\n]*\{/m.test(start))
    return 'java'
  if (/^\s*\|/m.test(start) || /<table[\s>]/i.test(start) || /^#{1,6} \S/m.test(start)) return 'md'
  if (/^\s*\|?(?:\s*:?-{3,}:?\s*\|)+/m.test(start)) return 'md'
  if (isCommas(start)) return 'csv'
  if (/^- \S/m.test(start) && /^\s+\w+: \S/m.test(start)) return 'yaml'
  return 'txt'
}

function isJson(text: string): boolean {
  return /[\]}]\s*$/.test(text.slice(-100))
}

/** Whether most lines have as many commas, semicolons or tabs as the first. */
function isCommas(text: string): boolean {
  const lines = text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20)
  if (lines.length < 2) return false
  return [',', ';'].some((delimiter) => {
    const [first = 0, ...rest] = lines.map((line) => line.replaceAll(/"[^"]*"/g, '').split(delimiter).length)
    return first >= 2 && rest.filter((count) => count === first).length >= rest.length * 0.8
  })
}
