import { isJsonType } from '../../guard/media-type.ts'
import { checkOptions, type Checks } from '../../guard/options.ts'
import { markBodyError, type BodyFault } from './body-error.ts'

/** The options of `readJson`. */
export interface ReadJsonOptions {
  /** How large a body may be, in bytes. @default 1048576, which is 1 MiB */
  readonly limit?: number | undefined
}

const CHECKS: Checks<ReadJsonOptions> = {
  limit: [
    (value) => Number.isSafeInteger(value) && (value as number) > 0,
    'how many bytes a body may have, such as 65536',
  ],
}

const ONE_MIB = 1_048_576

/**
 * Reads the JSON of a request. What is wrong with it is an error that is recognized, and answered as the client's: a body
 * that is no JSON (`malformed-body`), one beyond the limit (`body-too-large`), and one that does not say that it is JSON
 * in UTF-8 (`unsupported-media-type`). `request.json()` throws a SyntaxError, which may be one of the app's own, and
 * reads any length.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * const order = orderSchema.parse(await readJson(request))
 */
export async function readJson(request: Request, options: ReadJsonOptions = {}): Promise<unknown> {
  const { limit = ONE_MIB } = checkOptions('readJson', options, CHECKS, '{ limit }, or nothing')
  if (request.bodyUsed || request.body?.locked === true) {
    throw new TypeError('The body was read already. Read it once, by readJson')
  }
  checkHead(request.headers, limit)
  const text = await readText(request, limit)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw markBodyError(error, 'entity.parse.failed')
  }
}

/** Refuses by its head alone what could not be read. */
function checkHead(headers: Headers, limit: number): void {
  const type = headers.get('content-type')
  if (type === null || !isJsonType(type)) {
    throw fault('media.type.unsupported', 'The body is not labeled as JSON')
  }
  // RFC 8259, section 8.1
  const charset = CHARSET.exec(type)?.[1]
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8' && charset.toLowerCase() !== 'utf8') {
    throw fault('charset.unsupported', 'The body is not in UTF-8')
  }
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw fault('encoding.unsupported', 'The body is compressed')
  }
  if (Number(headers.get('content-length')) > limit) throw tooLarge(limit)
}

const CHARSET = /;[ \t]*charset=[ \t]*"?([^";, \t]*)/i

/** A length that was told may be less than what comes. */
async function readText({ body }: Request, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
      length += part.length
      // Lets the body go.
      if (length > limit) break
      parts.push(part)
    }
  } catch (error) {
    throw markBodyError(error, 'request.aborted')
  }
  if (length > limit) throw tooLarge(limit)
  return decode(parts)
}

function decode(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode()
  } catch (error) {
    throw markBodyError(error, 'entity.parse.failed')
  }
}

function tooLarge(limit: number): unknown {
  return fault('entity.too.large', `The body has more than ${limit} bytes`)
}

function fault(type: BodyFault, message: string): unknown {
  return markBodyError(new Error(message), type)
}
