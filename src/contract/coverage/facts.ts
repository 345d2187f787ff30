import { isCode, type Code } from '../../catalog/code.ts'
import { readOwn } from '../../guard/own.ts'

/** What tests did with an error, as `bizerror/testing/coverage` writes it down. */
export interface Fact {
  readonly fact: 'made' | 'answered'
  readonly catalog: string
  readonly key: Code
  /** The error that was answered instead. */
  readonly as: Code | undefined
  readonly status: number | undefined
  readonly locale: string | undefined
  readonly method: string | undefined
  /** The route's pattern. */
  readonly route: string | undefined
}

/** Reads the lines of a file of facts. What is none is left out: a worker may have been ended while it wrote. */
export function parseFacts(text: string): readonly Fact[] {
  return text.split('\n').flatMap((line) => {
    const fact = line === '' ? undefined : factOf(line)
    return fact === undefined ? [] : [fact]
  })
}

function factOf(line: string): Fact | undefined {
  let given: unknown
  try {
    given = JSON.parse(line)
  } catch {
    return undefined
  }
  const fact = readOwn(given, 'fact')
  const catalog = readOwn(given, 'catalog')
  const key = readOwn(given, 'key')
  if ((fact !== 'made' && fact !== 'answered') || typeof catalog !== 'string' || !isCode(key))
    return undefined
  const as = readOwn(given, 'as')
  const status = readOwn(given, 'status')
  const text = (name: string): string | undefined => {
    const value = readOwn(given, name)
    return typeof value === 'string' ? value : undefined
  }
  return {
    fact,
    catalog,
    key,
    as: isCode(as) ? as : undefined,
    status: typeof status === 'number' ? status : undefined,
    locale: text('locale'),
    method: text('method'),
    route: text('route'),
  }
}
