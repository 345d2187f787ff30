import { isJsonType } from '../guard/media-type.ts'

const MAX_LENGTH = 1024

// RFC 9110, section 12.4.2
const WEIGHT = /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/** How much a client wants a media type. */
interface Wish {
  readonly quality: number
  /** Whether it names the type, rather than let it through by a wildcard. */
  readonly isNamed: boolean
}

/**
 * Returns which of some media types a client wants most (RFC 9110, section 12.5.1): of the ranges that match a type, the
 * most specific says how much. The first type is the default: for who asks for nothing, for none of these, or in no form
 * that can be understood. Who names another one no less than the default knows it, and gets it. Who names both gets
 * another form of JSON alone: axios names JSON and plain text in each request, and its users mean the first.
 */
export function preferredType(accept: string | undefined, types: readonly string[]): number {
  if (accept === undefined || accept === '*/*') return 0
  const ranges = accept.slice(0, MAX_LENGTH).toLowerCase().split(',').map(parseRange)
  let best = 0
  const first = wishFor(types[0]!, ranges)
  let most = first.quality
  for (let index = 1; index < types.length; index++) {
    const { quality, isNamed } = wishFor(types[index]!, ranges)
    if (quality === 0 || quality < most) continue
    const isMeant = isNamed && best === 0 && (!first.isNamed || isJsonType(types[index]!))
    if (quality === most && !isMeant) continue
    best = index
    most = quality
  }
  return best
}

interface Range {
  readonly name: string
  readonly quality: number
}

/** An invalid weight counts as 0; parameters other than the weight are no reason to refuse a client. */
function parseRange(range: string): Range {
  const [name = '', ...parameters] = range.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  return { name, quality: weight === undefined ? 1 : WEIGHT.test(weight) ? Number(weight.slice(2)) : 0 }
}

function wishFor(type: string, ranges: readonly Range[]): Wish {
  const named = ranges.find(({ name }) => name === type)
  if (named !== undefined) return { quality: named.quality, isNamed: true }
  const wildcard = `${type.slice(0, type.indexOf('/'))}/*`
  const range = ranges.find(({ name }) => name === wildcard) ?? ranges.find(({ name }) => name === '*/*')
  return { quality: range?.quality ?? 0, isNamed: false }
}
