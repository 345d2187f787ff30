/**
 * Writes plain data as YAML: a line for each member, and no anchors.
 *
 * @param indent - what a level is indented by
 * @returns lines without an end, which are to be indented as a whole
 */
export function yamlLines(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => {
      const [first = '', ...others] = yamlLines(item, indent)
      return [`- ${first}`, ...others.map((line) => (line === '' ? '' : `  ${line}`))]
    })
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, member]) => memberLines(name, member, indent))
  }
  if (typeof value === 'string') return textLines(value, indent)
  return [Array.isArray(value) ? '[]' : isObject(value) ? '{}' : JSON.stringify(value)]
}

/** Writes a member of an object. */
export function memberLines(name: string, value: unknown, indent: string): readonly string[] {
  const key = keyText(name)
  const lines = yamlLines(value, indent)
  const isNested = isObject(value) && Object.keys(value).length > 0
  if (!isNested) return [`${key}: ${lines[0]}`, ...lines.slice(1)]
  return [`${key}:`, ...lines.map((line) => (line === '' ? '' : indent + line))]
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Numbers of codes and statuses are quoted as keys, as OpenAPI asks for. */
function keyText(name: string): string {
  return isPlain(name) ? name : JSON.stringify(name)
}

function textLines(text: string, indent: string): readonly string[] {
  if (isPlain(text)) return [text]
  const lines = text.split('\n')
  // A block of lines: what needs no escapes, and neither begins nor ends with blanks.
  if (
    lines.length > 1 &&
    lines.every((line) => BLOCK_LINE.test(line)) &&
    lines.at(-1) !== '' &&
    lines[0] !== ''
  ) {
    return ['|-', ...lines.map((line) => (line === '' ? '' : indent + line))]
  }
  return [quoted(text)]
}

/** In single quotes where it has nothing to escape; else as JSON, which is YAML but for characters that YAML does not print. */
function quoted(text: string): string {
  if (PRINTED.test(text)) return `'${text.replaceAll("'", "''")}'`
  return JSON.stringify(text).replaceAll(
    NOT_PRINTED,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const PRINTED = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u
// YAML 1.2, section 5.1: what is not c-printable, and what breaks lines.
const NOT_PRINTED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g
const BLOCK_LINE = /^(?![ ])[\p{L}\p{M}\p{N}\p{P}\p{S} ]*(?<! )$/u

/** Whether every version of YAML reads a text as what it is: it begins with a letter, and is no word for another value. */
function isPlain(text: string): boolean {
  return /^[\p{L}$/]/u.test(text) && PRINTED.test(text) && !/: | #|[: ]$/.test(text) && !MEANS_MORE.test(text)
}

const MEANS_MORE = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i
