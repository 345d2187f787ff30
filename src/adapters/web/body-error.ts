// As body-parser marks what it throws, with its status: https://github.com/expressjs/body-parser#errors
const STATUSES = {
  'entity.parse.failed': 400,
  'request.aborted': 400,
  'entity.too.large': 413,
  'charset.unsupported': 415,
  'encoding.unsupported': 415,
  'media.type.unsupported': 415,
} as const

/** What is wrong with the body of a request. */
export type BodyFault = keyof typeof STATUSES

/** Marks an error so that it is recognized as the client's. One that cannot be written on becomes the cause of another. */
export function markBodyError(error: unknown, type: BodyFault): unknown {
  const status = STATUSES[type]
  try {
    return Object.assign(error as object, { type, status })
  } catch {
    return Object.assign(new Error('The body cannot be read', { cause: error }), { type, status })
  }
}
