import type { HonoRequest } from 'hono'
import { read } from '../../guard/read.ts'
import { markBodyError, type BodyFault } from '../web/body-error.ts'

/**
 * Lets what is wrong with a body be known as the client's fault: what `c.req.json()` and its like throw says nothing of
 * where it came from, and an app may parse JSON of its own. On the request itself, where a class of Hono's would be that
 * of every app.
 */
export function watchBody(request: HonoRequest): void {
  if (request.json === json) return
  request.json = json
  request.formData = formData
  request.parseBody = parseBody
  request.text = text
  request.arrayBuffer = arrayBuffer
  request.bytes = bytes
  request.blob = blob
}

async function json(this: HonoRequest): Promise<never> {
  return watched(this, 'json', faultOfJson)
}

async function formData(this: HonoRequest): Promise<never> {
  const isGone = isReadElsewhere(this)
  return watched(this, 'formData', (request) => (isGone ? undefined : faultOfForm(request)))
}

async function parseBody(this: HonoRequest, options?: object): Promise<never> {
  const isGone = isReadElsewhere(this)
  return watched(this, 'parseBody', (request) => (isGone ? undefined : faultOfForm(request)), options)
}

async function text(this: HonoRequest): Promise<never> {
  return watched(this, 'text')
}

async function arrayBuffer(this: HonoRequest): Promise<never> {
  return watched(this, 'arrayBuffer')
}

async function bytes(this: HonoRequest): Promise<never> {
  return watched(this, 'bytes')
}

async function blob(this: HonoRequest): Promise<never> {
  return watched(this, 'blob')
}

/** @param faultOf - says what is wrong with a body that came whole. Undefined: the app's own mistake */
async function watched(
  request: HonoRequest,
  name: 'json' | 'formData' | 'parseBody' | 'text' | 'arrayBuffer' | 'bytes' | 'blob',
  faultOf: (request: HonoRequest, error: unknown) => BodyFault | undefined = none,
  options?: object,
): Promise<never> {
  try {
    const hono = Object.getPrototypeOf(request) as HonoRequest
    return (await hono[name].call(request, options)) as never
  } catch (error) {
    const fault = isCutShort(request, error) ? 'request.aborted' : faultOf(request, error)
    throw fault === undefined ? error : markBodyError(error, fault)
  }
}

function none(): undefined {}

function faultOfJson(request: HonoRequest, error: unknown): BodyFault | undefined {
  return read(error, 'name') === 'SyntaxError' ? faultOfContent(request) : undefined
}

function faultOfForm(request: HonoRequest): BodyFault {
  return FORM.test(request.header('content-type') ?? '') ? faultOfContent(request) : 'media.type.unsupported'
}

const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i

/** Hono unpacks no body. */
function faultOfContent(request: HonoRequest): BodyFault {
  const encoding = request.header('content-encoding') ?? 'identity'
  return encoding.toLowerCase() === 'identity' ? 'entity.parse.failed' : 'encoding.unsupported'
}

/** Whether the app has read the body past Hono, so that there is none left. */
function isReadElsewhere({ raw, bodyCache }: HonoRequest): boolean {
  return raw.bodyUsed && Object.keys(bodyCache).length === 0
}

/** Whether the client left before its body was whole. */
function isCutShort({ raw }: HonoRequest, error: unknown): boolean {
  return read(error, 'code') === 'ECONNRESET' || read(error, 'name') === 'AbortError' || raw.signal.aborted
}
